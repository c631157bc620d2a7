// The changed files above the commits: what would be shipped now, how each changed and by whom, and the person's own.
import type { DirtyPath } from '../../engine/git-ports.ts';
import type { Claims } from '../../session/claims.ts';
import type { Claim, ClaimOrigin } from '../../session/facts.ts';
import type { Tests } from '../../session/tests.ts';
import { plural } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';
import { beside, fit } from '../text/fit.ts';
import { cut } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import { runMark } from './verdicts.ts';

/** As git has it: added, deleted, modified, another kind of file, unmerged. */
type Change = 'A' | 'D' | 'M' | 'T' | 'U';

export interface WorkFile {
  readonly path: string;
  readonly change: Change;
  /** Absent: the person's own, which no ship takes. */
  readonly by?: ClaimOrigin;
  /** The person left it out. */
  readonly out: boolean;
}

export interface Work {
  /** The session's first, then the person's own: these as many as are worth a row. */
  readonly files: readonly WorkFile[];
  /** How many of each there are: what would be shipped, what is left out, what is the person's own. */
  readonly ships: number;
  readonly out: number;
  readonly own: number;
}

/** More of the person's own files than these are counted. */
const MOST_OWN = 200;
/** More than any row has room for. */
const MOST_NAMES = 60;
const pathShare = 0.7;

export function workOf(claims: Claims, dirty: readonly DirtyPath[]): Work {
  const found = new Map(dirty.map((each) => [each.path, each]));
  const claimed = Object.values(claims).map((claim) => ({
    path: claim.path,
    change: changeOf(found.get(claim.path), claim),
    by: claim.by,
    out: claim.out !== undefined,
  }));
  const own = dirty.filter(({ path }) => claims[path] === undefined);
  const listed = own
    .slice(0, MOST_OWN)
    .map((each) => ({ path: each.path, change: changeOf(each, undefined), out: false }));
  const out = claimed.filter((each) => each.out).length;
  return { files: [...claimed, ...listed], ships: claimed.length - out, out, own: own.length };
}

function changeOf(dirty: DirtyPath | undefined, claim: Claim | undefined): Change {
  if (dirty?.xy === '??' || dirty?.xy.includes('A')) return 'A';
  if (dirty?.xy.includes('U')) return 'U';
  if (dirty?.xy.includes('D') || dirty?.stat === null) return 'D';
  if (dirty?.xy.includes('T')) return 'T';
  if (dirty !== undefined) return 'M';
  // Git has not been asked since.
  return claim?.after === null ? 'D' : claim?.before === null ? 'A' : 'M';
}

/** What is known of the files as they stand. */
export interface WorkState {
  readonly work: Work;
  readonly tests: Tests;
  /** Changed since the last run ended: its verdict is then not theirs. */
  readonly staleFiles: number;
}

/** A row, drawn when it is on the screen, and which of the files it stands for. */
export interface WorkRow {
  readonly draw: () => string;
  readonly file?: number;
}

/** Two headings, and a row for each file. */
export function workRows(state: WorkState, width: number, theme: Theme): WorkRow[] {
  const { files, own } = state.work;
  const row = (file: WorkFile, at: number): WorkRow => ({
    draw: () => fileRow(file, width, theme),
    file: at,
  });
  const first = files.findIndex(({ by }) => by === undefined);
  const claimed = first < 0 ? files : files.slice(0, first);
  const rest = files.slice(claimed.length);
  const more = own - rest.length;
  return [
    ...shipHeading(state, width, theme).map(drawn),
    ...claimed.map(row),
    ...(own > 0 ? [drawn(ownHeading(own, width, theme))] : []),
    ...rest.map((file, at) => row(file, claimed.length + at)),
    ...(more > 0 ? [drawn(cut(theme.sgr('dim', `    … ${plural(more, 'more file')}`), width))] : []),
  ];
}

/** The same in at most so many rows, where the commits need the room. */
export function workGist(state: WorkState, most: number, width: number, theme: Theme): WorkRow[] {
  const { files, own } = state.work;
  const names = (listed: readonly WorkFile[]): string =>
    listed
      .slice(0, MOST_NAMES)
      .map(({ path }) => clean(path, { newlines: false }))
      .join('  ');
  const shipped = files.filter(({ by, out }) => by !== undefined && !out);
  const yours = files.filter(({ by }) => by === undefined);
  const ships = shipped.length > 0 ? [cut(theme.sgr('dim', `  ${names(shipped)}`), width)] : [];
  const full = own === 0 ? [] : [cut(theme.sgr('dim', `yours: ${names(yours)}`), width)];
  const rows = [...shipHeading(state, width, theme), ...ships, ...full];
  // The person's own give their row away first; their number stays.
  const shown = rows.length <= most ? rows : [...shipHeading(state, width, theme, own), ...ships];
  return shown.slice(0, most).map(drawn);
}

function drawn(text: string): WorkRow {
  return { draw: () => text };
}

/** `3 files · ✓ green · not committed · 1 left out`; none where there is nothing to say. `own`: to be counted here. */
function shipHeading({ work, tests, staleFiles }: WorkState, width: number, theme: Theme, own = 0): string[] {
  const { ships, out } = work;
  if (ships + out + own === 0 || width < 1) return [];
  const parts = [
    { text: ships > 0 ? theme.sgr('accent', plural(ships, 'file')) : '', rank: 3 },
    { text: ships > 0 ? workVerdict(tests, staleFiles, theme) : '', rank: 1 },
    { text: ships > 0 ? theme.sgr('warn', 'not committed') : '', rank: 2 },
    { text: out > 0 ? theme.sgr('dim', `${out} left out`) : '', rank: 0 },
    { text: own > 0 ? theme.sgr('dim', `${own} of yours`) : '', rank: -1 },
  ];
  return [fit(parts, theme.sgr('dim', ' · '), width)];
}

function ownHeading(own: number, width: number, theme: Theme): string {
  const parts = [
    { text: theme.sgr('heading', `${plural(own, 'file')} of yours`), rank: 1 },
    { text: theme.sgr('dim', 'not shipped'), rank: 0 },
  ];
  return fit(parts, theme.sgr('dim', ' · '), width);
}

/** `  M source/slug.ts   patch`. */
function fileRow({ path, change, by, out }: WorkFile, width: number, theme: Theme): string {
  const dim = by === undefined || out;
  const name = clean(path, { newlines: false });
  const token = change === 'A' ? 'ok' : change === 'M' || change === 'T' ? 'accent' : 'bad';
  const who = out ? theme.sgr('warn', 'left out') : theme.sgr('dim', by ?? '');
  const mark = dim ? theme.sgr('dim', change) : theme.sgr(token, change);
  return beside(
    `  ${mark} ${dim ? theme.sgr('dim', name) : name}`,
    [{ text: who, rank: 0 }],
    width,
    pathShare,
  );
}

function workVerdict(tests: Tests, staleFiles: number, theme: Theme): string {
  if (tests.running) return theme.sgr('accent', '◌ testing');
  if (tests.last?.verdict === undefined || staleFiles > 0) return theme.sgr('dim', '○ untested');
  return runMark(tests.last.verdict, theme);
}

/** The title of a changed file that is read. */
export function fileTitle(file: WorkFile | undefined, width: number, theme: Theme): string {
  if (file === undefined) return '';
  const { path, by, out } = file;
  const state = out ? 'left out' : by === undefined ? 'yours, not shipped' : `not committed · ${by}`;
  const title = theme.sgr('focus', `▸${clean(path, { newlines: false })}`);
  return beside(title, [{ text: theme.sgr('dim', `against HEAD · ${state}`), rank: 0 }], width, pathShare);
}
