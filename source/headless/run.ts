// Prompts without a screen: what the engine does is told as it happens.
import type { Engine } from '../engine/face.ts';
import type { Recorded } from '../session/events.ts';
import type { Outcome } from '../session/facts.ts';
import { createNarrator } from './narrator.ts';
import { clean, jsonLine, type Writer } from './print.ts';

export interface RunOptions {
  /** Just opened with `drains: false`: nothing runs, and no queued prompt follows. The caller closes it; what that records is told too. */
  readonly engine: Engine;
  /** Each event of this process as a line of JSON on `stdout`, and nothing else there. */
  readonly json: boolean;
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** Resolves when nothing is waited for any more. */
  readonly interrupted?: Promise<void>;
}

const exitCodes: Readonly<Record<Outcome, number>> = {
  shipped: 0,
  answered: 0,
  red: 1,
  held: 1,
  failed: 3,
  interrupted: 130,
};

/**
 * `images` are blob ids. Tells all that the engine does from now on, and what it did since it was opened; each prompt gives its exit code: by the turn's
 * outcome, 2 where it was refused.
 */
export async function followEngine(
  options: RunOptions,
): Promise<(prompt: string, images?: readonly string[]) => Promise<number>> {
  const { engine, json, stdout, stderr } = options;
  const teller = createTeller(json ? stderr : stdout, stderr);
  if (!json) engine.live.subscribe(() => teller.streams(engine.live.state.text));
  await follow(engine, (event) => {
    if (json) stdout.write(jsonLine(event));
    teller.hears(event);
  });
  let outcome: Outcome | undefined;
  engine.onEvent((event) => {
    if (event.type === 'turn.ended') outcome = event.outcome;
  });
  return async (text, images = []) => {
    outcome = undefined;
    const answer = engine.send({ do: 'prompt', text, ...(images.length > 0 && { images }) });
    if (answer !== undefined) {
      stderr.write(`hullspeed: the prompt was not taken: ${clean(answer.refused)}\n`);
      return 2;
    }
    const before = engine.session.getState().seq;
    await engine.idle();
    const tested = engine.tested(before);
    await (options.interrupted ? Promise.race([tested, options.interrupted]) : tested);
    if (outcome === undefined) throw new Error('the engine came to rest without an end of the turn');
    return exitCodes[outcome] || (isGreenSince(engine, before) ? 0 : 1);
  };
}

/** Whether no commit since then is red by the tests that came after it, or still without their verdict. */
function isGreenSince(engine: Engine, seq: number): boolean {
  const { made } = engine.session.getState().commits;
  return made.every(
    (commit) =>
      commit.seq <= seq ||
      !commit.late ||
      (commit.verdict.kind !== 'red' && commit.verdict.kind !== 'testing'),
  );
}

const BLOCK = 100;

/** Hands over what this process recorded before now, then each event as it comes. */
async function follow(engine: Engine, hears: (event: Recorded) => void): Promise<void> {
  let next = await openingSeq(engine);
  while (next <= engine.session.getState().seq) {
    const events = await engine.history(next, BLOCK);
    for (const event of events) hears(event);
    next = (events.at(-1)?.seq ?? engine.session.getState().seq) + 1;
  }
  engine.onEvent(hears);
}

/** The newest opening is this process's own: no other can have the session at the same time. */
async function openingSeq(engine: Engine): Promise<number> {
  const last = engine.session.getState().seq;
  for (let from = last - BLOCK + 1; from > 1 - BLOCK; from -= BLOCK) {
    const events = await engine.history(Math.max(from, 1), BLOCK);
    const opened = events.findLast((event) => event.type === 'session.opened');
    if (opened !== undefined) return opened.seq;
  }
  return last + 1;
}

/** Words go out while they stream, rows when the words beside them are whole. */
function createTeller(
  words: Writer,
  rows: Writer,
): { streams(text: string): void; hears(event: Recorded): void } {
  const tell = createNarrator();
  let shown = '';
  let settled = '';
  const waiting: string[] = [];
  const settle = (whole: string | undefined): void => {
    const rest =
      whole === undefined ? '' : whole.startsWith(shown) ? whole.slice(shown.length) : `\n${whole}`;
    if (shown !== '' || rest !== '') words.write(`${clean(rest)}\n`);
    if (shown !== '') settled = shown;
    shown = '';
    for (const row of waiting.splice(0)) rows.write(`${row}\n`);
  };
  return {
    streams(text) {
      // The live text stands a moment longer than the fact that it became.
      if (text === settled || text.length <= shown.length) return;
      words.write(clean(text.slice(shown.length)));
      shown = text;
    },
    hears(event) {
      const told = tell(event);
      waiting.push(...told.rows);
      const ends =
        event.type === 'step.finished' || event.type === 'step.failed' || event.type === 'turn.ended';
      if (ends || shown === '') settle(told.words);
    },
  };
}
