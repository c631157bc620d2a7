// `hullspeed queue`: a prompt from an editor or another terminal. The process that has the session open takes it;
// where there is none it goes into the journal and waits. Nothing of the repository runs by it, so it needs no trust.
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { FileLines, Parsed } from '../args.ts';
import { AppError } from '../engine/errors.ts';
import { printQueued, type QueueAnswer, type QueueRequest, readAnswer } from '../headless/queue.ts';
import { createBlobs } from '../journal/blobs.ts';
import { openJournal } from '../journal/open-journal.ts';
import { askSocket } from '../services/socket-client.ts';
import { decide } from '../session/commands.ts';
import { initialState, reduce } from '../session/state.ts';
import { locate, type Program } from '../wire.ts';
import { readImages } from './images.ts';
import { noRepository } from './run.ts';
import type { Writers } from './writers.ts';

export async function queue(
  program: Program,
  { flags, prompt, at, images, json }: Parsed & { command: 'queue' },
  { stdout, stderr }: Writers,
): Promise<number> {
  const located = await locate(program, flags);
  if (located === null) throw noRepository(program.cwd);
  const words = (prompt ?? (await readText(process.stdin))).trimEnd();
  if (words === '') throw new AppError('usage', 'there is nothing to queue: standard input was empty');
  const where = at === undefined ? '' : `\n\nat ${await nameLines(at, program.cwd, located.place.root)}`;
  const { directory } = located;
  const named = await readImages(images ?? [], program.cwd);
  const answer = await deliver({
    directory,
    app: program.app,
    text: words + named.words + where,
    // Named after their own hashes, they can be written beside an open session.
    images: named.bytes.map(createBlobs(directory).keep),
    warnings: stderr,
  });
  if ('refused' in answer)
    throw new AppError('usage', `the session in ${directory} did not take the prompt: ${answer.refused}`);
  printQueued(answer, { json, stdout });
  return 0;
}

/** `source/cli.ts:12` or `source/cli.ts:12-20`, from the root of the repository. */
async function nameLines({ file, first, last }: FileLines, cwd: string, root: string): Promise<string> {
  const asked = resolve(cwd, file);
  // The root has no symbolic links in it, and the way that an editor names a file may.
  const folder = await realpath(dirname(asked)).catch(() => dirname(asked));
  const path = relative(root, join(folder, basename(asked)));
  if (path === '' || /^\.\.(\/|$)/.test(path))
    throw new AppError('usage', `--at ${file} is not a file in ${root}: name one that is, or leave out --at`);
  return `${path}:${first}${last > first ? `-${last}` : ''}`;
}

interface Parcel {
  readonly directory: string;
  readonly app: string;
  readonly text: string;
  /** Blob ids. */
  readonly images: readonly string[];
  readonly warnings: Writers['stderr'];
}

/** How long a session that is opening, closing or busy may take. */
const PATIENCE_MS = 5_000;
/** How long the answer to a prompt that was taken in the last moment may take. */
const GRACE_MS = 500;
const AGAIN_AFTER_MS = 50;

/** To the process that has the session, or else to the journal. What is refused is refused before it leaves. */
async function deliver(parcel: Parcel): Promise<QueueAnswer> {
  const { directory, text, images } = parcel;
  const decision = decide(initialState, { do: 'queue', text, images });
  if ('refused' in decision) return decision;
  const request: QueueRequest = { queue: text, images, until: Date.now() + PATIENCE_MS };
  for (;;) {
    const answer = await askSocket(directory, request, request.until + GRACE_MS - Date.now());
    if (answer !== undefined) return readAnswer(answer);
    const left = await leaveInJournal(parcel).catch((error: unknown) => {
      // Somebody is there by now, or still; not so for longer than our patience.
      if (!(error instanceof AppError && error.code === 'locked')) throw error;
      if (Date.now() > request.until) throw noAnswer(error);
      return undefined;
    });
    if (left !== undefined) return left;
    await setTimeout(AGAIN_AFTER_MS);
  }
}

async function leaveInJournal({ directory, app, text, images, warnings }: Parcel): Promise<QueueAnswer> {
  const { journal, state, notes } = await openJournal({ directory, app });
  try {
    for (const note of notes) warnings.write(`${note}\n`);
    const decision = decide(state, { do: 'queue', text, images });
    if ('refused' in decision) return decision;
    const after = decision.events.reduce((now, event) => reduce(now, journal.append(event)), state);
    return { queued: after.queue.items.length, waits: 'screen' };
  } finally {
    await journal.close();
  }
}

function noAnswer(cause: AppError): AppError {
  const seconds = PATIENCE_MS / 1_000;
  const message = `the prompt was not queued, for nobody answered within ${seconds} s; is the session stopped (Ctrl+Z, then fg)? ${cause.message}`;
  return new AppError('locked', message, { cause });
}
