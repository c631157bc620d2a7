// The journal after a crash or on a bad disk: whole lines survive, and nothing changes in silence.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openJournal } from '../../source/journal/open-journal.ts';
import { readJournal } from '../../source/journal/read-journal.ts';
import type { Recorded } from '../../source/session/events.ts';
import { collect, foldAll, notice, open, opening, scratchDirectory } from './scratch.ts';

/** A closed session of a few short events, and its file's bytes. */
async function writtenSession(): Promise<{
  directory: string;
  file: string;
  bytes: Buffer;
  events: readonly Recorded[];
}> {
  const directory = scratchDirectory();
  const { journal } = await openJournal({
    directory,
    app: 'test',
    clock: { now: () => 1_000, mono: () => 1 },
  });
  const texts = ['one', 'zwei ü', 'three\nlines', '4 🚢', 'five'];
  const events = [journal.append(opening), ...texts.map((text) => journal.append(notice(text)))];
  await journal.close();
  const file = join(directory, 'journal.jsonl');
  return { directory, file, bytes: readFileSync(file), events };
}

function tornFiles(directory: string): string[] {
  return readdirSync(directory).filter((name) => name.startsWith('torn-'));
}

test('cut at any byte, the journal keeps its whole lines, moves the rest aside and says so', async () => {
  const { directory, file, bytes, events } = await writtenSession();
  for (let cut = 0; cut <= bytes.length; cut++) {
    writeFileSync(file, bytes.subarray(0, cut));
    const end = bytes.subarray(0, cut).lastIndexOf('\n') + 1;
    const whole = bytes.subarray(0, end).toString().split('\n').length - 1;

    const reading = await readJournal(directory);
    expect(readFileSync(file)).toEqual(bytes.subarray(0, cut));
    const { journal, state, notes } = await openJournal({ directory, app: 'test' });
    expect(state).toEqual(foldAll(events.slice(0, whole)));
    expect(reading.state).toEqual(state);
    expect(journal.append(notice('goes on')).seq).toBe(whole + 1);
    await journal.close();

    const torn = tornFiles(directory);
    expect([notes.length, torn.length]).toEqual(cut === end ? [0, 0] : [1, 1]);
    for (const name of torn) {
      expect(readFileSync(join(directory, name))).toEqual(bytes.subarray(end, cut));
      expect(notes[0]).toContain(`last ${cut - end} bytes`);
      expect(notes[0]).toContain(join(directory, name));
      rmSync(join(directory, name));
    }
  }
}, 120_000);

test('flipped bits cost the lines they hit, and the state is that of the surviving ones', async () => {
  const { directory, file, bytes, events } = await writtenSession();
  const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(7)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(flips, async (places) => {
      const damaged = Buffer.from(bytes);
      for (const [at, bit] of places) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      const written = new Set(bytes.toString('latin1').split('\n'));
      const surviving = damaged
        .toString('latin1')
        .split('\n')
        .slice(0, -1)
        .filter((line) => written.has(line));
      const survivors = surviving.map((line) => events[JSON.parse(line.slice(9)).seq - 1]!);
      writeFileSync(file, damaged);
      const { state, notes } = await readJournal(directory);
      expect(state).toEqual(foldAll(survivors));
      expect(notes.length > 0).toBe(!damaged.equals(bytes));
    }),
    { numRuns: 2_000 },
  );
}, 120_000);

test('a damaged line in the middle is skipped, counted and left where it is', async () => {
  const { directory, file, bytes, events } = await writtenSession();
  const lines = bytes.toString().split('\n');
  lines[2] = lines[2]!.replace('zwei', 'drei');
  writeFileSync(file, lines.join('\n'));
  const { journal, state, notes } = await open(directory);
  expect(state).toEqual(foldAll(events.filter((event) => event.seq !== 3)));
  expect(notes).toEqual([expect.stringContaining('1 damaged line of the journal could not be read')]);
  expect((await journal.read(2, 2)).map((event) => event.seq)).toEqual([2, 4]);
  expect(readFileSync(file, 'utf8')).toBe(lines.join('\n'));
});

test('an intact line that cannot be folded does not close the session for ever', async () => {
  const directory = scratchDirectory();
  const { journal } = await openJournal({ directory, app: 'test' });
  journal.append(opening);
  journal.append({ type: 'step.started', turn: 1 } as never);
  await journal.close();
  const reopened = await open(directory);
  expect(reopened.state).toMatchObject({ seq: 2, root: '/repo' });
  expect(reopened.notes).toHaveLength(1);
  expect(reopened.journal.append(notice('after')).seq).toBe(3);
});

test('events of an unknown type are kept and passed over', async () => {
  const directory = scratchDirectory();
  const { journal } = await openJournal({ directory, app: 'test' });
  const recorded = [opening, { type: 'moon.risen', height: 3 } as never, notice('after')].map((event) =>
    journal.append(event),
  );
  await journal.close();
  const reopened = await open(directory);
  expect(reopened.notes).toEqual([]);
  expect(reopened.state.seq).toBe(3);
  expect(await reopened.journal.read(1, 9)).toEqual(recorded);
});

test('a tail of NUL bytes, as after a power cut, is a torn tail', async () => {
  const { directory, file, events } = await writtenSession();
  appendFileSync(file, Buffer.alloc(300_000));
  const { state, notes } = await open(directory);
  expect(state).toEqual(foldAll(events));
  expect(notes).toEqual([expect.stringContaining('last 300000 bytes')]);
  expect(readFileSync(join(directory, 'torn-1'))).toHaveLength(300_000);
});

test('each torn tail has a file of its own', async () => {
  const { directory, file } = await writtenSession();
  for (const expected of [['torn-1'], ['torn-1', 'torn-2']]) {
    appendFileSync(file, 'no line');
    const { journal } = await openJournal({ directory, app: 'test' });
    await journal.close();
    expect(tornFiles(directory).sort()).toEqual(expected);
  }
});

test('read passes over damage of any size', async () => {
  const directory = scratchDirectory();
  const { journal } = await openJournal({ directory, app: 'test' });
  for (let count = 0; count < 2_000; count++) journal.append(notice('y'.repeat(400)));
  await journal.close();
  const file = join(directory, 'journal.jsonl');
  const bytes = readFileSync(file);
  bytes.fill(0x0a, 200_000, 300_000);
  bytes.fill(0x41, 400_000, 700_000);
  writeFileSync(file, bytes);
  const all = await collect((await readJournal(directory)).events());
  const reopened = await open(directory);
  for (const { seq } of all.filter((_, index) => index % 97 === 0)) {
    const [first] = await reopened.journal.read(seq, 1);
    expect(first?.seq).toBe(seq);
  }
  const gap = all.findIndex((event, index) => index > 0 && event.seq !== all[index - 1]!.seq + 1);
  expect(await reopened.journal.read(all[gap - 1]!.seq + 1, 1)).toEqual([all[gap]]);
});

test('a writer that is killed loses nothing that append had returned', async () => {
  for (const lines of [1, 50, 2_000]) {
    const directory = scratchDirectory();
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let acknowledged = 0;
    for await (const line of createInterface(writer.stdout)) {
      acknowledged = Number(line);
      if (acknowledged === lines) writer.kill('SIGKILL');
    }
    if (writer.signalCode === null) await once(writer, 'exit');
    expect(writer.signalCode).toBe('SIGKILL');
    const { journal, state } = await openJournal({ directory, app: 'test' });
    expect(acknowledged).toBeGreaterThanOrEqual(lines);
    expect(state.seq).toBeGreaterThanOrEqual(acknowledged);
    expect((await journal.read(state.seq, 1))[0]).toMatchObject({
      text: `line ${state.seq} ${'z'.repeat((state.seq * 101) % 12_000)}`,
    });
    await journal.close();
  }
}, 120_000);

test('a line that does not fit on the disk leaves nothing behind, and a shorter one may follow', async () => {
  const directory = scratchDirectory();
  const script = join(import.meta.dirname, 'full-disk.ts');
  // In units of 1,024 bytes: the write that crosses the limit is cut short, as on a full disk.
  const command = `ulimit -f 64 && exec "${process.execPath}" "${script}" "${directory}"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', command]);
  const { written, refusal, unkept, after } = JSON.parse(stdout);
  expect(refusal).toMatch(/^journal: could not record notice.raised in .*EFBIG.*nothing was written/);
  expect(unkept).toMatch(/^journal: could not keep 100000 bytes in .*EFBIG.*check the disk it is on$/);
  expect(after).toBe(written + 1);
  const { journal, state, notes } = await open(directory);
  expect([state.seq, notes]).toEqual([after, []]);
  expect(await journal.read(1, 100)).toHaveLength(after);
});

test('a journal that lost its end under a newer snapshot is folded from its lines', async () => {
  const { directory, file, bytes, events } = await writtenSession();
  const { journal, state } = await openJournal({ directory, app: 'test' });
  await journal.snapshot(state);
  await journal.close();
  truncateSync(file, bytes.lastIndexOf('\n', bytes.length - 2) + 1);
  const reopened = await open(directory);
  expect(reopened.state).toEqual(foldAll(events.slice(0, -1)));
});
