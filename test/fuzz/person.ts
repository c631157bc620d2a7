// What a person, their terminal and its noise send: keys of the table and others, pastes, mouse, and torn sequences.
import { bindingsOf, standardKeys } from '../../source/ui/keymap.ts';
import type { Place } from '../../source/ui/keys/place.ts';
import { bytesOf } from '../support/key-bytes.ts';
import { hostileText } from './hostile-text.ts';
import type { Random } from './random.ts';

/** Keys that end the program are rare, so that a session lives for a while. */
const deadly = new Set(['ctrl+d', 'ctrl+c']);

const keysOf = ({ bindings }: Place): readonly string[] => bindings.flatMap(({ keys }) => keys);
const everyKey = [...new Set(standardKeys.flatMap(keysOf))];

const others = [
  ...['ctrl+q', 'ctrl+s', 'ctrl+t', 'ctrl+o', 'ctrl+x', 'ctrl+\\', 'ctrl+]', 'ctrl+^', 'ctrl+r', 'ctrl+v'],
  ...['f2', 'f5', 'f12', 'insert', 'shift+up', 'ctrl+up', 'alt+x', 'alt+P', 'alt+[', 'ctrl+alt+b', 'space'],
];

const noise = [
  '\x1b[I',
  '\x1b[O',
  '\x1b[<0;10;5M\x1b[<0;10;5m',
  '\x1b[<64;300;100M',
  '\x1b[<65;1;1M',
  '\x1b[<35;999999;0M',
  '\x1b[M !!',
  '\x1b[?62;22c',
  '\x1b[?1;2c\x1b[>0;276;0c',
  '\x1b]11;rgb:1e1e/1e1e/2e2e\x07',
  '\x1b]11;rgb:ffff/ffff/ffff\x1b\\',
  '\x1b[?1u',
  '\x1b[?2026;2$y',
  '\x1b[24;80R',
  '\x1b[97;5u',
  '\x1b[27;5;97~',
  '\x1b[57414u\x1b[13;2u',
  '\x1b[1;5:3A',
  '\x1b[1114112u',
  '\x1b[0u\x1b[55296u',
  '\x1bP1$r0m\x1b\\',
  '\x1b[200~',
  '\x1b[201~',
  '\x9b\x9c\x80\xff',
  '\0\0\x1c\x1d',
];

export interface Input {
  readonly what: string;
  /** In as many chunks. */
  readonly chunks: readonly (string | Buffer)[];
}

/** Somebody who stays in one place for a while, and then goes to another. */
export function createPerson(random: Random): () => Input {
  let place = random.pick(standardKeys);
  const key = (): string => {
    const name = random.weigh([
      [6, () => random.pick(keysOf(place))],
      [3, () => random.pick(everyKey)],
      [1, () => random.pick(others)],
    ]);
    return deadly.has(name) && random.chance(0.8) ? 'down' : name;
  };
  const go = (): Input => {
    place = random.pick(standardKeys);
    // Places that have a key of their own have an action of their name.
    const way = bindingsOf(standardKeys, 'everywhere').find(({ action }) => action === place.where);
    return pressed([...(random.chance(0.5) ? ['escape'] : []), ...(way?.keys.slice(0, 1) ?? [])]);
  };
  return () =>
    random.weigh([
      [12, () => pressed([key()])],
      [3, () => pressed(Array.from({ length: random.between(2, 6) }, key))],
      [2, go],
      [2, () => torn(random, key())],
      [3, () => said('text', hostileText(random, 4))],
      [1, () => said('paste', `\x1b[200~${hostileText(random, 60)}\x1b[201~`)],
      [1, () => torn(random, 'paste', `\x1b[200~${hostileText(random, 10)}\x1b[201~`)],
      [2, () => said('noise', random.pick(noise))],
      [1, () => ({ what: 'bytes', chunks: [Buffer.from(random.some(12, () => random.below(256)))] })],
    ]);
}

function pressed(keys: readonly string[]): Input {
  // A bare Escape would be Alt with the key behind it.
  const bytes = keys.map((key) => (key === 'escape' ? '\x1b[27u' : bytesOf(key)));
  return { what: keys.join(' '), chunks: [bytes.join('')] };
}

function said(what: string, text: string): Input {
  return { what: `${what} ${JSON.stringify(text)}`, chunks: [text] };
}

/** In two chunks, cut anywhere, in the middle of a character too. */
function torn(random: Random, what: string, text = bytesOf(what)): Input {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length + 1);
  return { what: `${what} torn at ${at}`, chunks: [bytes.subarray(0, at), bytes.subarray(at)] };
}
