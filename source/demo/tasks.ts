// The four prompts that the scripted model can answer, and what it answers step by step.
import { call, type Piece, patch, reason, say, ship } from './pieces.ts';

export interface Task {
  readonly prompt: string;
  /** One answer a step. Their calls are told apart by what they say: no two of a task are equal. */
  readonly steps: readonly (readonly Piece[])[];
}

/** A feature: look, then patch and ship in one step. */
const feature: Task = {
  prompt: 'add `tide draw HARBOUR`: a small picture of the next 24 hours of water',
  steps: [
    [
      reason(
        '**Looking around**\n\nA new command: I read how the others are wired and what the heights look like before I draw any.',
      ),
      call('exec_command', { cmd: 'cat source/cli.js source/tide.js readme.md' }),
      call('exec_command', { cmd: 'node bin/tide.js next brest' }),
    ],
    [
      reason(
        '**Drawing**\n\nEight block characters give eight levels a row. Four rows, half an hour a column, and the clock below: 48 columns fit everywhere.',
      ),
      say(
        'The height is a pure function already, so the picture is one more: columns of blocks, and a test that holds high and low water to their places.',
        'commentary',
      ),
      patch(String.raw`*** Begin Patch
*** Add File: source/chart.js
+// The next day as a picture.
+import { clock } from './clock.js';
+import { heightAt } from './tide.js';
+
+const BLOCKS = [...' ▁▂▃▄▅▆▇█'];
+const ROWS = 4;
+const COLUMNS = 48;
+const STEP = 30;
+
+/** Four rows of water, a column for every half hour from a minute on, and the clock below. */
+export function draw(harbour, minute) {
+  const levels = Array.from({ length: COLUMNS }, (_, x) => {
+    return (heightAt(harbour, minute + x * STEP) / harbour.range) * ROWS;
+  });
+  const rows = Array.from({ length: ROWS }, (_, y) => {
+    return levels.map((level) => block(level - (ROWS - 1 - y))).join('');
+  });
+  const hours = [0, 6, 12, 18].map((hour) => clock(minute + hour * 60).padEnd(12));
+  return [...rows, hours.join('').trimEnd()].join('\n');
+}
+
+function block(fill) {
+  return BLOCKS[Math.round(Math.min(Math.max(fill, 0), 1) * 8)];
+}
*** Add File: test/chart.test.js
+import assert from 'node:assert/strict';
+import { test } from 'node:test';
+import { draw } from '../source/chart.js';
+
+const rows = draw({ high: 0, range: 4 }, 0).split('\n');
+
+test('the picture is four rows of water over the clock', () => {
+  assert.deepEqual(rows.map((row) => row.length), [48, 48, 48, 48, 41]);
+  assert.equal(rows[4], '00:00       06:00       12:00       18:00');
+});
+
+test('high water fills its column and low water leaves it empty', () => {
+  assert.deepEqual(rows.slice(0, 4).map((row) => row[0]), ['█', '█', '█', '█']);
+  assert.deepEqual(rows.slice(0, 4).map((row) => row[12]), [' ', ' ', ' ', ' ']);
+});
*** Update File: source/cli.js
@@
 // What each command prints.
+import { draw } from './chart.js';
 import { clock } from './clock.js';
@@
   'tide next HARBOUR   the next high and low water',
+  'tide draw HARBOUR   the next 24 hours as a picture',
@@
   if (command === 'next') return next(harbour, minute);
+  if (command === 'draw') return draw(harbour, minute);
*** Update File: readme.md
@@
     tide next brest     the next high and low water
+    tide draw brest     the next 24 hours as a picture
*** End Patch`),
      ship({
        subject: 'draw: the next 24 hours as a picture',
        say: 'There is a `tide draw HARBOUR` now; try `node bin/tide.js draw saint-malo`. (I am a script, but the code, the tests and the commit are real.)',
      }),
    ],
  ],
};

/** A bug: the test first, its failure, then the mend. */
const bug: Task = {
  prompt: '`tide next` sometimes says 12:60. Write the failing test first, then mend it',
  steps: [
    [
      reason(
        '**Reproducing**\n\n12:60 smells of a part that is rounded on its own. A test for the last half minute of an hour, and one of a day, before I touch the code.',
      ),
      patch(`*** Begin Patch
*** Update File: test/clock.test.js
@@
   assert.equal(clock(-30), '23:30');
   assert.equal(clock(1500), '01:00');
 });
+
+test('the last half minute of an hour belongs to the next', () => {
+  assert.equal(clock(779.7), '13:00');
+  assert.equal(clock(1439.7), '00:00');
+});
*** End Patch`),
      call('exec_command', { cmd: 'npm test' }),
    ],
    [
      reason(
        '**Mending**\n\nRed as it should be: 12:60. Rounding the minute before it is taken apart mends both the hour and midnight.',
      ),
      say(
        'The test fails with `12:60`. The minutes are rounded after the hour was cut off; the whole has to be rounded first.',
        'commentary',
      ),
      patch(`*** Begin Patch
*** Update File: source/clock.js
@@
 export function clock(minute) {
-  const day = ((minute % 1440) + 1440) % 1440;
-  const hours = Math.floor(day / 60);
-  const minutes = Math.round(day % 60);
-  return [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
+  const day = ((Math.round(minute) % 1440) + 1440) % 1440;
+  return [Math.floor(day / 60), day % 60].map((part) => String(part).padStart(2, '0')).join(':');
 }
*** End Patch`),
      ship({
        subject: 'clock: round before the hour is cut off',
        body: 'The last half minute of an hour read as :60.',
        say: '`clock` rounds first now, so 12:59:42 is 13:00 and the last seconds of a day are 00:00.',
      }),
    ],
  ],
};

/** A refinement with a decision in it. */
const refinement: Task = {
  prompt: 'let people write a harbour as they say it: "St Malo", "HELGOLAND", "dov"',
  steps: [
    [
      reason(
        '**Choosing**\n\nFour harbours. A library for fuzzy search would rank; a rule that folds case, accents and "St" is enough, and says clearly when a name fits several.',
      ),
      call('exec_command', { cmd: 'cat source/cli.js source/harbours.js' }),
    ],
    [
      say('A folded prefix does it; a name that fits none or several is refused as before.', 'commentary'),
      patch(String.raw`*** Begin Patch
*** Add File: source/find-harbour.js
+// Finds a harbour by what people call it.
+import { harbours } from './harbours.js';
+
+/** The one harbour whose name begins so; undefined where none or several do. */
+export function findHarbour(name) {
+  const start = fold(name);
+  const names = [...harbours.keys()].filter((each) => each.startsWith(start));
+  return names.length === 1 ? harbours.get(names[0]) : undefined;
+}
+
+function fold(name) {
+  const plain = name.normalize('NFD').replace(/\p{Mark}/gu, '').toLowerCase();
+  return plain.replace(/^st\b\.?/, 'saint').replace(/[^a-z]+/g, '-');
+}
*** Add File: test/find-harbour.test.js
+import assert from 'node:assert/strict';
+import { test } from 'node:test';
+import { findHarbour } from '../source/find-harbour.js';
+import { harbours } from '../source/harbours.js';
+
+test('a harbour is found by the name that people use', () => {
+  for (const name of ['St Malo', 'st. malo', 'Saint-Malo', 'SAÏNT MALO']) {
+    assert.equal(findHarbour(name), harbours.get('saint-malo'));
+  }
+  assert.equal(findHarbour('dov'), harbours.get('dover'));
+});
+
+test('a name that fits none or all is not guessed at', () => {
+  assert.equal(findHarbour('atlantis'), undefined);
+  assert.equal(findHarbour(''), undefined);
+});
*** Update File: source/cli.js
@@
-import { harbours } from './harbours.js';
+import { findHarbour } from './find-harbour.js';
+import { harbours } from './harbours.js';
@@
-export function run([command, name = 'brest'], minute) {
+export function run([command, ...words], minute) {
   if (command === 'list') return [...harbours.keys()].join('\n');
-  const harbour = harbours.get(name);
+  const name = words.join(' ') || 'brest';
+  const harbour = findHarbour(name);
*** End Patch`),
      ship({
        subject: 'harbours: found by the names that people use',
        say: 'Try `node bin/tide.js next St Malo`. Case, accents and "St" do not matter, and a beginning is enough if it fits one harbour only.',
        decisions: [
          {
            chose: 'a folded prefix',
            over: 'a fuzzy search library',
            why: 'four harbours need a rule, not a ranking',
          },
        ],
      }),
    ],
  ],
};

/** Words alone: no test has anything to say about them. */
const docs: Task = {
  prompt: 'write the picture and the forgiving names into docs/tides.md',
  steps: [
    [
      reason('**Writing it down**\n\nTwo short sections: what the picture shows, and how a name is found.'),
      patch(`*** Begin Patch
*** Update File: docs/tides.md
@@
 A harbour is its first high water of 2026, in minutes UTC, and its mean range in metres.
+
+## The picture
+
+A column is half an hour, a row a quarter of the harbour's range: the picture shows when, not how high.
+
+## Names
+
+A harbour is found by the beginning of its name, without regard to case, accents and dashes; "St" is "Saint".
+A beginning that fits several harbours finds none of them.
*** End Patch`),
      ship({
        subject: 'docs: the picture and the names',
        say: 'Both are in docs/tides.md. That was the last of my four prompts; from here on it takes a real model.',
      }),
    ],
  ],
};

export const tasks: readonly Task[] = [feature, bug, refinement, docs];
