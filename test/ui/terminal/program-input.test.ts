// Keys as a program in one of our terminals gets them, whatever way our own terminal sends them.
import { expect, test } from 'vitest';
import { cutToken, type Token } from '../../../source/ui/terminal/input-tokens.ts';
import { encodeForProgram, takesBack } from '../../../source/ui/terminal/program-input.ts';

const plain = { applicationCursor: false, bracketedPaste: false, focusReports: false };
const asked = { applicationCursor: true, bracketedPaste: true, focusReports: true };
const token = (raw: string): Token => cutToken(raw)?.token ?? { kind: 'key', raw };
const encode = (raw: string, modes = plain): string => encodeForProgram(token(raw), modes);

test('letters, control keys, Alt and function keys go through as they came', () => {
  const sent = [
    'a',
    'ü漢🎉',
    '\r',
    '\t',
    '\x7f',
    '\x03',
    '\x1a',
    '\x1bb',
    '\x1b[Z',
    '\x1b[3~',
    '\x1b[15~',
    '\x1bOP',
  ];
  expect(sent.map((raw) => encode(raw))).toEqual(sent);
});

test('arrows, Home and End come in the mode that the program asked for, with modifiers in one form', () => {
  const keys = ['\x1b[A', '\x1bOB', '\x1b[C', '\x1b[D', '\x1b[H', '\x1b[F'];
  expect(keys.map((raw) => encode(raw, asked))).toEqual(
    ['A', 'B', 'C', 'D', 'H', 'F'].map((each) => `\x1bO${each}`),
  );
  expect(keys.map((raw) => encode(raw))).toEqual(
    ['A', 'B', 'C', 'D', 'H', 'F'].map((each) => `\x1b[${each}`),
  );
  expect(encode('\x1b[1;5C', asked)).toBe('\x1b[1;5C');
});

test('what newer protocols send becomes what every program knows', () => {
  const kitty = [
    '\x1b[97;5u',
    '\x1b[27u',
    '\x1b[13;2u',
    '\x1b[9;2u',
    '\x1b[98;3u',
    '\x1b[32;5u',
    '\x1b[120;7u',
  ];
  expect(kitty.map((raw) => encode(raw))).toEqual([
    '\x01',
    '\x1b',
    '\r',
    '\x1b[Z',
    '\x1bb',
    '\0',
    '\x1b\x18',
  ]);
  expect(encode('\x1b[27;5;99~')).toBe('\x03');
  // A key that is let go was sent when it was pressed.
  expect(encode('\x1b[97;5:3u')).toBe('');
});

test('a paste has its markers where the program asked for them, and none inside', () => {
  const paste: Token = { kind: 'text', raw: '\x1b[200~one\r\ntwo\x1b[201~\x03three\x1b[201~' };
  expect(encodeForProgram(paste, plain)).toBe('one\rtwo\x03three');
  expect(encodeForProgram(paste, asked)).toBe('\x1b[200~one\rtwo\x03three\x1b[201~');
});

test('focus is reported to a program that asked, and answers to our own questions are not', () => {
  expect([encode('\x1b[I', asked), encode('\x1b[O', asked), encode('\x1b[I')]).toEqual([
    '\x1b[I',
    '\x1b[O',
    '',
  ]);
  expect(encode('\x1b[?62;22c', asked)).toBe('');
});

test('Ctrl+] is ours in every protocol', () => {
  expect(['\x1d', '\x1b[93;5u', '\x1b[27;5;93~'].map(takesBack)).toEqual([true, true, true]);
  expect(takesBack(']')).toBe(false);
});
