import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patchRows, patchText, readPatch } from '../../../source/ui/text/diff.ts';
import { dark, expectSound, hostile, plain } from './sound-rows.ts';

const patch = `*** Begin Patch
*** Update File: source/slug.ts
@@ export function slug
 export function slug(text: string) {
-  return text.replace(/x/g, '-');
+  return text.replace(/xy/g, '-');
+  // folded
 }
*** Add File: notes.md
+# Notes
*** Update File: a.ts
*** Move to: b.ts
-old
*** Delete File: gone.ts
*** End Patch
`;

test('a patch is drawn file by file, with counts and markers', () => {
  expect(plain(patchRows(readPatch(patch), 60, dark))).toEqual([
    'source/slug.ts  +2 −1',
    '⋯ export function slug',
    '  export function slug(text: string) {',
    "-   return text.replace(/x/g, '-');",
    "+   return text.replace(/xy/g, '-');",
    '+   // folded',
    '  }',
    'notes.md new  +1 −0',
    '+ # Notes',
    'a.ts → b.ts  +0 −1',
    '- old',
    'gone.ts deleted  +0 −0',
  ]);
});

test('changed words are marked, the rest of the line is not', () => {
  const rows = patchRows(readPatch(patch), 60, dark);
  expect(rows[3]).toContain(dark.sgr('removedWord', 'x'));
  expect(rows[4]).toContain(dark.sgr('addedWord', 'xy'));
  expect(rows[5]).not.toContain(dark.sgr('addedWord', 'folded'));
});

test('a finished patch that is too long shows its head and says how much more there is', () => {
  expect(plain(patchRows(readPatch(patch), 60, dark, { maxRows: 3 }))).toEqual([
    'source/slug.ts  +2 −1',
    '⋯ export function slug',
    '… 10 more rows',
  ]);
});

test('a streaming patch keeps the file in sight and shows its newest lines', () => {
  const soFar = patch.slice(0, patch.indexOf('folded'));
  expect(plain(patchRows(readPatch(soFar), 60, dark, { maxRows: 3, streaming: true }))).toEqual([
    'source/slug.ts  +2 −1',
    '… 4 lines above',
    '+   //',
  ]);
});

test('a patch of one file needs no heading under a row that names it', () => {
  const one = '*** Begin Patch\n*** Add File: a\n+x';
  expect(plain(patchRows(readPatch(one), 20, dark, { headed: true }))).toEqual(['+ x']);
});

test('the beginning of a marker is not shown as a line', () => {
  for (const end of ['*', '**', '***', '*** Upd']) {
    expect(plain(patchRows(readPatch(`*** Begin Patch\n*** Add File: a\n+x\n${end}`), 20, dark))).toEqual([
      'a new  +1 −0',
      '+ x',
    ]);
  }
});

test('a patch comes out of a function call however much of it is there', () => {
  const argument = JSON.stringify({ input: patch });
  expect(patchText(argument)).toBe(patch);
  expect(patchText(patch)).toBe(patch);
  for (let end = 0; end <= argument.length; end += 1)
    expect(patch.startsWith(patchText(argument.slice(0, end)))).toBe(true);
});

test('any patch, cut anywhere, gives sound rows within its limit', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '*** Update File: a',
      '*** Add File: b',
      '*** Move to: c',
      '@@',
      '@@ x',
      ...hostile.map((text) => `+${text.slice(0, 500)}`),
    ),
    fc.string({ unit: 'binary' }).map((text) => `-${text}`),
    fc.string().map((text) => `+${text}`),
  );
  fc.assert(
    fc.property(
      fc.array(line),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 9 }),
      fc.boolean(),
      (lines, columns, maxRows, streaming) => {
        const rows = patchRows(readPatch(`*** Update File: x\n${lines.join('\n')}`), columns, dark, {
          maxRows,
          streaming,
        });
        expect(rows.length).toBeLessThanOrEqual(maxRows);
        expectSound(rows, columns);
      },
    ),
  );
});
