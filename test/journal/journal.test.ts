// The journal in good health: what is appended is there, whole, in order, and for the person alone.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openJournal } from '../../source/journal/open-journal.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import { initialState } from '../../source/session/state.ts';
import { anyEvent, foldAll, notice, open, opening, scratchDirectory } from './scratch.ts';

test('a new session is empty, and its first event has seq 1', async () => {
  const { journal, state, notes } = await open(scratchDirectory());
  expect(state).toEqual(initialState);
  expect(notes).toEqual([]);
  expect(journal.append(opening)).toMatchObject({ v: 1, seq: 1, type: 'session.opened', root: '/repo' });
});

test('every line is stamped by the given clock and can be checked with nothing but a checksum', async () => {
  const directory = scratchDirectory();
  const { journal } = await openJournal({
    directory,
    app: 'test',
    clock: { now: () => 1_700_000_000_000, mono: () => 12.5 },
  });
  journal.append(notice('hello'));
  await journal.close();
  const line = readFileSync(join(directory, 'journal.jsonl'), 'utf8');
  expect(line).toMatch(/^[0-9a-f]{8} \{.*\}\n$/);
  expect(JSON.parse(line.slice(9))).toEqual({
    v: 1,
    seq: 1,
    at: 1_700_000_000_000,
    mono: 12.5,
    type: 'notice.raised',
    level: 'info',
    text: 'hello',
  });
});

test('an event is in the file when append returns', async () => {
  const directory = scratchDirectory();
  const { journal } = await open(directory);
  journal.append(notice('at once'));
  expect(readFileSync(join(directory, 'journal.jsonl'), 'utf8')).toContain('at once');
});

test('what was folded live is what a reopened session begins with', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { maxLength: 30 }), async (events) => {
      const directory = scratchDirectory();
      const first = await openJournal({ directory, app: 'test' });
      const recorded = events.map((event) => first.journal.append(event));
      await first.journal.close();
      const second = await openJournal({ directory, app: 'test' });
      expect(second.notes).toEqual([]);
      expect(second.state).toStrictEqual(foldAll(recorded));
      expect(await second.journal.read(1, 100)).toStrictEqual(recorded);
      await second.journal.close();
    }),
    { numRuns: 60 },
  );
});

test('seqs go on without a gap over openings', async () => {
  const directory = scratchDirectory();
  for (const first of [1, 3, 5]) {
    const { journal } = await openJournal({ directory, app: 'test' });
    expect([journal.append(notice('a')).seq, journal.append(notice('b')).seq]).toEqual([first, first + 1]);
    await journal.close();
  }
});

test('read finds any seq and gives as many events as it is asked for', async () => {
  const { journal } = await open(scratchDirectory());
  const texts = Array.from({ length: 3_000 }, (_, index) => 'x'.repeat((index * 37) % 700));
  const recorded = texts.map((text) => journal.append(notice(text)));
  for (const from of [1, 2, 700, 1_499, 2_990, 3_000]) {
    expect(await journal.read(from, 7)).toEqual(recorded.slice(from - 1, from + 6));
  }
  expect(await journal.read(3_001, 7)).toEqual([]);
  expect(await journal.read(-5, 2)).toEqual(recorded.slice(0, 2));
  expect(await journal.read(1, 0)).toEqual([]);
});

test('a long text goes to a blob of its own and comes back whole', async () => {
  const directory = scratchDirectory();
  const { journal } = await open(directory);
  const output = 'änderung\n'.repeat(20_000);
  const event: SessionEvent = { type: 'call.finished', call: 'c', outcome: 'ok', output, ms: 1 };
  const recorded = [journal.append(event), journal.append(event)];
  const lines = readFileSync(join(directory, 'journal.jsonl'), 'utf8');
  expect(lines.length).toBeLessThan(600);
  expect(lines).toContain(`"bytes":${Buffer.byteLength(output)}`);
  expect(filesBelow(join(directory, 'blobs'))).toHaveLength(1);
  expect(await journal.read(1, 2)).toEqual(recorded);
});

test('where a blob is missing or damaged, a sentence says so in its place', async () => {
  for (const harm of [
    (path: string) => rmSync(path),
    (path: string) => writeFileSync(path, 'y'.repeat(9_000)),
  ]) {
    const directory = scratchDirectory();
    const { journal } = await openJournal({ directory, app: 'test' });
    journal.append(notice('x'.repeat(9_000)));
    await journal.close();
    for (const path of filesBelow(join(directory, 'blobs'))) harm(path);
    const { state } = await open(directory);
    const [item] = state.conversation.items;
    expect(item).toMatchObject({
      text: expect.stringMatching(/^\[9000 bytes of text are lost: .*missing or damaged\]$/),
    });
  }
});

test('kept bytes are fetched again, and only by an id', async () => {
  const { journal } = await open(scratchDirectory());
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const id = journal.keep(bytes);
  expect(journal.keep(bytes)).toBe(id);
  expect(Uint8Array.from(journal.fetch(id) ?? [])).toEqual(bytes);
  expect(journal.fetch('0'.repeat(64))).toBeNull();
  expect(journal.fetch('../../etc/passwd')).toBeNull();
});

test('everything is for the person alone, also under a loose umask', async () => {
  const before = process.umask(0);
  try {
    const root = scratchDirectory();
    const directory = join(root, 'state', 'session');
    const { journal, state } = await openJournal({ directory, app: 'test' });
    const { seq } = journal.append(notice('x'.repeat(9_000)));
    await journal.snapshot(foldAll([...(await journal.read(seq, 1))]));
    expect(state.seq).toBe(0);
    for (const path of [join(root, 'state'), directory, join(directory, 'blobs')])
      expect(modeOf(path)).toBe(0o700);
    const files = filesBelow(directory);
    expect(files.map((file) => file.slice(directory.length + 1, directory.length + 6)).sort()).toEqual([
      'blobs',
      'journ',
      'lock',
      'owner',
      'snaps',
    ]);
    for (const file of files) expect([file, modeOf(file)]).toEqual([file, 0o600]);
    await journal.close();
  } finally {
    process.umask(before);
  }
});

test('a session directory that others could read is closed to them when it is opened', async () => {
  const directory = scratchDirectory();
  const file = join(directory, 'journal.jsonl');
  writeFileSync(file, '', { mode: 0o644 });
  await open(directory);
  expect([modeOf(directory), modeOf(file)]).toEqual([0o700, 0o600]);
});

test('a session that cannot be opened says what was tried, and is not left locked', async () => {
  const directory = scratchDirectory();
  const file = join(directory, 'journal.jsonl');
  const target = join(scratchDirectory(), 'target');
  writeFileSync(target, 'not a journal');
  symlinkSync(target, file);
  const refused = expect.objectContaining({
    name: 'AppError',
    code: 'journal',
    message: expect.stringContaining(directory),
  });
  await expect(open(directory)).rejects.toThrow(refused);
  await expect(open(target)).rejects.toThrow(expect.objectContaining({ code: 'journal' }));
  expect(readFileSync(target, 'utf8')).toBe('not a journal');
  rmSync(file);
  await open(directory);
});

test('an open journal with unsynced events does not keep its process alive', async () => {
  const module = pathToFileURL(join(import.meta.dirname, '../../source/journal/open-journal.ts')).href;
  const script = `
    const { openJournal } = await import(${JSON.stringify(module)});
    const { journal } = await openJournal({ directory: ${JSON.stringify(scratchDirectory())}, app: 'test' });
    journal.append({ type: 'queue.resumed' });
    process.on('exit', () => console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout.trim()).toBe('0');
});

test('a barrier that many wait for is one, and after it there is nothing to wait for', async () => {
  const { journal } = await open(scratchDirectory());
  journal.append(notice('a'));
  const [first, second, third] = [journal.barrier(), journal.barrier(), journal.barrier()];
  expect(second).toBe(third);
  expect(first).not.toBe(second);
  await Promise.all([first, second, third, journal.barrier()]);
});

test('after close, and a second close, nothing is accepted any more', async () => {
  const { journal } = await open(scratchDirectory());
  journal.append(notice('last'));
  await Promise.all([journal.close(), journal.close()]);
  expect(() => journal.append(notice('late'))).toThrow(/is closed: open it again/);
  expect(() => journal.keep(new Uint8Array())).toThrow(/is closed/);
  await expect(journal.read(1, 1)).rejects.toThrow(/is closed/);
  await journal.snapshot(initialState);
});

test('an event that cannot be written is refused, and the next one follows the last', async () => {
  const { journal } = await open(scratchDirectory());
  journal.append(notice('before'));
  let nested: unknown = 'deep';
  for (let depth = 0; depth < 100_000; depth++) nested = [nested];
  const items = [{ type: 'message', nested }];
  const usage = { input: 0, cached: 0, output: 0, reasoning: 0 };
  expect(() =>
    journal.append({ type: 'step.finished', step: 1, items, usage, model: 'm', host: 'h' }),
  ).toThrow(expect.objectContaining({ name: 'AppError', code: 'journal' }));
  expect(journal.append(notice('after')).seq).toBe(2);
  expect(await journal.read(1, 9)).toHaveLength(2);
});

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
