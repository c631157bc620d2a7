// The person's own terminal: one command at a time in a pty that lives across turns. None of the session's business,
// but for the end of a command that was typed, which the model is told.
import type { Changes } from './changes.ts';
import { AppError } from './errors.ts';
import type { OwnCommand, RunTerminal, Settings, TerminalOutput } from './face.ts';
import type { Repository } from './git-ports.ts';
import type { LiveWriter } from './live.ts';
import { collectOutput, plainTail } from './output.ts';
import type { Clock, Project, Terminal, TerminalRun } from './ports.ts';
import type { Store } from './store.ts';
import type { Verifier } from './verify.ts';

export interface RunTerminalPorts {
  readonly terminal: Terminal;
  readonly project: Project;
  readonly repository: Pick<Repository, 'root'>;
  readonly clock: Clock;
  readonly live: LiveWriter;
  readonly store: Store;
  readonly changes: Pick<Changes, 'span'>;
  readonly verifier: Pick<Verifier, 'nextEpoch'>;
  readonly settings: Pick<Settings, 'restartOnShip'>;
  readonly onFatal: (error: unknown) => void;
}

/** Of a typed command's output, for the model: about 1,000 tokens. */
const TAIL = { lines: 60, characters: 4_000 };
/** A server that is asked to end may have to say goodbye to others; when the session ends, nobody waits for that. */
const GRACE_MS = { stop: 3_000, close: 300 };
/** A program that takes the whole screen leaves no lines to read. */
const FULL_SCREEN = /\x1b\[\?(?:1049|1047|47)h/;

interface Asked {
  readonly command: string;
  /** The project's start command. */
  readonly project: boolean;
  readonly told: boolean;
}

interface Running {
  readonly asked: Asked;
  /** Absent until it is there; what is typed meanwhile waits. */
  run?: TerminalRun;
  ahead: string;
  /** ms that it has left once it is to end; absent: it may go on. */
  graceMs?: number;
  /** Because the person said so. */
  stopped: boolean;
  /** It made way for another, or for the end of the session: nobody asks how it ended. */
  replaced: boolean;
  done: Promise<void>;
}

export function createRunTerminal(ports: RunTerminalPorts): RunTerminal & { close(): Promise<void> } {
  const { project, store } = ports;
  const size = { columns: 80, rows: 24 };
  const listeners = new Set<(chunk: TerminalOutput) => void>();
  let running: Running | null = null;
  let last: { readonly asked: Asked; readonly stopped: () => boolean } | null = null;
  let entry: Promise<void> = Promise.resolve();
  let closed = false;

  const show = (chunk: TerminalOutput): void => {
    for (const listener of listeners) listener(chunk);
  };
  const makeWay = async (graceMs: number): Promise<void> => {
    if (running === null) return;
    running.replaced = true;
    endWithin(running, graceMs);
    await running.done;
  };
  const begin = async (asked: Asked): Promise<void> => {
    await makeWay(GRACE_MS.stop);
    if (closed) return;
    const next: Running = { asked, ahead: '', stopped: false, replaced: false, done: Promise.resolve() };
    running = next;
    last = { asked, stopped: () => next.stopped };
    next.done = execute(ports, next, size, show)
      .catch(ports.onFatal)
      .finally(() => {
        running = null;
      });
  };
  /** One after the other, in the order in which they were asked for. */
  const enter = (asked: Asked): undefined => {
    entry = entry.then(() => begin(asked)).catch(ports.onFatal);
  };
  const start: RunTerminal['start'] = async () => {
    const found = await project.start();
    if (found === undefined) return { refused: NOTHING_TO_START };
    enter({ command: found.command, project: true, told: false });
    return undefined;
  };
  const stopShips = store.onEvent((event) => {
    const shipped = event.type === 'commit.created' && event.by === 'ship';
    if (!shipped || !ports.settings.restartOnShip || !last?.asked.project || last.stopped()) return;
    start().catch(ports.onFatal);
  });

  return {
    found: project.start,
    run: (command, { told }) => enter({ command, project: false, told }),
    start,
    restart: async () => (last === null || last.asked.project ? start() : enter(last.asked)),
    stop() {
      if (running === null) return { refused: 'nothing runs in your terminal' };
      stopRunning(running, ports.live);
      return undefined;
    },
    type: (text) => typeInto(running, text),
    resize(columns, rows) {
      Object.assign(size, { columns, rows });
      running?.run?.resize(columns, rows);
    },
    onOutput(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      stopShips();
      await makeWay(GRACE_MS.close);
      await entry;
    },
  };
}

const NOTHING_TO_START =
  'nothing says how this project is started: type `! COMMAND`, or set run.command in hullspeed.toml';

/** Asked again, it waits no longer. */
function stopRunning(running: Running, live: LiveWriter): void {
  endWithin(running, running.stopped ? 0 : GRACE_MS.stop);
  running.stopped = true;
  live.change((state) => {
    if (state.own !== null) state.own = { ...state.own, stopping: true };
  });
}

function typeInto(running: Running | null, text: string): void {
  if (running?.run !== undefined) running.run.write(text);
  else if (running !== null) running.ahead += text;
}

function endWithin(running: Running, graceMs: number): void {
  running.graceMs = graceMs;
  void running.run?.stop(graceMs);
}

async function execute(
  ports: RunTerminalPorts,
  running: Running,
  size: { readonly columns: number; readonly rows: number },
  show: (chunk: TerminalOutput) => void,
): Promise<void> {
  const { clock, changes, live, store, verifier } = ports;
  const { command, project } = running.asked;
  const own: OwnCommand = { command, project, started: clock.now() };
  const begun = clock.mono();
  const output = collectOutput();
  const leave = changes.span('own');
  show({ start: command });
  live.change((state) => (state.own = own));
  const code = await runToEnd(ports, running, size, (bytes) => {
    output.add(bytes);
    show({ bytes });
  });
  leave();
  verifier.nextEpoch();
  // Where another follows at once there is no end to be seen.
  if (running.replaced) return;
  const end = { at: clock.now(), code, ...(running.stopped && { stopped: true as const }) };
  live.change((state) => (state.own = { ...own, end }));
  if (project) return;
  const how = { code, stopped: running.stopped, seconds: (clock.mono() - begun) / 1_000 };
  store.record(endNotice(running.asked, how, await output.text(() => clock.sleep(0))));
}

/** The exit code; null where it was killed, or could not be started. */
async function runToEnd(
  { terminal, repository, store }: RunTerminalPorts,
  running: Running,
  size: { readonly columns: number; readonly rows: number },
  onData: (bytes: Uint8Array) => void,
): Promise<number | null> {
  const { command } = running.asked;
  try {
    const run = await terminal.start({ command, cwd: repository.root, ...size, onData });
    running.run = run;
    // Both may have changed while it was started.
    run.resize(size.columns, size.rows);
    if (running.ahead !== '') run.write(running.ahead);
    if (running.graceMs !== undefined) void run.stop(running.graceMs);
    return (await run.exit).code;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    store.record({ type: 'notice.raised', level: 'error', text: error.message });
    return null;
  }
}

interface How {
  readonly code: number | null;
  readonly stopped: boolean;
  readonly seconds: number;
}

function endNotice({ command, told }: Asked, { code, stopped, seconds }: How, output: string) {
  const ended = stopped ? 'stopped' : code === null ? 'killed' : `exit ${code}`;
  const [first = ''] = command.split('\n', 1);
  const shown = first === command ? command : `${first} …`;
  const text = `${told ? '!' : '!!'} ${shown} · ${ended} · ${seconds.toFixed(1)}s`;
  const notice = { type: 'notice.raised', level: 'info', text } as const;
  if (!told) return notice;
  const tail = FULL_SCREEN.test(output) ? '' : plainTail(output, TAIL.lines, TAIL.characters);
  const way = stopped ? 'Stopped by the person' : code === null ? 'Killed' : `Exit code ${code}`;
  const about = `The person ran this in a terminal of their own:\n$ ${command}\n${way} after ${seconds.toFixed(1)} s.`;
  const input = {
    kind: 'run',
    text: tail === '' ? about : `${about} The end of its output:\n${tail}`,
  } as const;
  return { ...notice, about: { kind: 'tell', input } } as const;
}
