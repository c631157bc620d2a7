// Brings a command to a session: to the process that has it open, by its socket, or else into its journal.
import { setTimeout } from 'node:timers/promises';
import { AppError } from '../engine/errors.ts';
import { openJournal } from '../journal/open-journal.ts';
import { askSocket } from '../services/socket-client.ts';
import { type Command, decide } from '../session/commands.ts';
import { reduce, type SessionState } from '../session/state.ts';
import type { Writers } from './writers.ts';

export interface Parcel<Answer> {
  readonly directory: string;
  readonly app: string;
  readonly command: Command;
  /** What goes through the socket; `until` is added. */
  readonly request: Readonly<Record<string, unknown>>;
  /** What the session's process said; it may be of another version. */
  readonly read: (answer: unknown) => Answer;
  /** What it means that the command is in the journal; the state after it. */
  readonly left: (state: SessionState) => Answer;
  /** What the sentence says that nobody took: `the prompt was not queued`. */
  readonly failed: string;
  readonly warnings: Writers['stderr'];
}

/** How long a session that is opening, closing or busy may take. */
const PATIENCE_MS = 5_000;
/** How long the answer to what was taken in the last moment may take. */
const GRACE_MS = 500;
const AGAIN_AFTER_MS = 50;

/** Rejects with `AppError('locked')` where a process has the session and does not answer. */
export async function deliver<Answer>(
  parcel: Parcel<Answer>,
): Promise<Answer | { readonly refused: string }> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await askSocket(
      parcel.directory,
      { ...parcel.request, until },
      until + GRACE_MS - Date.now(),
    );
    if (answer !== undefined) return parcel.read(answer);
    const left = await leaveInJournal(parcel).catch((error: unknown) => {
      // Somebody is there by now, or still; not so for longer than our patience.
      if (!(error instanceof AppError && error.code === 'locked')) throw error;
      if (Date.now() > until) throw noAnswer(parcel.failed, error);
      return undefined;
    });
    if (left !== undefined) return left;
    await setTimeout(AGAIN_AFTER_MS);
  }
}

async function leaveInJournal<Answer>({
  directory,
  app,
  command,
  left,
  warnings,
}: Parcel<Answer>): Promise<Answer | { readonly refused: string }> {
  const { journal, state, notes } = await openJournal({ directory, app });
  try {
    for (const note of notes) warnings.write(`${note}\n`);
    const decision = decide(state, command);
    if ('refused' in decision) return decision;
    return left(decision.events.reduce((now, event) => reduce(now, journal.append(event)), state));
  } finally {
    await journal.close();
  }
}

function noAnswer(failed: string, cause: AppError): AppError {
  const seconds = PATIENCE_MS / 1_000;
  const message = `${failed}, for nobody answered within ${seconds} s; is the session stopped (Ctrl+Z, then fg)? ${cause.message}`;
  return new AppError('locked', message, { cause });
}
