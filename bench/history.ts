// Whether a long history costs anything while one works: the same keys in a session of 100,000 items and in one of 100.
import { join } from 'node:path';
import type { IPty } from 'node-pty';
import { startModelServer } from '../source/demo/model-server.ts';
import { say } from '../source/demo/pieces.ts';
import { openJournal } from '../source/journal/open-journal.ts';
import { sessionDirectory } from '../source/journal/sessions.ts';
import type { SessionEvent } from '../source/session/events.ts';
import { type Row, time } from './figures.ts';
import { createPlace, type Place } from './place.ts';
import { openTerminal } from './terminal.ts';

const ROUNDS = 41;
const GIVE_UP_MS = 60_000;
const ITEMS_A_TURN = 4;
const TURNS_A_CONTEXT = 200;

/** Milliseconds from a key to what it draws. */
interface HistoryFigures {
  readonly scrolled: number[];
  readonly searched: number[];
  readonly typed: number[];
}

export async function measureHistory(): Promise<Row[]> {
  const server = await startModelServer(() => say('Hello.'));
  const long = await openSession(100_000, server.baseUrl);
  const short = await openSession(100, server.baseUrl);
  try {
    for (let round = 0; round < ROUNDS; round += 1)
      for (const session of [long, short]) await session.round();
    const row = (what: string, figure: keyof HistoryFigures): Row =>
      time(
        `${what} in a session of 100,000 items, ms`,
        long.figures[figure],
        short.figures[figure],
        'one of 100',
      );
    return [
      row('scrolling a page', 'scrolled'),
      row('a letter of a search', 'searched'),
      row('a letter of a prompt', 'typed'),
    ];
  } finally {
    await long.close();
    await short.close();
    await server.close();
  }
}

interface Session {
  readonly figures: HistoryFigures;
  /** A page up and down, two letters of a search, a letter of a prompt. */
  round(): Promise<void>;
  close(): Promise<void>;
}

async function openSession(items: number, baseUrl: string): Promise<Session> {
  const place = await createPlace();
  await writeHistory(place, items);
  const { pty, exited } = openTerminal(place, place.program(baseUrl));
  const press = presser(pty, exited);
  const figures: HistoryFigures = { scrolled: [], searched: [], typed: [] };
  await press('', 'F1');
  return {
    figures,
    round: async () => {
      await press('\x1b1', 'CONVERSATION');
      figures.scrolled.push(await press('\x1b[5~', ''), await press('\x1b[6~', ''));
      await press('/', '/');
      figures.searched.push(await press('w', 'w'), await press('o', 'o'));
      await press('\x1b[27u', '');
      await press('\x1b[27u', '');
      figures.typed.push(await press('¤', '¤'));
      await press('\x03', '');
    },
    close: async () => {
      pty.write('\x04');
      await exited;
      await place.remove();
    },
  };
}

async function writeHistory({ repository, env }: Place, items: number): Promise<void> {
  const directory = sessionDirectory({
    stateRoot: env.HULLSPEED_STATE ?? '',
    gitDir: join(repository, '.git'),
    root: repository,
  });
  const { journal } = await openJournal({ directory, app: 'bench' });
  const record = (event: SessionEvent): number => journal.append(event).seq;
  record({ type: 'session.opened', format: 1, app: 'bench', root: repository, pid: process.pid });
  for (let turn = 0; turn < items / ITEMS_A_TURN; turn += 1) {
    const end = writeTurn(record, turn);
    if (turn % TURNS_A_CONTEXT === TURNS_A_CONTEXT - 1)
      record({ type: 'context.compacted', by: 'new', keepFrom: end + 1, carry: [], before: 200_000, ms: 0 });
  }
  record({ type: 'session.closed', reason: 'quit' });
  await journal.close();
}

function writeTurn(record: (event: SessionEvent) => number, at: number): number {
  const prompt = record({ type: 'prompt.accepted', text: `make part ${at} work` });
  const turn = record({ type: 'turn.started', prompt });
  const step = record({ type: 'step.started', turn, inputs: [] });
  const call = `call ${at}`;
  const text = `Part **${at}** is done:\n\n- it was small\n- its tests pass\n`;
  record({
    type: 'step.finished',
    step,
    items: [
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] },
      { type: 'function_call', call_id: call, name: 'exec_command', arguments: '{"cmd":"npm test"}' },
    ],
    usage: { input: 100, cached: 40, output: 10, reasoning: 2 },
    model: 'm',
    host: 'h',
  });
  record({ type: 'call.started', step, call });
  record({ type: 'call.finished', call, outcome: 'ok', output: 'all tests passed', ms: 5, exit: 0 });
  return record({ type: 'turn.ended', turn, outcome: 'answered' });
}

/** Writes a key and gives the milliseconds until the screen has been written to with `shows` in it; '' is anything. */
function presser(pty: IPty, exited: Promise<void>): (key: string, shows: string) => Promise<number> {
  let look = (_: string): void => undefined;
  pty.onData((data) => look(data));
  const ended = exited.then(() => Promise.reject(new Error('the program ended')));
  ended.catch(() => undefined);
  return async (key, shows) => {
    let output = '';
    const drawn = new Promise<void>((resolve) => {
      look = (data) => {
        output += data;
        if (output.includes(shows)) resolve();
      };
    });
    const late = AbortSignal.timeout(GIVE_UP_MS);
    const lost = new Promise<never>((_, reject) => {
      late.onabort = () =>
        reject(new Error(`waited for ${shows || 'a frame'}, but saw ${JSON.stringify(output.slice(-500))}`));
    });
    lost.catch(() => undefined);
    const pressed = performance.now();
    pty.write(key);
    await Promise.race([drawn, lost, ended]);
    const ms = performance.now() - pressed;
    // The rest of the frame, and what a search finds behind it, is not the next key's.
    await new Promise((resolve) => setTimeout(resolve, 60));
    return ms;
  };
}
