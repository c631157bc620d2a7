// When the worktree is looked at, on a clock that the test turns.
import { beforeEach, expect, test } from 'vitest';
import { createLooks, type Looks } from '../../source/engine/looks.ts';

let now: number;
let alarms: { readonly at: number; readonly ring: () => void }[];
let taken: number[];
/** Waits that have not ended: each keeps the process from its end. */
let waits: number;
let looks: Looks<number>;
let abort: AbortController;

beforeEach(() => {
  now = 0;
  alarms = [];
  taken = [];
  waits = 0;
  abort = new AbortController();
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const ring = (): void => {
        if (open) waits -= 1;
        open = false;
        resolve();
      };
      let open = true;
      waits += 1;
      alarms.push({ at: now + ms, ring });
      signal?.addEventListener('abort', ring);
    });
  const clock = { now: () => now, mono: () => now, sleep };
  looks = createLooks(clock, async () => taken.push(now), abort.signal);
});

/** Lets time pass, ms by ms. */
async function pass(ms: number): Promise<void> {
  for (const until = now + ms; now < until; ) {
    now += 1;
    for (const { ring } of alarms.filter(({ at }) => at === now)) ring();
    await settled();
  }
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A model that answers after `ms`, with calls that take `between`. */
async function ask(ms: number, between: number): Promise<void> {
  void looks.request();
  await pass(ms);
  looks.answered();
  await pass(between);
}

test('one is taken beside each request that stays open, and none after it', async () => {
  await ask(2_000, 40);
  await ask(30, 5_000);
  expect(taken).toEqual([25, 2_065]);
});

test('requests that are answered at once share one, a second late at most', async () => {
  const asked = looks.request();
  for (let call = 0; call < 250; call++) await ask(3, 7);
  expect(taken).toEqual([1_000, 2_000]);
  expect(await asked).toBe(1);
});

test('a command that takes long does not keep it away', async () => {
  await ask(3, 10_000);
  expect(taken).toEqual([1_000]);
});

test('it is taken at once where somebody waits, and where the turn is interrupted', async () => {
  const first = looks.request();
  await looks.now();
  expect(await first).toBe(1);
  expect(waits).toBe(0);
  await looks.now();
  const second = looks.request();
  abort.abort();
  expect(await second).toBe(2);
  await pass(1_000);
  expect(taken).toEqual([0, 0]);
});
