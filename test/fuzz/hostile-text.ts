// Text as models, tests, files and people write it, and as nobody should.
import type { Random } from './random.ts';

const words = [
  'the',
  'slug',
  'of',
  'source/slug.ts',
  'emoji',
  'was',
  '12',
  'folded',
  'https://a.test/b',
  '`code`',
];
const wide = ['漢字', 'かな', '한국어', 'ｆｕｌｌ', '。', '𠀀𠀁'];
const emoji = ['👍', '👍🏽', '👩‍👩‍👧‍👦', '🇩🇪', '1️⃣', '⚠️', '❤️', '✅', '🏳️‍🌈', '👨‍💻', '☺', '🫠', '©️', '🧑🏿‍🚀'];
const marks = [
  'é',
  'z\u0301\u0302\u0303\u0304\u0305\u0306',
  'नमस्ते',
  'สวัสดี',
  'שלום',
  'مرحبا',
  'ﷺ',
  'ᄀ각',
  '\u0301',
];
const controls = [
  '\x1b[2J\x1b[H\x1b[?1049l\x1b[3J',
  '\x1b]0;title\x07',
  '\x1b]52;c;ZXZpbA==\x07',
  '\x1b]8;;http://evil.test\x1b\\link\x1b]8;;\x1b\\',
  '\x1bPtmux;\x1b\x1b]0;x\x07\x1b\\',
  '\x1b_G\x1b\\\x1b^p\x1b\\\x1bXs\x1b\\',
  '\x9b31m\x9d0;x\x9c\x90q\x9c\x85',
  '\x1b[6n\x1b[c\x1b[18t\x1bc\x1b',
  '\x1b[31;5;8m',
  '\x1b[',
  '\x1b]2;without an end',
  '\x00\x08\x0b\x0c\x0e\x0f\x7f',
  '\u202egnitsal\u202c\u2066\u2069\u200f',
  '\u200b\u200d\ufeff\u00ad\u2028\u2029\u034f',
  '\u{e0001}\u{e0041}\u{e0100}',
  '\ud800\udc00\ud83d',
  '\udc00\ud800',
];
const markdown = [
  '# Heading\n',
  '- item\n  - deeper\n',
  '1. one\n2. two\n',
  '> quote\n',
  '```ts\nconst a = 1;\n```\n',
  '```\nnever ended\n',
  '| a | b |\n|---|:-:|\n| 1 | 2 |\n',
  '**bold _and** more_',
  '[text](javascript:alert(1))',
  '[https://good.test](https://evil.test)',
  '![picture](a.png)',
  '---\n',
  '<b onclick="x">&lt;script&gt;</b>',
  '- [ ] open\n- [x] done\n',
  '\\*not\\*',
];

function piece(random: Random): string {
  return random.weigh([
    [10, () => `${random.pick(words)} `],
    [3, () => random.pick(wide)],
    [3, () => random.pick(emoji)],
    [2, () => random.pick(marks)],
    [3, () => random.pick(controls)],
    [3, () => random.pick(markdown)],
    [3, () => random.pick(['\n', '\r\n', '\r', '\t', '\n\n', '   '])],
    [1, () => random.pick(['x', '漢', '─', '>', '[', '*', '`', '🙂', 'ab ']).repeat(random.between(1, 300))],
    [1, () => String.fromCodePoint(random.below(0x2fa20))],
  ]);
}

/** Of up to `most` pieces. */
export function hostileText(random: Random, most = 12): string {
  return random.some(most, () => piece(random)).join('');
}

/** The same on one line, never blank: names, subjects, paths. */
export function hostileName(random: Random): string {
  return `${random.pick(['a', '漢', 'source/a.ts', '-'])}${hostileText(random, 3)}`;
}

const moves = [
  '\x1b[A',
  '\x1b[2K\r',
  '\x1b[1;1H',
  '\x1b[999;999H',
  '\x1b[?1049h',
  '\x1b[?1049l',
  '\x1b[?25l',
  '\x1b[2J',
  '\x1b[3J',
  '\x1b[5;10r',
  '\x1b[r',
  '\x1bM',
  '\x1bD',
  '\x1b7\x1b8',
  '\x1b[10L\x1b[10M\x1b[5P\x1b[5@',
  '\x1b[?6h\x1b[?7l',
  '\x1b[?1000h\x1b[?1006h\x1b[?2004h\x1b[?1h\x1b=',
  '\x1b[!p',
  '\x1bc',
  '\x1b(0lqqk\x1b(B',
  '\x1b#8',
  '\x1b[38;2;1;2;3;48;5;200;1;3;4;7;9m',
  '\x1b[0m',
  '\x1b[4:3m\x1b[58:2::1:2:3m',
];

/** What a test runner or a program prints: text, colours, cursor movements, floods. */
export function terminalOutput(random: Random): string {
  return random.weigh([
    [5, () => `${hostileText(random, 5)}\r\n`],
    [5, () => random.some(4, () => random.pick(moves) + hostileText(random, 2)).join('')],
    [2, () => `ok ${random.below(1000)} - ${hostileName(random)}\r\n`.repeat(random.between(1, 40))],
    [1, () => `${'漢字 flood '.repeat(random.between(1, 60))}\r\n`.repeat(random.between(1, 60))],
  ]);
}
