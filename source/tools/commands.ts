// Runs the model's commands, within a call or on in the background.
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type {
  BackgroundCommand,
  BlobDraft,
  ParsedCall,
  Terminal,
  ToolResult,
  Tools,
} from '../engine/ports.ts';
import { killTree, withMarker } from '../processes/process-tree.ts';
import { type Command, startCommand } from './command/command.ts';
import { createShells, type Shells } from './command/shells.ts';
import { createTable, isLive, type Table } from './command/table.ts';
import { type Waited, waitFor } from './command/wait.ts';
import { listCommands, reportCommand } from './command-report.ts';
import { startInTerminal } from './terminal-program.ts';

/** As in Codex's unified exec. */
const MOST_LIVE = 64;
/** ms that `close` waits at most for what it killed. */
const CLOSING_MS = 2_000;

/** ms that a stopped command has to end by itself. */
const STOPPING_MS = 2_000;

/** For a reader that sees no colours, has no pager and answers no questions. */
const plain = {
  NO_COLOR: '1',
  TERM: 'dumb',
  COLORTERM: '',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  GH_PAGER: 'cat',
  GIT_TERMINAL_PROMPT: '0',
  GIT_EDITOR: 'true',
  // Bash reads it even when it reads none of its startup files.
  BASH_ENV: '',
};

type CommandCall = ParsedCall & { kind: 'command' };
type InputCall = ParsedCall & { kind: 'input' };

/** Who waits for a call: where raw text goes, and what ends the wait. */
interface Caller {
  readonly onOutput: (newest: () => string) => void;
  readonly signal: AbortSignal;
}

/** The environment variable by which a command's descendants are known again. */
const MARKER = 'HULLSPEED_COMMAND';

/** `environment`: all that commands get beside what keeps their output plain. */
export interface CommandSetting {
  readonly environment: Readonly<Record<string, string>>;
  readonly terminal: Terminal;
  /** Where output goes that is too long for the memory. */
  readonly draft?: () => BlobDraft;
}

/** The part of the port `Tools` that is about commands, with its promises. */
export interface Commands
  extends Pick<Tools, 'prepare' | 'background' | 'settle' | 'watched' | 'stop' | 'onWatched' | 'close'> {
  run(call: CommandCall, caller: Caller): Promise<ToolResult>;
  input(call: InputCall, caller: Caller): Promise<ToolResult>;
}

export function createCommands(setting: CommandSetting): Commands {
  const table = createTable();
  const marker = `${MARKER}=${randomUUID()}.`;
  const shells = createShells({ ...setting.environment, ...plain }, `${marker}shell-`);
  const listeners = new Set<Parameters<Tools['onWatched']>[0]>();
  const changed = (what: 'list' | 'output'): void => {
    for (const listener of listeners) listener(what);
  };
  const stopping = new WeakSet<Command>();
  let isClosed = false;
  let hasBegun = false;

  return {
    async run(call, caller) {
      const reason = isClosed ? 'the session is closing.' : hindrance(table);
      if (reason !== undefined)
        return { outcome: 'refused', output: `The command was not started: ${reason}` };
      // Elsewhere a command would begin in another folder, or fail without a word.
      if (!isFolder(call.workdir)) return failure(`there is no folder ${call.workdir}.`);
      try {
        hasBegun = true;
        const command = await open(call, { ...setting, table, shells, marker, changed });
        if (isClosed) command.program.kill();
        const result = await follow(command, call, table, caller);
        if (result.session !== undefined) {
          changed('list');
          void command.closed.then(() => changed('list'));
        }
        return result;
      } catch (error) {
        return failure(error instanceof Error ? error.message : String(error));
      }
    },
    input: (call, caller) => input(call, table, caller),
    prepare: shells.prepare,
    background: () => table.background().map(describe),
    settle: table.settle,
    watched: () => table.watched().map((command) => ({ ...describe(command), ...command.recent() })),
    stop: (session) => stop(table, stopping, session),
    onWatched(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      shells.close();
      const killed = table.live();
      for (const command of killed) command.program.kill();
      // Also what is left of commands that are long over. Looking for it reads every process there is: some 40 ms.
      if (hasBegun) killTree({ marker });
      const gone = Promise.all(killed.map((command) => command.closed)).then(() => undefined);
      await waitFor(gone, CLOSING_MS, new AbortController().signal);
    },
  };
}

function hindrance(table: Table): string | undefined {
  const live = table.live();
  if (live.length < MOST_LIVE) return undefined;
  return `${live.length} run already. Stop one with write_stdin and "\\u0003", then try again. ${listCommands(live)}`;
}

function failure(reason: string): ToolResult {
  return { outcome: 'failed', output: `The command was not started: ${reason}` };
}

/** Synchronous: it costs a command no turn of the loop. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

interface Opening extends CommandSetting {
  readonly table: Table;
  readonly shells: Shells;
  /** Of this process: tells its commands from those of another hullspeed. */
  readonly marker: string;
  readonly changed: (what: 'output') => void;
}

async function open(
  { cmd, workdir, tty }: CommandCall,
  { environment, terminal, draft, table, shells, marker, changed }: Opening,
): Promise<Command> {
  const session = table.nextNumber();
  const own = `${marker}${session}.`;
  const env = withMarker({ ...environment, ...plain }, own);
  const command = await startCommand(
    session,
    cmd,
    (onData) =>
      tty
        ? startInTerminal({ cmd, cwd: workdir, env, marker: own }, terminal, onData)
        : shells.start(workdir, cmd, onData),
    () => changed('output'),
    draft,
  );
  table.add(command);
  return command;
}

async function follow(
  command: Command,
  call: CommandCall,
  table: Table,
  caller: Caller,
): Promise<ToolResult> {
  const waited = await attend(command, command.answered, call.yieldMs, caller);
  if (waited === 'aborted') command.program.kill();
  if (waited === 'aborted' || !isLive(command)) table.forget(command);
  else table.goesOn(command);
  return reportCommand(command, call.maxTokens, waited === 'aborted' ? 'killed' : 'answered');
}

async function input(call: InputCall, table: Table, caller: Caller): Promise<ToolResult> {
  const command = table.find(call.session);
  if (command === undefined)
    return noInput(`There is no session ${call.session}. ${listCommands(table.live())}`);
  if (call.chars !== '' && isLive(command) && !command.program.type(call.chars)) {
    return noInput(
      `Session ${call.session} has no terminal to type into. Start its command again with tty, or stop it with "\\u0003".`,
    );
  }
  const waited = await attend(command, command.closed, call.yieldMs, caller);
  if (!isLive(command)) table.forget(command);
  return reportCommand(command, call.maxTokens, waited === 'aborted' ? 'interrupted' : 'answered');
}

/** As Ctrl+C would; what does not end by that in time, or is stopped twice, is killed. */
function stop(table: Table, stopping: WeakSet<Command>, session: number): boolean {
  const command = table.watched().find((each) => each.session === session);
  if (command === undefined || !isLive(command)) return false;
  const asked = stopping.has(command);
  stopping.add(command);
  if (asked) command.program.kill();
  else {
    command.program.type('\x03');
    void waitFor(command.closed, STOPPING_MS, new AbortController().signal).then(
      () => isLive(command) && command.program.kill(),
    );
  }
  return true;
}

function noInput(output: string): ToolResult {
  return { outcome: 'failed', output };
}

async function attend(
  command: Command,
  done: Promise<void>,
  yieldMs: number,
  { onOutput, signal }: Caller,
): Promise<Waited> {
  command.listen(onOutput);
  const waited = await waitFor(done, yieldMs, signal);
  command.listen(undefined);
  return waited;
}

function describe(command: Command): BackgroundCommand {
  const ended = command.ended();
  return {
    session: command.session,
    cmd: command.cmd,
    started: command.started,
    ...(ended !== undefined && { ended, exit: command.exit()?.code ?? null }),
  };
}
