// One spelling for each key: what the kitty protocol, modifyOtherKeys and function keys send becomes the bytes that
// every terminal sends for that key, where there are such bytes. So a key means the same in all of them.

const SHIFT = 1;
const ALT = 2;
const CTRL = 4;
/** Caps lock and num lock: no modifiers of a key. */
const LOCKS = 64 + 128;

/** `ESC [ 27 u`: the Escape key in a form that cannot be the start of something longer. */
export const ESCAPE_KEY = '\x1b[27u';

/** `CSI code:shifted:base ; modifiers:event u`, kitty's; `CSI 27 ; modifiers ; code ~`, xterm's. */
const kitty = /^\x1b\[(\d+)(?::(\d*))?(?::(\d+))?(?:;(\d*)(?::(\d))?)?(?:;[\d:]*)?u$/;
const xterm = /^\x1b\[27;(\d+);(\d+)~$/;

interface Code {
  readonly code: number;
  /** The character with Shift, and the one that a Latin keyboard has there. */
  readonly shifted?: number;
  readonly base?: number;
  /** Bits. */
  readonly modifiers: number;
}

/** As Ink knows it; undefined for what is no key press: a release, a lone modifier, a key of the window system's. */
export function plainKey(raw: string): string | undefined {
  if (raw === ESCAPE_KEY) return raw;
  const code = readCode(raw);
  if (code === undefined) return functionKey(raw) ?? raw;
  if (code === 'none') return undefined;
  return ofCode(code);
}

function readCode(raw: string): Code | 'none' | undefined {
  const other = xterm.exec(raw);
  if (other !== null) return withModifiers(Number(other[2]), Number(other[1]));
  const [, code, shifted, base, modifiers, event] = kitty.exec(raw) ?? [];
  if (code === undefined) return undefined;
  if (event === '3') return 'none';
  const read = withModifiers(Number(code), Number(modifiers || 1));
  return read === 'none'
    ? read
    : { ...read, ...(shifted && { shifted: Number(shifted) }), ...(base && { base: Number(base) }) };
}

function withModifiers(code: number, sum: number): Code | 'none' {
  const modifiers = Math.max(0, sum - 1) & ~LOCKS;
  return modifiers > SHIFT + ALT + CTRL ? 'none' : { code, modifiers };
}

/** Keys of the keypad in the kitty protocol, from 57399: what stands on them, then where they lead. */
const KEYPAD = 57_399;
const keypadText = '0123456789./*-+\r=,';
const keypadKeys = ['D', 'C', 'A', 'B', '5~', '6~', 'H', 'F', '2~', '3~'];

function ofCode({ code, shifted, base, modifiers }: Code): string | undefined {
  const pad = code - KEYPAD;
  const text = keypadText[pad];
  if (pad >= 0 && text !== undefined) return ofCode({ code: text.charCodeAt(0), modifiers });
  const key = keypadKeys[pad - keypadText.length];
  if (pad >= 0 && key !== undefined) return movement(key, modifiers);
  if (code >= 57_344 && code <= 63_743) return undefined;
  if (code === 27) return ESCAPE_KEY;
  if (code === 13 || code === 9 || code === 127 || code === 8) return ofControl(code, modifiers);
  if (code < 32 || code > 0x10_ffff || (code >= 0xd8_00 && code <= 0xdf_ff)) return undefined;
  // Ctrl and Alt go by the place of a key, where its own letter is not Latin.
  const place = code > 127 && base !== undefined && (modifiers & (CTRL | ALT)) !== 0 ? base : code;
  const character = String.fromCodePoint(place);
  const typed =
    (modifiers & SHIFT) === 0
      ? character
      : shifted !== undefined && place === code
        ? String.fromCodePoint(shifted)
        : character.toUpperCase();
  if ((modifiers & CTRL) === 0) return (modifiers & ALT) === 0 ? typed : `\x1b${typed}`;
  const byte = controlByte(typed);
  if (byte === undefined) return `\x1b[${typed.codePointAt(0)};${1 + modifiers}u`;
  return (modifiers & ALT) === 0 ? byte : altOf(byte);
}

/** Enter, Tab and Backspace: their own bytes, and what has none as Ink reads it. */
function ofControl(code: number, modifiers: number): string {
  const byte = String.fromCharCode(code === 8 ? 127 : code);
  if (modifiers === 0) return byte;
  if (modifiers === ALT) return altOf(byte);
  if (code === 9 && modifiers === SHIFT) return '\x1b[Z';
  return `\x1b[${byte.charCodeAt(0)};${1 + modifiers}u`;
}

function altOf(byte: string): string {
  return byte === ESCAPE_KEY ? byte : `\x1b${byte}`;
}

/** As terminals have it since the first of them: letters and a few signs; Ctrl+[ is Escape, Ctrl+/ is Ctrl+_. */
function controlByte(character: string): string | undefined {
  if (character === ' ' || character === '@') return '\0';
  if (character === '[') return ESCAPE_KEY;
  if (character === '/') return '\x1f';
  return /^[a-zA-Z\\\]^_]$/.test(character)
    ? String.fromCharCode(character.toUpperCase().charCodeAt(0) & 31)
    : undefined;
}

/** Function keys, which Ink has no names for, come as a private character each: see `functionKeyName`. */
const PRIVATE = 0xf_00_00;
const functionNumbers = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24];
const functionLetter = /^\x1b(?:O|\[\[|\[(?:1;(\d+))?)([A-E]|[P-S])$/;
const functionNumber = /^\x1b\[(\d+)(?:;(\d+)(?::\d)?)?~$/;

function functionKey(raw: string): string | undefined {
  const [, worn = '1', letter] = functionLetter.exec(raw) ?? [];
  const linux = raw.startsWith('\x1b[[');
  if (letter !== undefined && linux === letter < 'F')
    return privateKey(letter.charCodeAt(0) - (linux ? 64 : 79), Number(worn));
  const [, number, modifiers = '1'] = functionNumber.exec(raw) ?? [];
  if (number === '2') return privateKey(13, Number(modifiers));
  const nth = functionNumbers.indexOf(Number(number)) + 1;
  return nth > 0 ? privateKey(nth, Number(modifiers)) : undefined;
}

function privateKey(nth: number, modifiers: number): string {
  return `\x1b[57344;${modifiers};${PRIVATE + nth}u`;
}

/** `f5`, `insert`; undefined for any other character. */
export function functionKeyName(input: string): string | undefined {
  const nth = (input.codePointAt(0) ?? 0) - PRIVATE;
  if (nth < 1 || nth > 13) return undefined;
  return nth === 13 ? 'insert' : `f${nth}`;
}

function movement(key: string, modifiers: number): string {
  if (modifiers === 0) return `\x1b[${key}`;
  const worn = 1 + modifiers;
  return key.endsWith('~') ? `\x1b[${key.slice(0, -1)};${worn}~` : `\x1b[1;${worn}${key}`;
}
