// Keys for a program in one of our terminals: as that program's own terminal would have sent them, whatever way ours
// sends them to us.
import type { Token } from './input-tokens.ts';

/** What a program asked of its terminal. */
export interface ProgramModes {
  /** Arrows, Home and End come as `ESC O A` (DECCKM). */
  readonly applicationCursor: boolean;
  readonly bracketedPaste: boolean;
  readonly focusReports: boolean;
}

/** The name that a function key goes by here: see `key-codes.ts`. */
const FUNCTION_KEY = /^\x1b\[57344;/;
/** Ctrl+] takes the keyboard back: the one key that no program gets. */
const TAKE_BACK = new Set(['\x1d', '\x1b[93;5u', '\x1b[27;5;93~']);

export function takesBack(raw: string): boolean {
  return TAKE_BACK.has(raw);
}

/** What goes to the program; '' for what is no concern of its. A paste is its whole text between the markers. */
export function encodeForProgram(token: Token, modes: ProgramModes): string {
  if (token.kind === 'focus') return modes.focusReports ? `\x1b[${token.focused ? 'I' : 'O'}` : '';
  if (token.kind !== 'key' && token.kind !== 'text') return '';
  const { raw, sent = raw } = token;
  const paste = /^\x1b\[200~(.*)\x1b\[201~$/s.exec(raw)?.[1];
  if (paste !== undefined) return encodePaste(paste, modes);
  if (token.kind === 'text') return raw;
  return FUNCTION_KEY.test(raw) ? sent.replace(/^\x1b\[([PQRS])$/, '\x1bO$1') : encodeKey(raw, modes);
}

/** A marker inside would end the paste early, and let the rest pass for keys. */
function encodePaste(text: string, { bracketedPaste }: ProgramModes): string {
  const lines = text.replace(/\x1b\[20[01]~/g, '').replace(/\r?\n/g, '\r');
  return bracketedPaste ? `\x1b[200~${lines}\x1b[201~` : lines;
}

function encodeKey(raw: string, { applicationCursor }: ProgramModes): string {
  const plain = /^\x1b[[O](?:1;1)?([ABCDHF])$/.exec(raw)?.[1];
  if (plain !== undefined) return `\x1b${applicationCursor ? 'O' : '['}${plain}`;
  const kitty = /^\x1b\[(\d+)(?::\d*)*(?:;(\d+)(?::(\d))?)?(?:;[\d:]*)?u$/.exec(raw);
  if (kitty !== null) return kitty[3] === '3' ? '' : legacy(Number(kitty[1]), Number(kitty[2] ?? 1));
  const other = /^\x1b\[27;(\d+);(\d+)~$/.exec(raw);
  if (other !== null) return legacy(Number(other[2]), Number(other[1]));
  return raw;
}

/** A character with modifiers as terminals have always sent it; `weight`: 1 and the sum of Shift 1, Alt 2, Ctrl 4. */
function legacy(code: number, weight: number): string {
  const worn = weight - 1;
  if (code === 9 && worn & 1) return '\x1b[Z';
  const alt = worn & 2 ? '\x1b' : '';
  const character = String.fromCodePoint(code <= 0x10ffff ? code : 0xfffd);
  if (worn & 4) return alt + control(character);
  return alt + (worn & 1 ? character.toUpperCase() : character);
}

/** Ctrl with a character: its lower five bits, where a terminal has bytes for it. */
function control(character: string): string {
  if (character === ' ' || character === '2') return '\0';
  if (character === '/' || character === '7') return '\x1f';
  if (character === '8' || character === '\x7f') return '\x08';
  return /^[a-z[\\\]^_@?]$/i.test(character)
    ? String.fromCharCode(character.toUpperCase().charCodeAt(0) & 0x1f)
    : character;
}
