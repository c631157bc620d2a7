// The tests pane's own rows: the header over the terminal, and the failures before it.
import type { Counts, Failure } from '../../session/facts.ts';
import { newestEnded, type Run, type Tests, titleOf } from '../../session/tests.ts';
import { ago, clock, duration, plural } from '../text/amounts.ts';
import { behind } from '../text/behind.ts';
import { clean } from '../text/clean.ts';
import { fit, type Part } from '../text/fit.ts';
import { cut, width as widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import { plainMark, runMark } from './verdicts.ts';

const maxFailures = 20;
const maxDetailLines = 6;

/**
 * `✓ green · npm test · 41 passed · 2.1s · 3m ago · 2 files changed since`, `✓ green · 3m ago · 2 changed`. `command` is what was found in the
 * project, undefined where there are no tests; `now` is epoch ms; `staleFiles` changed since the last run ended.
 */
export function testHeader(
  tests: Tests,
  command: string | undefined,
  staleFiles: number,
  now: number,
  width: number,
  theme: Theme,
): string {
  const { running, beside } = tests;
  const last = newestEnded(tests);
  const shown = running ?? beside ?? last;
  const name = clean(shown === undefined ? (command ?? '') : titleOf(shown), { newlines: false });
  if (name === '') return cut(theme.sgr('dim', 'no tests found'), width);
  const separator = theme.sgr('dim', ' · ');
  if (running !== undefined || beside !== undefined || last === undefined)
    return fit(unendedParts(tests, name, now, theme), separator, width);
  // What changed in the worktree is no news about a commit.
  const fresh = { staleFiles: last.commit === undefined ? staleFiles : 0, now };
  const parts = endedParts(last, name, fresh, theme);
  const essential = parts.filter(({ rank }) => rank >= ESSENTIAL).map(({ text }) => text);
  const fits = widthOf(essential.filter(Boolean).join(' · ')) <= width;
  return fit(fits ? parts : shortParts(last, fresh, theme), separator, width);
}

/** Verdict, counts, age and staleness: where they do not fit whole, they are said in fewer words. */
const ESSENTIAL = 5;

/** `◌ running · npm test · 3s · was ✕ red`; of a commit beside the work `◌ testing 3f2a1c0`. */
function unendedParts(tests: Tests, name: string, now: number, theme: Theme): Part[] {
  const { beside } = tests;
  const last = newestEnded(tests);
  const running = tests.running ?? beside;
  const commit =
    beside === undefined ? '' : `testing ${clean((beside.commit ?? '').slice(0, 7), { newlines: false })}`;
  if (running === undefined)
    return [
      { text: theme.sgr('dim', '○ not run yet'), rank: 2 },
      { text: name, rank: 1 },
    ];
  return [
    { text: theme.sgr('accent', `◌ ${tests.running ? 'running' : commit}`), rank: 4 },
    { text: name, rank: 1 },
    { text: theme.sgr('dim', clock(now - running.at)), rank: 2 },
    { text: last?.verdict === undefined ? '' : theme.sgr('dim', `was ${plainMark(last.verdict)}`), rank: 3 },
    { text: tests.running ? theme.sgr('dim', commit) : '', rank: 0 },
  ];
}

interface Freshness {
  readonly staleFiles: number;
  readonly now: number;
}

function endedParts(last: Run, name: string, { staleFiles, now }: Freshness, theme: Theme): Part[] {
  const dim = (text: string): string => theme.sgr('dim', text);
  return [
    { text: state(last, theme), rank: 9 },
    { text: name, rank: 2 },
    { text: counts(last, theme), rank: 6 },
    { text: last.ms === undefined ? '' : dim(duration(last.ms)), rank: 1 },
    { text: dim(ago(now - last.at - (last.ms ?? 0))), rank: ESSENTIAL },
    {
      text: staleFiles > 0 ? theme.sgr('warn', `${plural(staleFiles, 'file')} changed since`) : '',
      rank: 7,
    },
  ];
}

/** `✓ green · 40s ago · 2 changed` */
function shortParts(last: Run, { staleFiles, now }: Freshness, theme: Theme): Part[] {
  return [
    { text: state(last, theme), rank: 9 },
    { text: failed(last, theme), rank: 5 },
    { text: theme.sgr('dim', ago(now - last.at - (last.ms ?? 0))), rank: 6 },
    { text: staleFiles > 0 ? theme.sgr('warn', `${staleFiles} changed`) : '', rank: 8 },
  ];
}

/** What failed, in the order of the run. */
export interface FailureList {
  readonly rows: readonly string[];
  /** Row of `rows` where each listed failure begins. */
  readonly starts: readonly number[];
}

/** The failures that are listed, and that can be selected; none of a green run. */
export function listedFailures(run: Run | undefined): readonly Failure[] {
  return run?.verdict === undefined || run.verdict === 'green' ? [] : run.failures.slice(0, maxFailures);
}

/** Rows that name what failed, most useful first; none for a green run. `selected` is marked. */
export function listFailures(run: Run, width: number, theme: Theme, selected?: Failure): FailureList {
  if (width < 1 || run.verdict === undefined || run.verdict === 'green') return { rows: [], starts: [] };
  const rows = run.reason === undefined ? [] : behind(theme.sgr('bad', '✕ '), clean(run.reason), width);
  const starts: number[] = [];
  for (const failure of listedFailures(run)) {
    starts.push(rows.length);
    rows.push(...oneFailure(failure, width, theme, failure === selected));
  }
  const more = run.failures.length - starts.length;
  if (more > 0) rows.push(cut(theme.sgr('dim', `… ${plural(more, 'more failure')}`), width));
  return { rows, starts };
}

/** `test/slug.test.ts:12`; empty where the runner names no file. */
export function placeOf({ file, line }: Failure): string {
  if (file === undefined) return '';
  return clean(file, { newlines: false }) + (line === undefined ? '' : `:${line}`);
}

/** The first lines of what was expected and received. */
export function detailLines({ detail = '' }: Failure): string[] {
  return filledLines(detail).slice(0, maxDetailLines);
}

/** `✓ green`, `✓ green flaky`, of a commit that was tested beside the work `✕ red 3f2a1c0`. */
function state({ verdict, flaky, commit }: Run, theme: Theme): string {
  if (verdict === undefined) return theme.sgr('dim', '○ not run yet');
  const of = commit === undefined ? '' : ` ${clean(commit.slice(0, 7), { newlines: false })}`;
  return runMark(verdict, theme) + of + (flaky ? theme.sgr('warn', ' flaky') : '');
}

function counts(run: Run | undefined, theme: Theme): string {
  if (run?.counts === undefined) return '';
  const { passed, skipped }: Counts = run.counts;
  const parts = [
    theme.sgr('ok', `${passed} passed`),
    failed(run, theme),
    skipped > 0 ? theme.sgr('dim', `${skipped} skipped`) : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** The exit code alone decides: output may name failures that the command forgives, or another program's. */
function failed({ counts, verdict }: Run, theme: Theme): string {
  if (!counts?.failed) return '';
  return verdict === 'green'
    ? theme.sgr('warn', `${counts.failed} failed, yet exit 0`)
    : theme.sgr('bad', `${counts.failed} failed`);
}

function filledLines(text: string): string[] {
  return clean(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function oneFailure(failure: Failure, width: number, theme: Theme, selected: boolean): string[] {
  const place = placeOf(failure);
  const name = theme.sgr('bad', clean(failure.name, { newlines: false }));
  const mark = selected ? theme.sgr('accent', '▸ ') : theme.sgr('bad', '✕ ');
  return [
    ...behind(mark, name, width),
    ...(place === '' ? [] : [cut(`  ${theme.sgr('dim', place)}`, width)]),
    ...detailLines(failure).map((line) => cut(`    ${line}`, width)),
  ];
}
