// Cuts what a terminal sends into single keys, because Ink takes a chunk of several keys for one.
import { ESCAPE_KEY, plainKey } from './key-codes.ts';

/** One thing that the terminal sent: a key, a run of printable text, the start of a paste, or a report that is not a key. */
export type Token =
  /** `sent`: what the terminal sent, where `raw` is another name for it. */
  | { readonly kind: 'key' | 'text'; readonly raw: string; readonly sent?: string }
  | { readonly kind: 'paste' }
  | { readonly kind: 'focus'; readonly focused: boolean }
  /** Mouse reports and answers to queries. */
  | { readonly kind: 'report'; readonly raw: string };

export interface Cut {
  readonly token: Token;
  /** Its length in the input. */
  readonly end: number;
}

const printable = /^[^\x00-\x1f\x7f]+/;
/** With two oddities of old terminals: `ESC [[ A`, and rxvt's Shift keys that end in `$`. */
const controlSequence = /^\x1b\x1b?\[(?:\[(?:[A-E]|\d~)|[235678]\$|[0-?]*[ -/]*[@-Z\\-~])/;
const singleShift = /^\x1b\x1b?O[0-9;]*[@-~]/;
/** An answer to a query: operating system command, device control string, application command. */
const stringSequence = /^\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)/;
/** Something of the above that has begun and may still be finished by the next chunk. */
const unfinished = /^\x1b(?:\x1b?(?:\[\[?[0-?]*[ -/]*|O[0-9;]*)?|[\]P_^X][^\x07\x1b]*\x1b?)$/;

/** The first token, or undefined where the input is the beginning of one. */
export function cutToken(input: string): Cut | undefined {
  const match = (pattern: RegExp): string | undefined => pattern.exec(input)?.[0];
  const text = match(printable);
  if (text !== undefined) return { token: { kind: 'text', raw: text }, end: text.length };
  if (!input.startsWith('\x1b')) return { token: { kind: 'key', raw: input.charAt(0) }, end: 1 };
  const sequence = match(controlSequence) ?? match(singleShift);
  if (sequence !== undefined) return { token: nameSequence(sequence), end: sequence.length };
  const string = match(stringSequence);
  if (string !== undefined) return { token: { kind: 'report', raw: string }, end: string.length };
  return unfinished.test(input) ? undefined : cutAlt(input);
}

/** What an unfinished rest turns out to be when nothing follows it: the Escape key, Alt and a key, or a torn sequence. */
export function settleRest(rest: string): Token {
  if (rest === '\x1b' || rest === '\x1b\x1b') return { kind: 'key', raw: ESCAPE_KEY };
  return /^\x1b[\]P_^X]$/.test(rest) ? { kind: 'key', raw: rest } : { kind: 'report', raw: rest };
}

/** Whether no person begins like this: what is missing is still on its way, however long that takes. */
export function isTorn(rest: string): boolean {
  return /^\x1b(?:\[[<?>\d]|[\]P_^X].)/.test(rest);
}

function nameSequence(raw: string): Token {
  if (raw === '\x1b[200~') return { kind: 'paste' };
  if (raw === '\x1b[I' || raw === '\x1b[O') return { kind: 'focus', focused: raw.endsWith('I') };
  if (/^\x1b\[[<?>]/.test(raw)) return { kind: 'report', raw };
  const key = plainKey(raw);
  if (key === undefined) return { kind: 'report', raw };
  const kind = isText(key) ? 'text' : 'key';
  return key === raw ? { kind, raw } : { kind, raw: key, sent: raw };
}

/** A character that a protocol for keys has spelled out. */
function isText(key: string): boolean {
  return printable.test(key);
}

/** Alt and a character arrive as Escape and that character; before another sequence it was the Escape key. */
function cutAlt(input: string): Cut {
  const next = input.codePointAt(1);
  if (next === undefined || next === 0x1b) return { token: { kind: 'key', raw: ESCAPE_KEY }, end: 1 };
  const end = 1 + String.fromCodePoint(next).length;
  return { token: { kind: 'key', raw: input.slice(0, end) }, end };
}
