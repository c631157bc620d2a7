// Reads what a run of tests printed, by the runners that its command names, else by those that its words fit.
import { setImmediate } from 'node:timers/promises';
import type { TestReport } from '../engine/ports.ts';
import { bunTest } from './bun-test.ts';
import { cargoTest } from './cargo-test.ts';
import { denoTest } from './deno-test.ts';
import { boundFailures } from './failures.ts';
import { goTest } from './go-test.ts';
import { gradle } from './gradle.ts';
import { jest } from './jest.ts';
import { maven } from './maven.ts';
import { mocha } from './mocha.ts';
import { nodeTest } from './node-test.ts';
import { plainLinesInPieces } from './plain-lines.ts';
import { pytest } from './pytest.ts';
import { rspec } from './rspec.ts';
import type { Runner } from './runner.ts';
import { swiftTesting } from './swift-testing.ts';
import { tap } from './tap.ts';
import { vitest } from './vitest.ts';
import { xctest } from './xctest.ts';

type SlowTests = NonNullable<TestReport['slow']>[number];

const runners: readonly Runner[] = [
  vitest,
  jest,
  mocha,
  nodeTest,
  denoTest,
  bunTest,
  pytest,
  goTest,
  cargoTest,
  xctest,
  swiftTesting,
  maven,
  gradle,
  rspec,
  tap,
];

/** Arguments that make a command leave its watch modes; '' where none is needed, or none does. */
export function watchOff(command: string): string {
  return watching(command)
    .flatMap((watch) => watch.off ?? [])
    .join(' ');
}

/** The command without its watch modes: by an argument at its end, or with what asks for them cut out. */
export function runOnce(command: string): string {
  const cut = watching(command).filter((watch) => watch.off === undefined);
  const rest = cut.reduce((text, watch) => text.replace(watch.asked, ''), command);
  const off = watchOff(command);
  return off === '' ? rest : `${rest} ${off}`;
}

/** Whether a command may go on watching by itself: known runners that never do are the ones that may not. */
export function mayLinger(command: string): boolean {
  const named = runners.filter((runner) => runner.matches(command));
  return named.length === 0 || named.some((runner) => runner.lingers);
}

function watching(command: string): NonNullable<Runner['watch']>[] {
  return runners.flatMap(({ matches, watch }) =>
    watch !== undefined && matches(command) && watch.asked.test(command) ? [watch] : [],
  );
}

/**
 * Counts and failures of a run. `command` is what was run at last (the script behind an `npm test`). A command may start
 * several runners, and one runner several times: their reports are added up. Output that no runner is known by has no
 * names. Never rejects.
 */
export async function readOutput(command: string, output: string): Promise<TestReport> {
  const lines = await readLines(output);
  const named = await readBy(
    runners.filter((runner) => runner.matches(command)),
    lines,
  );
  const reports = named.length > 0 ? named : await readBy(runners, lines);
  return reports.length > 0 ? addUp(reports) : { failures: [] };
}

/** A key that waits is let through in between. */
async function readLines(output: string): Promise<string[]> {
  const pieces = plainLinesInPieces(output);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    await setImmediate();
  }
}

async function readBy(by: readonly Runner[], lines: readonly string[]): Promise<TestReport[]> {
  const reports: TestReport[] = [];
  for (const runner of by) {
    if (!(await hasSign(lines, runner))) continue;
    const report = runner.read(lines);
    if (report === undefined) continue;
    const slow = await slowIn(lines, runner.slow);
    reports.push(slow.length === 0 ? report : { ...report, slow });
  }
  return reports;
}

/** Lines that are gone through until a key that waits is let through: half a millisecond. */
const AT_ONCE = 2_000;

/** With a pause behind each piece, unless there is only one. */
async function* inPieces(lines: readonly string[]): AsyncGenerator<readonly string[]> {
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    yield lines.slice(at, at + AT_ONCE);
    if (lines.length > AT_ONCE) await setImmediate();
  }
}

async function hasSign(lines: readonly string[], { sign }: Runner): Promise<boolean> {
  for await (const piece of inPieces(lines)) if (piece.some((line) => sign.test(line))) return true;
  return false;
}

/** Slow tests that are kept; what takes less is slow for nobody. */
const SLOW = { most: 5, leastMs: 100 };

/** Of what is told twice, the longer time. */
async function slowIn(lines: readonly string[], pattern: RegExp | undefined): Promise<SlowTests[]> {
  if (pattern === undefined) return [];
  const times = new Map<string, number>();
  for await (const piece of inPieces(lines)) {
    for (const line of piece) {
      const { name, time = '' } = pattern.exec(line)?.groups ?? {};
      if (name === undefined) continue;
      const ms = Math.round(Number.parseFloat(time) * (time.endsWith('ms') ? 1 : 1_000));
      times.set(name, Math.max(ms, times.get(name) ?? 0));
    }
  }
  const slow = [...times].map(([name, ms]) => ({ name: name.slice(0, 200), ms }));
  return bySlowness(slow.filter(({ ms }) => ms >= SLOW.leastMs));
}

function bySlowness(slow: readonly SlowTests[]): SlowTests[] {
  return slow.toSorted((a, b) => b.ms - a.ms).slice(0, SLOW.most);
}

/** Several reports as one. */
export function addUp(reports: readonly TestReport[]): TestReport {
  const counts = reports.flatMap((report) => report.counts ?? []);
  const sum = (of: 'passed' | 'failed' | 'skipped'): number =>
    counts.reduce((total, each) => total + each[of], 0);
  const slow = bySlowness(reports.flatMap((report) => report.slow ?? []));
  const failures = boundFailures(reports.flatMap((report) => report.failures));
  return {
    ...(counts.length > 0 && {
      counts: { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') },
    }),
    failures,
    ...(slow.length > 0 && { slow }),
    ...(reports.every((report) => report.none) && { none: true as const }),
  };
}
