// What a terminal says that is no key: where the mouse was, and what it answers when asked.
import type { TerminalEnvironment } from './colour-level.ts';

export type Report =
  /** Cells from 0, as the screen counts. `by`: rows of a wheel's notch, down where positive. */
  | { readonly kind: 'wheel'; readonly by: 1 | -1; readonly x: number; readonly y: number }
  | { readonly kind: 'press'; readonly x: number; readonly y: number }
  /** It speaks the kitty keyboard protocol. */
  | { readonly kind: 'kitty' }
  /** It turns the wheel into arrow keys. */
  | { readonly kind: 'wheel arrows' }
  | { readonly kind: 'background'; readonly light: boolean };

/**
 * Whether it speaks the kitty protocol, whether the wheel is arrows, its background. Terminals that do not know them are
 * silent, but for two that draw what they do not know: the Linux console, and Apple's terminal where a `$` stands in it.
 */
export function questions({ TERM, TERM_PROGRAM }: TerminalEnvironment, background: boolean): string {
  if (TERM === 'linux' || TERM === 'dumb') return '';
  const modes = TERM_PROGRAM === 'Apple_Terminal' ? '' : '\x1b[?u\x1b[?1007$p';
  return modes + (background ? BACKGROUND_QUESTION : '');
}

export const BACKGROUND_QUESTION = '\x1b]11;?\x1b\\';

const mouse = /^\x1b\[<(\d+);(\d+);(\d+)([Mm])$/;
const background =
  /^\x1b\]11;rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})(?:\/[0-9a-f]{1,4})?(?:\x07|\x1b\\)$/i;

/** Undefined for what nobody asked. */
export function readReport(raw: string): Report | undefined {
  const [, button, x, y, end] = mouse.exec(raw) ?? [];
  if (button !== undefined)
    return readMouse(Number(button), { x: Number(x) - 1, y: Number(y) - 1 }, end === 'M');
  if (/^\x1b\[\?\d+u$/.test(raw)) return { kind: 'kitty' };
  // 1: set; permanently so (3) it could not be taken off.
  if (raw === '\x1b[?1007;1$y') return { kind: 'wheel arrows' };
  const colour = background.exec(raw);
  return colour === null ? undefined : { kind: 'background', light: isLight(colour.slice(1, 4)) };
}

/** Buttons with bits for Shift (4), Alt (8), Ctrl (16) and movement (32). */
function readMouse(button: number, at: { x: number; y: number }, down: boolean): Report | undefined {
  const which = button & ~(4 + 8 + 16);
  if (which === 64 || which === 65) return { kind: 'wheel', by: which === 64 ? -1 : 1, ...at };
  return which === 0 && down ? { kind: 'press', ...at } : undefined;
}

/** By how bright people see the three colours (ITU-R BT.601). */
function isLight(channels: readonly string[]): boolean {
  const [red = 0, green = 0, blue = 0] = channels.map(
    (hex) => Number.parseInt(hex, 16) / (16 ** hex.length - 1),
  );
  return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5;
}
