// What a terminal sends for a key, by the key's name in the table: any key, so that new ones need nothing here.

const plain: Readonly<Record<string, string>> = {
  enter: '\r',
  tab: '\t',
  escape: '\x1b',
  backspace: '\x7f',
  space: ' ',
  'shift+tab': '\x1b[Z',
  'alt+enter': '\x1b\r',
  // Where terminals tell it apart from Enter.
  'shift+enter': '\x1b[13;2u',
  'alt+backspace': '\x1b\x7f',
  'ctrl+space': '\0',
  'ctrl+/': '\x1f',
};
/** Those that carry modifiers as a number inside. */
const letters: Readonly<Record<string, string>> = {
  ...{ up: 'A', down: 'B', right: 'C', left: 'D', end: 'F', home: 'H' },
  ...{ f1: 'P', f2: 'Q', f3: 'R', f4: 'S' },
};
const numbers: Readonly<Record<string, number>> = {
  ...{ insert: 2, delete: 3, pageup: 5, pagedown: 6 },
  ...{ f5: 15, f6: 17, f7: 18, f8: 19, f9: 20, f10: 21, f11: 23, f12: 24 },
};
const weights: Readonly<Record<string, number>> = { shift: 1, alt: 2, ctrl: 4 };

/** As xterm sends it. Throws where it has no bytes for that. */
export function bytesOf(name: string): string {
  const known = plain[name];
  if (known !== undefined) return known;
  const { key, modifiers } = readName(name);
  const weight = 1 + modifiers.reduce((sum, each) => sum + (weights[each] ?? 0), 0);
  const letter = letters[key];
  if (letter !== undefined)
    return weight > 1 ? `\x1b[1;${weight}${letter}` : `\x1b${/^f\d/.test(key) ? 'O' : '['}${letter}`;
  const number = numbers[key];
  if (number !== undefined) return weight > 1 ? `\x1b[${number};${weight}~` : `\x1b[${number}~`;
  const character = modifiers.includes('shift') ? key.toUpperCase() : key;
  if ([...key].length !== 1) throw new Error(`no bytes for the key ${name}: add it to key-bytes.ts`);
  if (!modifiers.includes('ctrl')) return modifiers.includes('alt') ? `\x1b${character}` : character;
  if (!/^[a-z[\\\]^_]$/.test(key)) throw new Error(`no terminal sends ${name}: choose another key`);
  const control = String.fromCharCode(key.toUpperCase().charCodeAt(0) & 0x1f);
  return modifiers.includes('alt') ? `\x1b${control}` : control;
}

/** `ctrl++` is Ctrl and a plus. */
function readName(name: string): { readonly key: string; readonly modifiers: readonly string[] } {
  const [, prefix = '', key = ''] = /^((?:(?:ctrl|alt|shift)\+)*)(.+)$/s.exec(name) ?? [];
  return { key, modifiers: prefix.split('+').filter((part) => part !== '') };
}
