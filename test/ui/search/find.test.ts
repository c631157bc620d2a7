// Plain text found in rows as they are drawn.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMatches, markMatches, patternOf } from '../../../source/ui/search/find.ts';
import { clean } from '../../../source/ui/text/clean.ts';
import { wrap } from '../../../source/ui/text/wrap.ts';
import { dark, expectSound, hostile, plain } from '../text/sound-rows.ts';

function found(rows: readonly string[], query: string, width = 80): string[] {
  const pattern = patternOf(query);
  if (pattern === undefined) return [];
  return findMatches(rows, width, pattern).map((match) =>
    match.map(({ row, from, to }) => plain([rows[row] ?? ''])[0]?.slice(from, to)).join('|'),
  );
}

test.each<[string, readonly string[], string, string[]]>([
  ['case does not count', ['Slug slug SLUG'], 'slug', ['Slug', 'slug', 'SLUG']],
  ['where there is a capital it does', ['Slug slug SLUG'], 'Slug', ['Slug']],
  ['nothing is a pattern', ['a.b axb (.*'], '.', ['.', '.']],
  ['an empty query finds nothing', ['a'], '', []],
  ['styles do not part words', ['\x1b[1msl\x1b[0mug'], 'slug', ['slug']],
  ['words that went to the next row', ['make the', '  slug fold'], 'the slug', ['the|slug']],
  ['two rows are no word', ['abc', 'def'], 'cd', []],
  ['umlauts and wide characters', ['für 漢字'], 'FÜR 漢', []],
  ['umlauts in small letters', ['FÜR 漢字'], 'für 漢', ['FÜR 漢']],
])('%s', (_, rows, query, matches) => {
  expect(found(rows, query)).toEqual(matches);
});

test('a word that was cut at the end of a full row is found', () => {
  const rows = wrap('https://example.test/a/very/long/path', 12);
  expect(found(rows, 'very/long', 12)).toEqual(['v|ery/long']);
});

test('every word of a text is found however it is wrapped', () => {
  const word = fc.stringMatching(/^[a-z]{1,14}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 4, max: 40 }),
      (words, width) => {
        const rows = wrap(words.join(' '), width);
        for (const each of words) expect(found(rows, each, width).length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 100 },
  );
});

test('rows with marks are as sound and as wide as without, and read the same', () => {
  for (const text of hostile) {
    const rows = wrap(clean(text).slice(0, 2_000), 20);
    for (const query of ['a', '漢', 'e', '👩', '-', 'xx']) {
      const pattern = patternOf(query);
      if (pattern === undefined) continue;
      const matches = findMatches(rows, 20, pattern);
      const marked = markMatches(rows, matches, dark, matches[0]);
      expect(plain(marked)).toEqual(rows);
      expectSound(marked, 20);
    }
  }
});
