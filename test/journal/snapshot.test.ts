// Snapshots make opening cheap and never change what is opened.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openJournal } from '../../source/journal/open-journal.ts';
import { readJournal } from '../../source/journal/read-journal.ts';
import { initialState, reduce, type SessionState } from '../../source/session/state.ts';
import { anyEvent, collect, notice, open, opening, scratchDirectory } from './scratch.ts';

/** A closed session with `older` events, a snapshot, `newer` events; and the state after them all. */
async function sessionWithSnapshot(directory: string, older: number, newer: number): Promise<SessionState> {
  const { journal, state } = await openJournal({ directory, app: 'test' });
  let folded = state;
  for (let count = 1; count <= older + newer; count++) {
    folded = reduce(folded, journal.append(notice(`event ${count}`)));
    if (count === older) await journal.snapshot(folded);
  }
  await journal.close();
  return folded;
}

test('a snapshot and its tail add up to the whole fold', async () => {
  const steps = fc.array(
    fc.oneof({ weight: 4, arbitrary: anyEvent }, { weight: 1, arbitrary: fc.constant('snapshot' as const) }),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (session) => {
      const directory = scratchDirectory();
      const { journal, state } = await openJournal({ directory, app: 'test' });
      let folded = state;
      for (const step of session) {
        if (step === 'snapshot') await journal.snapshot(folded);
        else folded = reduce(folded, journal.append(step));
      }
      await journal.close();
      const opened = await readJournal(directory);
      rmSync(join(directory, 'snapshot.json'), { force: true });
      rmSync(join(directory, 'snapshot.previous.json'), { force: true });
      expect(opened.state).toEqual((await readJournal(directory)).state);
      expect(opened.state).toEqual(folded);
    }),
    { numRuns: 40 },
  );
});

test('opening 100,000 events with a snapshot reads the tail alone', async () => {
  const directory = scratchDirectory();
  const state = await sessionWithSnapshot(directory, 99_990, 10);
  const file = join(directory, 'journal.jsonl');
  const bytes = readFileSync(file);
  const tail = bytes.lastIndexOf('\n', bytes.indexOf('"event 99990"')) + 1;
  // Whoever looks at the history now finds nothing but damage.
  writeFileSync(file, bytes.fill(0x0a, 0, tail));
  const opened = await open(directory);
  expect(opened.notes).toEqual([]);
  expect(opened.state).toEqual(state);
}, 120_000);

test('a broken snapshot gives way to the previous one, and that to the journal itself', async () => {
  const directory = scratchDirectory();
  await sessionWithSnapshot(directory, 5, 5);
  const state = await sessionWithSnapshot(directory, 5, 5);
  const names = ['snapshot.json', 'snapshot.previous.json'].map((name) => join(directory, name));
  for (const name of names) {
    const bytes = readFileSync(name);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(name, bytes);
    expect(await readJournal(directory)).toMatchObject({ state, notes: [] });
  }
});

test('no flipped bit of a snapshot changes the state', async () => {
  const directory = scratchDirectory();
  const state = await sessionWithSnapshot(directory, 5, 2);
  const file = join(directory, 'snapshot.json');
  const bytes = readFileSync(file);
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      writeFileSync(file, damaged);
      expect((await readJournal(directory)).state).toEqual(state);
    }),
    { numRuns: 300 },
  );
});

test('a snapshot of another journal is passed over', async () => {
  const [here, there] = [scratchDirectory(), scratchDirectory()];
  await sessionWithSnapshot(here, 5, 0);
  const { journal } = await openJournal({ directory: there, app: 'test' });
  for (let count = 1; count <= 5; count++) journal.append(notice(`other ${count}`));
  await journal.close();
  const before = (await readJournal(there)).state;
  renameSync(join(here, 'snapshot.json'), join(there, 'snapshot.json'));
  expect((await readJournal(there)).state).toEqual(before);
});

test('of many snapshots asked for at once the newest is there, and events may go on meanwhile', async () => {
  const directory = scratchDirectory();
  const { journal, state } = await openJournal({ directory, app: 'test' });
  let folded = reduce(state, journal.append(opening));
  const asked: Promise<void>[] = [];
  for (let count = 0; count < 20; count++) {
    folded = reduce(folded, journal.append(notice(`event ${count}`)));
    asked.push(journal.snapshot(folded));
  }
  await Promise.all(asked);
  const { seq } = JSON.parse(readFileSync(join(directory, 'snapshot.json'), 'utf8').slice(9));
  expect(seq).toBe(folded.seq);
  await journal.close();
});

test('a state that is not of this journal makes no snapshot', async () => {
  const directory = scratchDirectory();
  const { journal } = await open(directory);
  journal.append(opening);
  await journal.snapshot(initialState);
  await journal.snapshot({ ...initialState, seq: 7 });
  expect(() => readFileSync(join(directory, 'snapshot.json'))).toThrow(/ENOENT/);
});

test('events are read from anywhere, also behind a snapshot', async () => {
  const directory = scratchDirectory();
  await sessionWithSnapshot(directory, 50, 5);
  const { events } = await readJournal(directory);
  expect((await collect(events())).map((event) => event.seq)).toEqual(
    Array.from({ length: 55 }, (_, index) => index + 1),
  );
  expect((await collect(events(53))).map((event) => event.seq)).toEqual([53, 54, 55]);
});
