// One person, one session and one terminal, to which anything may happen next.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveState } from '../../source/engine/face.ts';
import type { CommitText, LogRow } from '../../source/engine/git-ports.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine, type FakeEngine } from '../support/engine.ts';
import { openScreen, type TestApp } from '../support/screen.ts';
import { hostileName, hostileText, terminalOutput } from './hostile-text.ts';
import { createPerson } from './person.ts';
import type { Random } from './random.ts';
import { anyCall, nextEvent, sha, wildEvent } from './session-events.ts';
import { type Watch, watchTerminal } from './watch.ts';

export interface Playground {
  /** Lets a few things happen before the next frame; how many, and what is wrong afterwards. */
  go(): Promise<{ readonly steps: number; readonly wrong: readonly string[] }>;
  /** What happened last. */
  recent(): readonly string[];
  /** Leaves the program; what is wrong afterwards. */
  leave(): Promise<string[]>;
}

interface Play {
  readonly app: TestApp;
  readonly engine: FakeEngine;
  readonly watch: Watch;
  size: { readonly columns: number; readonly rows: number };
}

const sizes = [
  ...[120, 80, 45, 40, 100, 99, 60, 59, 300, 1, 2, 39, 132],
  ...[40, 24, 15, 12, 24, 20, 19, 100, 1, 2, 11, 50],
] as const;
const MOST_RECENT = 25;
/** A frame of the real clock and a little more. */
const FRAME_MS = 45;

export async function createPlayground(random: Random): Promise<Playground> {
  const time = { passed: 0 };
  const clock = { now: () => 1_700_000_000_000 + time.passed, mono: () => 1_000 + time.passed };
  const log: LogRow[] = [];
  const commits: Record<string, CommitText> = {};
  const files = { '': random.some(30, () => hostileName(random)) };
  const recent: string[] = [];
  const person = createPerson(random);
  let events: readonly SessionEvent[] = [];
  let listeners: ReturnType<typeof countListeners> | undefined;
  let play = await open();

  async function open(): Promise<Play> {
    const engine = createFakeEngine({
      events,
      log,
      commits,
      testCommand: 'npm test',
      startCommand: 'npm start',
      files,
      clock,
    });
    const size = { columns: random.pick([120, 80, 45]), rows: random.pick([40, 24, 15]) };
    const app = await openScreen({
      ...size,
      engine,
      clock,
      theme: random.pick(['dark', 'light', 'auto'] as const),
      environment: { TERM: 'xterm-256color', ...(random.chance(0.5) && { COLORTERM: 'truecolor' }) },
      write: () => (random.chance(0.7) ? { text: hostileText(random) } : { failed: hostileText(random, 3) }),
      clipboard: random.chance(0.7) ? 'clipboard' : null,
    });
    return { app, engine, watch: watchTerminal(app.terminal, app.writes), size };
  }

  async function settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise<void>((resolve) => play.app.terminal.write('', resolve));
    // What a timer has drawn meanwhile is written before this.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async function look(): Promise<string[]> {
    const wrong = play.watch.look();
    if (wrong.length === 0 || !play.watch.mayBeStale()) return wrong;
    await sleep(FRAME_MS);
    await settle();
    return play.watch.look();
  }

  const state = () => play.engine.session.getState();
  const tell = (what: string): void => {
    recent.push(what);
    if (recent.length > MOST_RECENT) recent.shift();
  };
  const record = (kind: string, event: SessionEvent): void => {
    tell(`${kind} ${JSON.stringify(event)}`);
    play.engine.record(event);
    if (event.type === 'commit.created') addCommit(random, log, commits, event.sha, event.subject);
  };
  const input = (): void => {
    const { what, chunks } = person();
    tell(`input ${what}`);
    for (const chunk of chunks) play.app.type(chunk);
  };
  const resize = (): void => {
    const [columns, rows] = random.chance(0.25)
      ? [random.between(1, 300), random.between(1, 100)]
      : [random.pick(sizes), random.pick(sizes)];
    tell(`resize ${columns}x${rows}`);
    play.size = { columns, rows };
    play.app.resize(columns, rows);
    play.watch.resized();
  };
  const happen = (): void =>
    random.weigh([
      [50, input],
      [14, () => record('next', nextEvent(random, state()))],
      [2, () => record('wild', wildEvent(random, state()))],
      [14, () => tell(`live ${flow(random, play.engine)}`)],
      [9, () => tell(`print ${print(random, play.engine)}`)],
      [0.2, () => play.app.hangUp()],
    ]);

  /** Ends one full screen and opens another on the same session, as the person does the next day. */
  async function reopen(): Promise<string[]> {
    const { app, watch, engine } = play;
    await app.over;
    await settle();
    const wrong = [...watch.look(), ...watch.leftOver()];
    const ending = app.ending();
    if (ending?.reason === 'crash') wrong.push(`threw ${(ending.error as Error)?.stack ?? ending.error}`);
    // Ink keeps one of its own on every signal for good.
    listeners ??= countListeners();
    for (const [name, count] of countListeners())
      if (count > (listeners.get(name) ?? 0)) wrong.push(`left behind: a listener for ${String(name)}`);
    events = (await engine.history(1, Number.POSITIVE_INFINITY)) as readonly SessionEvent[];
    tell(`reopened after ${ending?.reason}`);
    play = await open();
    return wrong;
  }

  return {
    recent: () => recent,
    async go() {
      const steps = random.between(1, 7);
      for (let step = 0; step < steps; step += 1) {
        time.passed += random.pick([1, 40, 40, 2_000]);
        happen();
      }
      await settle();
      const wrong = play.app.ending() ? await reopen() : await look();
      if (wrong.length > 0) return { steps, wrong };
      if (random.chance(0.1)) resize();
      return { steps, wrong: random.chance(0.02) ? await compareWithWhole(play, settle) : [] };
    },
    async leave() {
      play.app.hangUp();
      return await reopen().then(async (wrong) => {
        play.app.hangUp();
        await play.app.over;
        return wrong;
      });
    },
  };
}

/** The frame that was drawn in steps, and the same drawn at once on an empty screen. */
async function compareWithWhole({ app, size, watch }: Play, settle: () => Promise<void>): Promise<string[]> {
  // A frame of this moment: clocks tick on their own time.
  app.type('\x1b[I');
  await rest(app, settle);
  if (app.terminal.buffer.active.type !== 'alternate') return [];
  const inSteps = cells(app);
  // Of one column the emulator makes two.
  app.resize(size.columns, size.rows);
  await rest(app, settle);
  const atOnce = cells(app);
  const different = atOnce.flatMap((row, at) =>
    row === inSteps[at] ? [] : [`row ${at} shows\n  ${inSteps[at]}\ninstead of\n  ${row}`],
  );
  return [...watch.look(), ...different.slice(0, 3)];
}

/** Until nothing has been written for longer than a frame waits. */
async function rest({ writes }: TestApp, settle: () => Promise<void>): Promise<void> {
  let before: number;
  do {
    before = writes.length;
    await sleep(FRAME_MS);
    await settle();
  } while (writes.length !== before);
}

function cells({ terminal }: TestApp): string[] {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.baseY + row);
    let text = '';
    let style = '';
    for (let column = 0; column < terminal.cols; column += 1) {
      const cell = line?.getCell(column);
      if (cell === undefined) continue;
      const now = `${cell.getFgColor()}/${cell.getBgColor()}/${cell.isBold()}${cell.isDim()}${cell.isUnderline()}${cell.isInverse()}`;
      text += now === style ? cell.getChars() || ' ' : `{${now}}${cell.getChars() || ' '}`;
      style = now;
    }
    return text;
  });
}

/** On the process, by the event that they wait for. */
function countListeners(): ReadonlyMap<string | symbol, number> {
  return new Map(process.eventNames().map((name) => [name, process.listenerCount(name)]));
}

function addCommit(
  random: Random,
  log: LogRow[],
  commits: Record<string, CommitText>,
  id: string,
  subject: string,
): void {
  const row = {
    author: hostileName(random),
    at: 1_700_000_000_000,
    unpushed: random.chance(0.5),
    decisions: [],
  };
  // The person's own commits stand between those of the session.
  if (random.chance(0.3)) log.unshift({ ...row, sha: sha(random), subject: hostileName(random) });
  log.unshift({ ...row, sha: id, subject });
  if (random.chance(0.9))
    commits[id] = {
      author: row.author,
      message: `${subject}\n\n${hostileText(random)}`,
      diff: diffText(random),
      cut: random.chance(0.2),
    };
}

function diffText(random: Random): string {
  const line = (): string =>
    `${random.pick(['+', '-', ' ', '@@ -1,2 +1,3 @@', ''])}${hostileText(random, 5)}`;
  const file = (): string => {
    const name = hostileName(random);
    return `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n${random.some(40, line).join('\n')}\n`;
  };
  return random.some(4, file).join('');
}

/** What streams from the model and from its calls. */
function flow(random: Random, { live, stream, session, watch }: FakeEngine): string {
  const { state } = live;
  const running = session.getState().turns.running;
  return random.weigh([
    [5, () => change({ text: state.text + hostileText(random, 6) })],
    [2, () => change({ reasoning: state.reasoning + hostileText(random, 4) })],
    [4, () => change({ calls: growCalls(random, state.calls) })],
    [3, () => change({ text: '', reasoning: '', calls: [], search: '' })],
    [1, () => change({ search: hostileText(random, 2) })],
    [1, () => change({ retry: random.chance(0.5) ? null : { reason: hostileText(random, 3), until: 1e12 } })],
    [1, () => change({ staleFiles: random.below(2000), pushing: random.chance(0.5) })],
    [1, () => change({ own: ownCommand(random) })],
    [1, () => watchSome(random, watch)],
    [
      2,
      () => {
        const call = running?.open[0]?.id ?? 'nobody';
        const output = (state.output.get(call)?.() ?? '') + terminalOutput(random);
        return change({ output: new Map(state.output).set(call, () => output) });
      },
    ],
    [
      3,
      () =>
        change({
          activity: random.pick([
            'idle',
            'thinking',
            'command',
            'testing',
            'committing',
            'pushing',
            'compacting',
            'waiting',
          ] as const),
        }),
    ],
  ]);

  function change(part: Parameters<typeof stream>[0]): string {
    stream(part);
    return JSON.stringify(part).slice(-300);
  }
}

function watchSome(random: Random, watch: FakeEngine['watch']): string {
  const commands = random.some(4, () => ({
    session: random.below(20),
    cmd: hostileName(random),
    started: 1_700_000_000_000,
    output: terminalOutput(random),
    dropped: random.below(100),
    ...(random.chance(0.4) && { ended: 1_700_000_001_000, exit: random.pick([0, 1, null]) }),
  }));
  watch(commands);
  return JSON.stringify(commands).slice(0, 300);
}

function ownCommand(random: Random): LiveState['own'] {
  if (random.chance(0.1)) return null;
  const code = random.pick([0, 1, 127, null]);
  return {
    command: hostileName(random),
    project: random.chance(0.5),
    started: 1_700_000_000_000,
    ...(random.chance(0.2) && { stopping: true as const }),
    ...(random.chance(0.4) && {
      end: { at: 1_700_000_001_000, code, ...(random.chance(0.3) && { stopped: true as const }) },
    }),
  };
}

type LiveCalls = readonly { readonly name: string; readonly argument: string }[];

/** A few more characters of the newest call's argument, in the middle of a string or an escape as often as not. */
function growCalls(random: Random, calls: LiveCalls): { name: string; argument: string }[] {
  const newest = calls.at(-1);
  const whole = anyCall(random);
  if (newest === undefined || random.chance(0.2))
    return [...calls, { name: whole.name, argument: whole.argument.slice(0, random.below(60)) }];
  const more = whole.argument.slice(0, random.below(400));
  return [...calls.slice(0, -1), { ...newest, argument: newest.argument + more }];
}

function print(random: Random, engine: FakeEngine): string {
  const own = random.chance(0.4);
  const chunk = random.chance(0.05) ? { start: hostileName(random) } : { text: terminalOutput(random) };
  if (own) engine.printOwn(chunk);
  else engine.print(chunk);
  return (own ? 'own ' : '') + JSON.stringify(chunk).slice(0, 300);
}
