// The modes that the screen asks of the terminal beside Ink's, all of them taken back when it leaves.
import { titleSequence } from './attention.ts';

/**
 * Focus reports; the title is put on the terminal's stack; keys that have no bytes of their own get some (xterm's
 * modifyOtherKeys: a terminal that does not know it takes it for underlining, hence the plain style behind it). Alt and
 * Meta come as Esc and the key: xterm by itself types a letter with an accent instead. What was set before is kept by
 * the terminal (XTSAVE) and comes back (XTRESTORE).
 */
const ON = '\x1b[22;2t\x1b[?1004h\x1b[?1036;1039s\x1b[?1036;1039h\x1b[>4;1m\x1b[m';
const OFF = '\x1b[>4m\x1b[m\x1b[?1036;1039r\x1b[?1004l\x1b[23;2t';

/** On where they are wanted, or known to be there. */
const optional = {
  /** The kitty protocol, on a stack of the alternate screen's own: keys told apart, and Latin ones by their place. */
  kitty: { on: '\x1b[>5u', off: '\x1b[<u' },
  mouse: { on: '\x1b[?1000h\x1b[?1006h', off: '\x1b[?1006l\x1b[?1000l' },
  /** The wheel as arrow keys would go through earlier prompts. */
  'no wheel arrows': { on: '\x1b[?1007l', off: '\x1b[?1007h' },
};
export type OptionalMode = keyof typeof optional;

export interface Modes {
  /** The window's title, while they are on; the one from before comes back with them. */
  name(title: string): void;
  /** All of them, around a suspension. */
  set(on: boolean): void;
  /** Whether a mode is among them from now on. */
  want(mode: OptionalMode, wanted: boolean): void;
}

export function createModes(send: (sequence: string) => void): Modes {
  const wanted = new Set<OptionalMode>();
  let modes = false;
  let titled = '';
  return {
    set: (on) => {
      if (modes === on) return;
      modes = on;
      const each = [...wanted].map((mode) => optional[mode][on ? 'on' : 'off']);
      send(on ? ON + titled + each.join('') : each.reverse().join('') + OFF);
    },
    name: (title) => {
      titled = titleSequence(title);
      if (modes) send(titled);
    },
    want: (mode, on) => {
      if (wanted.has(mode) === on) return;
      if (on) wanted.add(mode);
      else wanted.delete(mode);
      if (modes) send(optional[mode][on ? 'on' : 'off']);
    },
  };
}
