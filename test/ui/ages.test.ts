// A screen at rest rests: only ages move on it, and only when they change.
import { expect, test } from 'vitest';
import { agesChangeAt } from '../../source/ui/ages.ts';
import { createFakeEngine } from '../support/engine.ts';
import { openScreen } from '../support/screen.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const log = (at: number) => [
  { sha: '3f2a1c0d', subject: 'slug: fold emoji', author: 'Ada', at, unpushed: false, decisions: [] },
];

const at = HOUR + 5 * MINUTE;

test.each([
  ['nothing that has an age', {}, undefined],
  ['a commit', { log: { rows: log(0) } }, 2 * HOUR],
  [
    'a newer run of the tests',
    { log: { rows: log(0) }, tests: { last: { at: HOUR, ms: 30_100 } } },
    at + 31_000,
  ],
  ['a program that runs', { live: { own: { started: HOUR } } }, at + MINUTE],
  [
    'background commands',
    { view: { background: {} }, background: [{ started: HOUR + 90_000 }] },
    at + 30_000,
  ],
  ['background commands that nobody looks at', { background: [{ started: HOUR + 90_000 }] }, undefined],
  ['a terminal that is behind others', { log: { rows: log(0) }, view: { inFront: false } }, undefined],
])('with %s', (_what, shown, change) => {
  const { tests = {}, ...rest } = shown as { tests?: object };
  const screen = {
    at,
    session: { tests: { results: [], ...tests } },
    live: { own: null },
    log: { rows: [] },
    background: [],
    view: {},
  };
  expect(agesChangeAt({ ...screen, ...rest } as never)).toBe(change);
});

test('an age on a screen at rest goes on', async () => {
  const app = await openScreen({ engine: createFakeEngine({ log: log(Date.now() - MINUTE + 1_000) }) });
  await app.shows(/fold emoji .* 1m$/m);
  app.hangUp();
  await app.over;
});
