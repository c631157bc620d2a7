// The project of the demo: a small command line tool with tests, docs and a bug, in a repository of its own.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Its files by path. */
export const sampleFiles: Readonly<Record<string, string>> = {
  'package.json': `{
  "name": "tide",
  "version": "0.1.0",
  "description": "When the water turns",
  "private": true,
  "type": "module",
  "bin": { "tide": "bin/tide.js" },
  "scripts": { "start": "node bin/tide.js", "test": "node --test" }
}
`,
  'readme.md': `# tide

When the water turns, in a few harbours of the Channel and the North Sea.

    tide next brest     the next high and low water
    tide list           the harbours

One cosine a harbour: lovely for planning a walk on the beach, useless for a ship.
`,
  'AGENTS.md': `Plain ES modules, no dependencies. Functions are pure; the time comes in as an argument.
\`npm test\` runs every test.
`,
  'docs/tides.md': `---
summary: How tide computes heights and turns
read_when: changing anything in source/tide.js or source/harbours.js
---

# Tides

The moon passes every 24 h 50 min, and the water rises twice in that time: one period is 745.2 minutes.
A harbour is its first high water of 2026, in minutes UTC, and its mean range in metres.
`,
  'bin/tide.js': `#!/usr/bin/env node
// The one place that knows what time it is.
import { run } from '../source/cli.js';

const minute = (Date.now() - Date.UTC(2026, 0, 1)) / 60_000;
console.log(run(process.argv.slice(2), minute));
`,
  'source/cli.js': String.raw`// What each command prints.
import { clock } from './clock.js';
import { harbours } from './harbours.js';
import { nextTurns } from './tide.js';

const usage = [
  'tide next HARBOUR   the next high and low water',
  'tide list           the harbours',
].join('\n');

export function run([command, name = 'brest'], minute) {
  if (command === 'list') return [...harbours.keys()].join('\n');
  const harbour = harbours.get(name);
  if (harbour === undefined) return 'There is no harbour ' + name + '. Try: tide list';
  if (command === 'next') return next(harbour, minute);
  return usage;
}

function next(harbour, minute) {
  const turns = nextTurns(harbour, minute);
  return turns.map((turn) => turn.kind.padEnd(6) + clock(turn.minute)).join('\n');
}
`,
  'source/clock.js': `// Minutes as people read them.

/** 372 is 06:12; days before and after wrap around. */
export function clock(minute) {
  const day = ((minute % 1440) + 1440) % 1440;
  const hours = Math.floor(day / 60);
  const minutes = Math.round(day % 60);
  return [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
}
`,
  'source/harbours.js': `// Where there is water: the first high water of 2026 in minutes UTC, and the mean range in metres.
export const harbours = new Map([
  ['brest', { high: 187, range: 4.4 }],
  ['saint-malo', { high: 318, range: 8.1 }],
  ['dover', { high: 605, range: 4.8 }],
  ['helgoland', { high: 641, range: 2.4 }],
]);
`,
  'source/tide.js': `// The tide as one cosine: the moon, and nothing else.
const PERIOD = 745.2;

/** Metres above low water. */
export function heightAt(harbour, minute) {
  const phase = (2 * Math.PI * (minute - harbour.high)) / PERIOD;
  return (harbour.range / 2) * (1 + Math.cos(phase));
}

/** The next high and low waters after a minute, soonest first. */
export function nextTurns(harbour, minute, count = 2) {
  const half = PERIOD / 2;
  const first = Math.floor((minute - harbour.high) / half) + 1;
  return Array.from({ length: count }, (_, at) => ({
    kind: (first + at) % 2 === 0 ? 'high' : 'low',
    minute: harbour.high + (first + at) * half,
  }));
}
`,
  'test/cli.test.js': String.raw`import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../source/cli.js';

test('next prints the two turns that come', () => {
  assert.equal(run(['next', 'brest'], 0), 'high  03:07\nlow   09:20');
});

test('an unknown harbour points to the list', () => {
  assert.equal(run(['next', 'atlantis'], 0), 'There is no harbour atlantis. Try: tide list');
});
`,
  'test/clock.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock } from '../source/clock.js';

test('minutes read as a clock', () => {
  assert.equal(clock(372), '06:12');
});

test('days before and after wrap around', () => {
  assert.equal(clock(-30), '23:30');
  assert.equal(clock(1500), '01:00');
});
`,
  'test/tide.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heightAt, nextTurns } from '../source/tide.js';

const harbour = { high: 0, range: 4 };

test('the water is highest at high water and gone half a period later', () => {
  assert.equal(heightAt(harbour, 0), 4);
  assert.equal(heightAt(harbour, 372.6), 0);
});

test('high and low water take turns', () => {
  const kinds = nextTurns(harbour, 10, 4).map((turn) => turn.kind);
  assert.deepEqual(kinds, ['low', 'high', 'low', 'high']);
});
`,
};

/**
 * Writes the project into a new folder of the system's temporary directory and commits it there; the folder.
 * The identity, and that nothing of the person's own git set-up runs, is in that repository's config alone.
 */
export async function createSampleProject(environment?: NodeJS.ProcessEnv): Promise<string> {
  const directory = join(await realpath(await mkdtemp(join(tmpdir(), 'hullspeed-demo-'))), 'tide');
  for (const [path, text] of Object.entries(sampleFiles)) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: path.startsWith('bin/') ? 0o755 : 0o644 });
  }
  const git = (...args: string[]) =>
    promisify(execFile)('git', args, { cwd: directory, env: environment && withoutGit(environment) });
  await git('init', '--quiet', '--initial-branch=main', '--template=');
  const config = {
    'user.name': 'hullspeed demo',
    'user.email': 'demo@hullspeed.invalid',
    'commit.gpgSign': 'false',
    'core.hooksPath': '.git/hooks',
    'core.autocrlf': 'false',
  };
  for (const [key, value] of Object.entries(config)) await git('config', key, value);
  await git('add', '--all');
  await git('commit', '--quiet', '--message=tide: when the water turns');
  return directory;
}

/** Started from a git hook, the variables of that repository would point git there. */
function withoutGit(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('GIT_')));
}
