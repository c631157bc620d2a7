// What a run of the tests prints, from the pty to the disk.
import { statSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function run(check: string): Promise<void> {
  session = await startSession([], { files: { 'check.sh': check } });
  session.engine.send({ do: 'test' });
  await expect
    .poll(() => session.engine.session.getState().tests.last, { timeout: 60_000, interval: 20 })
    .toBeDefined();
}

test('all of it is on the disk, however much that is, and little of it in the memory', async () => {
  const before = process.memoryUsage().rss;
  await run('yes 0123456789012345678901234567890123456789012345678 | head -c 40000000; echo; echo the end');
  const { last } = session.engine.session.getState().tests;
  const path = session.engine.runLog(last ?? {});
  // Each line feed is two bytes in a terminal.
  expect(statSync(path ?? '').size).toBe(40_000_000 + 800_000 + 2 + 'the end\r\n'.length);
  expect(last).toMatchObject({ verdict: 'green', tail: expect.stringMatching(/the end$/) });
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

test('a program that asks is answered by who types', async () => {
  session = await startSession([], { files: { 'check.sh': 'read -r line; echo "got $line"' } });
  let output = '';
  session.engine.live.onRun((chunk) => {
    if ('bytes' in chunk) output += Buffer.from(chunk.bytes).toString();
  });
  session.engine.send({ do: 'test' });
  await expect.poll(() => session.engine.session.getState().tests.running, { timeout: 20_000 }).toBeDefined();
  // Typed before the program is there, it would be lost: a person sees what asks.
  await expect
    .poll(
      () => {
        session.engine.typeTests('yes\r');
        return output;
      },
      { timeout: 20_000, interval: 50 },
    )
    .toContain('got yes');
});
