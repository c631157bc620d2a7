// What Ink makes of each text in each frame, made once: a pane's rows are one text, which in most frames is as it was.
// Used by the bundle alone (scripts/build.mjs), as fast-output.ts is; test/fuzz compares both with Ink's own.
import { remember } from './remember.ts';

type StringWidth = (text: string, ...options: readonly unknown[]) => number;

/** Texts that are asked for in one frame. Ink's own caches keep thousands, and a text is a whole pane here. */
const MOST_TEXTS = 50;
/** The same of their lines. */
const MOST_LINES = 500;
/** What Ink changes in a text, or may: all but letters and plain styles. A mark it draws before the style that it stands behind. */
const unusual = /[\0-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]|\x1b(?!\[[\d;]*m(?!\p{Mark}))/u;

/** Ink's `sanitizeAnsi` takes a text apart sign by sign, and leaves most as they are. */
export function fastSanitize(sanitize: (text: string) => string): (text: string) => string {
  const sanitized = remember(sanitize, MOST_TEXTS);
  return (text) => (unusual.test(text) ? sanitized(text) : text);
}

/** Ink's `measureText`. */
export function fastMeasure(
  widestLine: (text: string) => number,
): (text: string) => { readonly width: number; readonly height: number } {
  return remember(
    (text) =>
      text === '' ? { width: 0, height: 0 } : { width: widestLine(text), height: text.split('\n').length },
    MOST_TEXTS,
  );
}

export function fastWidest(widestLine: (text: string) => number): (text: string) => number {
  return remember(widestLine, MOST_TEXTS);
}

/** Of one line. */
export function fastWidth(stringWidth: StringWidth): StringWidth {
  const remembered = remember((text: string) => stringWidth(text), MOST_LINES);
  return (text, ...options) => (options.length > 0 ? stringWidth(text, ...options) : remembered(text));
}
