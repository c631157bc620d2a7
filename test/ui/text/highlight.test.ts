import { expect, test } from 'vitest';
import { highlight } from '../../../source/ui/text/highlight.ts';
import { dark, expectSound, plain } from './sound-rows.ts';

test('keywords, strings and comments get their colours', () => {
  const [row] = highlight("const a = 'x'; // why", 'ts', dark);
  expect(row).toContain(dark.sgr('keyword', 'const'));
  expect(row).toContain(dark.sgr('string', "'x'"));
  expect(row).toContain(dark.sgr('comment', '// why'));
});

test('a style that spans lines is closed on each of them', () => {
  const rows = highlight('/* one\n   two */\nx < 1 && y > "&amp;"', 'javascript', dark);
  expect(plain(rows)).toEqual(['/* one', '   two */', 'x < 1 && y > "&amp;"']);
  expectSound(rows, 40);
});

test.each(['', 'brainfuck', 'constructor', '__proto__'])(
  'code in the unknown language "%s" stays as it is',
  (language) => {
    expect(highlight('if (a) b', language, dark)).toEqual(['if (a) b']);
  },
);

test('code that is too long, or has lines that are, stays as it is', () => {
  const long = 'const a = 1;\n'.repeat(20_000);
  expect(highlight(long, 'ts', dark)).toEqual(long.split('\n'));
  const wide = `const a = "${'x'.repeat(3_000)}"`;
  expect(highlight(wide, 'ts', dark)).toEqual([wide]);
});

test.each([
  'bash',
  'c',
  'cpp',
  'css',
  'diff',
  'go',
  'html',
  'java',
  'json',
  'jsx',
  'kotlin',
  'markdown',
  'py',
  'ruby',
  'rs',
  'sql',
  'swift',
  'toml',
  'tsx',
  'yml',
])('%s is known and loses no character', (language) => {
  const code = '# <a> "b" \'c\' & 1 // d\nfn main() { return `e`; }';
  expect(plain(highlight(code, language, dark)).join('\n')).toBe(code);
});
