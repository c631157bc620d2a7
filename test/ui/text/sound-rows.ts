// What holds for every row that is drawn, whatever was in the text; and rows without their styles.
import { expect } from 'vitest';
import { width } from '../../../source/ui/text/width.ts';
import { loadTheme, themeSources } from '../../../source/ui/theme.ts';

export const dark = loadTheme(themeSources.dark, 3);
export const mono = loadTheme(themeSources.mono, 0);

const sgr = /\x1b\[[\d;:]*m/g;

export function plain(rows: readonly string[]): string[] {
  return rows.map((row) => row.replace(sgr, ''));
}

/** At most so many columns, every style closed, and nothing but SGR that a terminal would act on. */
export function expectSound(rows: readonly string[], columns: number): void {
  for (const row of rows) {
    const text = row.replace(sgr, '');
    expect(width(row), row).toBeLessThanOrEqual(columns);
    expect(text, row).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e0fff}]/u);
    expect(row.match(sgr)?.at(-1) ?? '\x1b[0m', row).toBe('\x1b[0m');
    expect(row.lastIndexOf('\x1b[0m') >= 0 || !row.includes('\x1b'), row).toBe(true);
  }
}

/** Text that tries to drive a terminal, to hide, or to cost more than it should. */
export const hostile: readonly string[] = [
  '\x1b]0;title\x07after',
  '\x1b]8;;https://evil.test\x1b\\link\x1b]8;;\x1b\\',
  '\x1b]52;c;aGVsbG8=\x07',
  '\x1b]133;A\x1b\\\x1b]777;notify;a;b\x07\x1b]1337;File=:AAAA\x07\x1b]9;4;1;50\x07',
  '\x1bPtmux;\x1b\x1b]0;x\x07\x1b\\',
  '\x1b_Gf=24;AAAA\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\',
  '\x9b31m8-bit\x9d0;x\x9c\x90q\x9c\x85',
  '\x1b[2J\x1b[3J\x1b[H\x1b[?1049l\x1b[18t\x1b[6n\x1bc\x1b',
  '\x1b[31m\x1b[8mred and hidden',
  'over\rwritten\b\b\b',
  'a\u202eb\u2066c\u200b\u200d\ufeff\u00add\u{e0041}\u{e0100}',
  `z${'\u0301'.repeat(500)}`,
  '漢字かな'.repeat(40),
  '👩‍👩‍👧‍👦👍🏽🇩🇪1️⃣'.repeat(20),
  '\ud800lone\udc00',
  'x'.repeat(3_000),
  '>'.repeat(20_000),
  '['.repeat(20_000),
  '*a'.repeat(8_000),
  Array.from({ length: 120 }, (_, at) => `${' '.repeat(at)}- a`).join('\n'),
  `|a${'|b'.repeat(200)}|\n|${'-|'.repeat(201)}\n|${'c|'.repeat(201)}`,
  '```\n\x1b[31mcode\n',
  '<b onclick="x">&lt;script&gt;</b>',
  '[text](javascript:alert(1)) [https://good.test](https://evil.test)',
];
