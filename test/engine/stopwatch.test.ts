import { expect, test } from 'vitest';
import { counted, createStopwatch } from '../../source/engine/stopwatch.ts';

/** A clock that is moved by hand, and work that ends when it is told to. */
function rig() {
  let mono = 5_000;
  const stopwatch = createStopwatch({ mono: () => mono } as never);
  const pass = (ms: number): void => {
    mono += ms;
  };
  const begin = (kind: Parameters<typeof stopwatch.during>[0]) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = stopwatch.during(kind, () => promise);
    return async () => {
      resolve();
      await done;
    };
  };
  return { stopwatch, pass, begin };
}

test('each instant of a turn has one bucket, tests under a request are hidden, and the sum is the wall time', async () => {
  const { stopwatch, pass, begin } = rig();
  expect(stopwatch.start()).toBe(undefined);
  pass(10);
  const model = begin('model');
  pass(100);
  stopwatch.answering('reasoning');
  const tests = begin('tests');
  pass(2_000);
  stopwatch.answering('output');
  pass(300);
  await model();
  pass(50);
  const command = begin('commands');
  pass(7);
  await command();
  await tests();
  const git = begin('git');
  pass(4.6);
  await git();
  pass(0.4);
  expect(stopwatch.stop()).toEqual({
    ...{ model: 2_400, commands: 7, tests: 50, git: 4, harness: 11, hidden: 2_300 },
    answer: { waiting: 100, reasoning: 2_000, output: 300 },
  });
  pass(60_000);
  expect(stopwatch.start()).toBe(60_000);
  pass(1);
  expect(stopwatch.stop()).toMatchObject({ model: 0, harness: 1, hidden: 0 });
});

test('a request that opens after one that closed waits for its first token again', async () => {
  const { stopwatch, pass, begin } = rig();
  stopwatch.start();
  const first = begin('model');
  stopwatch.answering('output');
  pass(5);
  await first();
  const second = begin('model');
  pass(3);
  await second();
  expect(stopwatch.stop().answer).toEqual({ waiting: 3, reasoning: 0, output: 5 });
});

test('whatever a counted port is asked for is counted, and what it answers is the same', async () => {
  const { stopwatch, pass } = rig();
  const late = Promise.withResolvers<string>();
  const repository = counted({ root: '/r', name: () => 'r', head: () => late.promise }, 'git', stopwatch);
  stopwatch.start();
  const head = repository.head();
  pass(12);
  late.resolve('abc');
  expect([repository.root, repository.name(), await head]).toEqual(['/r', 'r', 'abc']);
  pass(1);
  expect(stopwatch.stop()).toMatchObject({ git: 12, harness: 1 });
});

test('tests that no turn waits for are hidden under a request, and else nobody’s time', async () => {
  const { stopwatch, pass, begin } = rig();
  stopwatch.start();
  const beside = begin('beside');
  pass(10);
  const model = begin('model');
  pass(100);
  await model();
  const git = begin('git');
  pass(5);
  await git();
  await beside();
  expect(stopwatch.stop()).toMatchObject({ model: 100, tests: 0, git: 5, harness: 10, hidden: 100 });
});
