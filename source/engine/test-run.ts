// Runs a test command until it ends, says nothing for too long, or takes too long.
import type { RunVerdict } from '../session/facts.ts';
import { AppError } from './errors.ts';
import type { Settings } from './face.ts';
import type { Clock, Terminal, TerminalRun, TerminalSpec, TestReport } from './ports.ts';

export interface End {
  /** Null: it did not end by itself. */
  readonly code: number | null;
  readonly cause?: 'time' | 'silence' | 'terminal';
  /** For people and the model, where it did not end by itself. */
  readonly reason?: string;
}

export interface TestRunPorts {
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly settings: Pick<Settings, 'testTimeoutMs' | 'testSilenceMs'>;
}

/** `onStart` gets the handle as soon as there is one, to stop and resize it by. Rejects only for bugs. */
export async function runToEnd(
  { clock, terminal, settings }: TestRunPorts,
  spec: TerminalSpec,
  onStart: (run: TerminalRun) => void,
): Promise<End> {
  const over = new AbortController();
  let heard = clock.mono();
  const onData = (bytes: Uint8Array): void => {
    heard = clock.mono();
    spec.onData(bytes);
  };
  try {
    const run = await terminal.start({ ...spec, onData });
    onStart(run);
    const cause = await Promise.race([
      run.exit.then(() => 'exit' as const),
      waitForSilence(clock, settings.testSilenceMs, () => heard, over.signal).then(() => 'silence' as const),
      clock.sleep(settings.testTimeoutMs, over.signal).then(() => 'time' as const),
    ]);
    if (cause === 'exit') return { code: (await run.exit).code };
    await run.stop();
    return { code: null, cause, reason: tooLong(spec.command, cause, settings) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: null, cause: 'terminal', reason: error.message };
  } finally {
    over.abort();
  }
}

async function waitForSilence(
  clock: Clock,
  limitMs: number,
  heard: () => number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const left = heard() + limitMs - clock.mono();
    if (left <= 0) return;
    await clock.sleep(left, signal);
  }
}

function tooLong(command: string, cause: 'time' | 'silence', settings: TestRunPorts['settings']): string {
  const [how, limit, key] =
    cause === 'time'
      ? ['ran longer than', settings.testTimeoutMs, 'tests.timeout']
      : ['printed nothing for', settings.testSilenceMs, 'tests.silence'];
  return `\`${command}\` ${how} ${limit / 1000} s and was stopped (${key})`;
}

/** Exit codes 126 and 127 are a shell's for a command that cannot run (POSIX, 2.8.2). */
export function verdictOf(end: End, report: TestReport): Exclude<RunVerdict, 'stopped'> {
  if (end.cause === 'time' || end.cause === 'silence') return 'timed out';
  if (end.cause === 'terminal' || end.code === 126 || end.code === 127) return 'broken';
  if (report.none) return 'none';
  return end.code === 0 ? 'green' : 'red';
}
