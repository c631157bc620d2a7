// Journals of every format version that was ever released can be read for ever; those of the future are left alone.
import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeLine } from '../../source/journal/line.ts';
import { openJournal } from '../../source/journal/open-journal.ts';
import { readJournal } from '../../source/journal/read-journal.ts';
import { FORMAT } from '../../source/session/events.ts';
import { collect, notice, opening, scratchDirectory } from './scratch.ts';

const golden = join(import.meta.dirname, 'golden');
const newer = expect.objectContaining({
  name: 'AppError',
  code: 'newer',
  message: expect.stringContaining('install a newer hullspeed'),
});

test('every format version has a golden journal', () => {
  const versions = Array.from({ length: FORMAT }, (_, index) => `format-${index + 1}`);
  expect(readdirSync(golden).sort()).toEqual(versions);
});

for (const version of readdirSync(golden)) {
  test(`the golden journal of ${version} replays to the state that it always had`, async () => {
    const directory = join(golden, version);
    const { state, notes, events } = await readJournal(directory);
    expect(notes).toEqual([]);
    expect(await collect(events())).toHaveLength(state.seq);
    await expect(`${JSON.stringify(state, null, 1)}\n`).toMatchFileSnapshot(join(directory, 'state.txt'));
  });
}

const future = [
  ['a line', { v: FORMAT + 1, seq: 3, at: 1, mono: 1, type: 'notice.raised', words: ['of another shape'] }],
  ['an opening', { v: FORMAT, seq: 3, at: 1, mono: 1, ...opening, format: FORMAT + 1 }],
] as const;

for (const [what, event] of future) {
  test(`a journal with ${what} of a newer format is refused, and nothing is written`, async () => {
    const directory = scratchDirectory();
    const { journal } = await openJournal({ directory, app: 'test' });
    journal.append(opening);
    journal.append(notice('ours'));
    await journal.close();
    appendFileSync(join(directory, 'journal.jsonl'), encodeLine(event));
    appendFileSync(join(directory, 'journal.jsonl'), 'a torn tail of the newer one');
    const before = filesOf(directory);
    await expect(openJournal({ directory, app: 'test' })).rejects.toThrow(newer);
    await expect(readJournal(directory)).rejects.toThrow(newer);
    expect(filesOf(directory)).toEqual(before);
  });
}

test('a snapshot of a newer format is refused as well', async () => {
  const directory = scratchDirectory();
  const { journal } = await openJournal({ directory, app: 'test' });
  journal.append(opening);
  await journal.close();
  appendFileSync(join(directory, 'snapshot.json'), encodeLine({ format: FORMAT + 1, cells: [] }));
  await expect(openJournal({ directory, app: 'test' })).rejects.toThrow(newer);
});

test('the documented event types are those that there are', () => {
  const project = join(import.meta.dirname, '../..');
  const defined = readFileSync(join(project, 'source/session/events.ts'), 'utf8').matchAll(
    /readonly type: '([a-z]+\.[a-z]+)'/g,
  );
  const [, table = ''] = readFileSync(join(project, 'docs/journal.md'), 'utf8').split('## Events');
  const documented = table.matchAll(/`([a-z]+\.[a-z]+)`(?=[^|]*\|[^|]*\|[^|]*\|)/g);
  const types = (matches: Iterable<RegExpExecArray>) => Array.from(matches, ([, type]) => type).sort();
  expect(types(documented)).toEqual(types(defined));
});

function filesOf(directory: string): unknown[] {
  return readdirSync(directory)
    .sort()
    .map((name) => {
      const path = join(directory, name);
      return [name, statSync(path).mtimeMs, readFileSync(path, 'utf8')];
    });
}
