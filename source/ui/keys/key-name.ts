// The names of keys, as people write them in a config and as the screen spells them.

/** Names of keys that are no characters. What a terminal sends for them is one thing everywhere. */
const specialKeys: readonly string[] = [
  ...['enter', 'tab', 'escape', 'space', 'backspace', 'delete', 'insert'],
  ...['up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown'],
  ...Array.from({ length: 12 }, (_, index) => `f${index + 1}`),
];
const modifiers = ['ctrl', 'alt', 'shift'] as const;

/** Names that stand on keyboards, and the screen's own spellings. */
const aliases = new Map([
  ['esc', 'escape'],
  ['return', 'enter'],
  ['pgup', 'pageup'],
  ['pgdn', 'pagedown'],
  ['ins', 'insert'],
  ['del', 'delete'],
  ['control', 'ctrl'],
  ['option', 'alt'],
]);
/** Since the days of teletypes these are one byte. */
const sameByte = new Map([
  ['ctrl+i', 'tab'],
  ['ctrl+m', 'enter'],
  ['ctrl+[', 'escape'],
  ['ctrl+h', 'backspace'],
]);

export type ReadKey =
  /** As `nameKey` names it. */
  | { readonly key: string }
  /** What is wrong with it, and the key that was probably meant. */
  | { readonly wrong: string; readonly among?: readonly string[] };

/** Reads `Ctrl+R`, `alt+enter`, `G`, `f5`: modifiers in any order, names in any case, a letter alone as it is. */
export function readKey(text: string): ReadKey {
  if (text === ' ') return { key: ' ' };
  const [name = '', ...before] = splitKey(text).reverse();
  const worn = before.map((each) => aliases.get(each.toLowerCase()) ?? each.toLowerCase());
  const strange = worn.find((each) => !modifiers.some((modifier) => modifier === each));
  const base = nameOf(name, worn.length > 0);
  if (strange !== undefined || base === undefined)
    return { wrong: `there is no key ${JSON.stringify(text.slice(0, 40))}`, among: likely(base, worn) };
  const shifted = worn.includes('shift');
  const isCharacter = [...base].length === 1;
  if (isCharacter && shifted && worn.length > 1)
    return { wrong: `terminals do not tell Shift beside Ctrl or Alt with ${base}` };
  const letter = isCharacter && shifted ? base.toUpperCase() : base;
  const key = [
    ...modifiers.filter((each) => worn.includes(each) && !(isCharacter && each === 'shift')),
    letter,
  ].join('+');
  const twin = sameByte.get(key);
  return twin === undefined
    ? { key: key === 'space' ? ' ' : key }
    : { wrong: `to a terminal ${spell(key)} is ${spell(twin)}` };
}

/** Whether the key puts a character into a text: such a key cannot be bound where one types. */
export function isTyped(key: string): boolean {
  return [...key].length === 1;
}

/** `+` parts a name, and is itself a key. */
function splitKey(text: string): string[] {
  const trimmed = text.trim();
  if (trimmed === '+') return ['+'];
  return trimmed.endsWith('++') ? [...trimmed.slice(0, -2).split('+'), '+'] : trimmed.split('+');
}

function nameOf(name: string, worn: boolean): string | undefined {
  if ([...name].length === 1 && name >= ' ') return worn ? name.toLowerCase() : name;
  const lower = name.toLowerCase();
  const known = aliases.get(lower) ?? lower;
  return specialKeys.includes(known) ? known : undefined;
}

/** What might have been meant: right names under what was worn, right modifiers before the name. */
function likely(base: string | undefined, worn: readonly string[]): string[] {
  const sound = worn.filter((each) => modifiers.some((modifier) => modifier === each));
  const bases = base === undefined ? specialKeys : [base];
  return bases.flatMap((each) => [
    [...sound, each].join('+'),
    ...modifiers
      .filter((modifier) => !sound.includes(modifier))
      .map((modifier) => [...sound, modifier, each].join('+')),
  ]);
}

/** Keys whose names on a keyboard are not their own with a capital. */
const spelled = new Map([
  ['escape', 'Esc'],
  ['pageup', 'PgUp'],
  ['pagedown', 'PgDn'],
  [' ', 'Space'],
]);

/** `ctrl+c` as it stands on a keyboard: `Ctrl+C`. A letter alone stays as it is: j is not J. */
export function spell(key: string): string {
  const parts = splitKey(key === ' ' ? 'space' : key);
  if (parts.length === 1 && key.length === 1 && key !== ' ') return key;
  return parts.map((part) => spelled.get(part) ?? part.charAt(0).toUpperCase() + part.slice(1)).join('+');
}
