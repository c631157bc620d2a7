// `npm run bench`: what is measured of the built program, each figure beside its floor of the same run and beside what it was
// when somebody accepted it. Fails where one is worse by more than noise.
// The model is the scripted one on loopback and answers at once, so what is left is hullspeed's own time.
// `-- calls scan` measures these groups alone, and the long ones only where they are named; `--accept` takes the figures as the new baseline;
// `-- pace` replays a session in real time instead, `-- pace 10` ten times as fast, to try it, `-- pace 1 100000` among so
// many files.
// Figures are medians; on a busy machine the ratios still hold, the milliseconds do not.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accept,
  type Baseline,
  type Compared,
  compare,
  type GroupBaseline,
  goneFrom,
  isSuspect,
  readBaseline,
  writeBaseline,
} from './baseline.ts';
import type { Row } from './figures.ts';
import { groups, longGroups } from './measure.ts';
import { replayPace } from './pace.ts';
import { complaint, table } from './table.ts';

const path = join(import.meta.dirname, 'baseline.json');
/** A group that looks worse is measured so often before it is believed; and one that is accepted. */
const TRIES = 3;

function measure(group: string): Row[] {
  const rows = execFileSync(process.execPath, [join(import.meta.dirname, 'measure.ts'), group], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // What could not be measured is null in JSON.
  return JSON.parse(rows, (_, value) => (value === null ? Number.NaN : value));
}

function measureTries(group: string, isEnough: (tries: readonly Row[][]) => boolean): Row[][] {
  const tries: Row[][] = [];
  do {
    process.stderr.write(`${tries.length === 0 ? `measuring ${group}` : ', again'}`);
    tries.push(measure(group));
  } while (tries.length < TRIES && !isEnough(tries));
  process.stderr.write('\n');
  return tries;
}

const isWorse = ({ verdict }: Compared): boolean => verdict === 'worse';

function checkAll(names: readonly string[], baseline: Baseline): boolean {
  const all: Compared[] = [];
  const notes: string[] = [];
  for (const group of names) {
    const tries = measureTries(group, (so) => !compare(so, baseline[group]).some(isSuspect));
    const compared = compare(tries, baseline[group]);
    all.push(...compared);
    notes.push(...compared.filter(isWorse).map((each) => `worse: ${complaint(each, tries.length)}`));
    for (const what of goneFrom(compared, baseline[group]))
      notes.push(`in the baseline, but measured no more: ${what}`);
  }
  console.log(table(all));
  const [isNew, better] = (['new', 'better'] as const).map((one) => all.some((each) => each.verdict === one));
  if (better) notes.push('better beyond noise: `npm run bench -- --accept` keeps it so');
  if (isNew) notes.push('new rows have no baseline: `npm run bench -- --accept` gives them one');
  if (notes.length > 0) console.log(`\n${notes.join('\n')}`);
  return !all.some(isWorse);
}

/** The other groups stay as they are. */
function acceptAll(names: readonly string[], baseline: Baseline): void {
  const accepted: Record<string, GroupBaseline> = {};
  const all: Compared[] = [];
  for (const group of names) {
    const tries = measureTries(group, () => false);
    all.push(...compare(tries, baseline[group]));
    accepted[group] = accept(tries);
  }
  const kept = Object.keys(groups).flatMap((group) => {
    const rows = accepted[group] ?? baseline[group];
    return rows === undefined ? [] : [[group, rows] as const];
  });
  writeFileSync(path, writeBaseline(Object.fromEntries(kept)));
  console.log(`${table(all)}\n\naccepted, each the median of ${TRIES} measurements: bench/baseline.json`);
}

const words = process.argv.slice(2);
const named = words.filter((word) => word !== '--accept');
const unknown = named.filter((name) => !Object.hasOwn(groups, name));
if (named[0] === 'pace') await replayPace(...named.slice(1).map(Number));
else if (unknown.length > 0) {
  console.error(`no group ${unknown.join(', ')}: there are ${Object.keys(groups).join(', ')}, and pace`);
  process.exitCode = 2;
} else {
  const names = named.length > 0 ? named : Object.keys(groups).filter((group) => !longGroups.has(group));
  const baseline = readBaseline(readFileSync(path, 'utf8'));
  if (words.includes('--accept')) acceptAll(names, baseline);
  else process.exitCode = checkAll(names, baseline) ? 0 : 1;
}
