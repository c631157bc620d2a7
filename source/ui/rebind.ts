// The tables of keys as somebody would rather have them: a preset's wishes, then the person's own.
import { allLookups, findAction, type Keymap, standardKeys } from './keymap.ts';
import { codexKeys } from './keys/codex.ts';
import { isTyped, readKey, spell } from './keys/key-name.ts';
import type { Binding, Where } from './keys/place.ts';

/** From now on these keys do it there, and no others; none: no key does. */
export interface Wish {
  readonly where: string;
  readonly action: string;
  readonly keys: readonly string[];
}

/** Why a wish cannot be had; with the wrong word, the right ones of which one was perhaps meant. */
export interface Refusal {
  readonly wish: Wish;
  readonly reason: string;
  readonly word?: string;
  readonly among?: readonly string[];
}

export type Preset = 'hullspeed' | 'codex';

export function makeKeymap(preset: Preset, wishes: readonly Wish[]): Keymap | { readonly refused: Refusal } {
  const base = preset === 'codex' ? codexKeys.reduce(grant, standardKeys) : standardKeys;
  const read = readWishes(base, wishes);
  if ('refused' in read) return read;
  const keymap = read.wishes.reduce(grant, base);
  const refused = findClash(base, keymap, read.wishes) ?? findLoss(base, keymap, read.wishes);
  return refused === undefined ? keymap : { refused };
}

function grant(keymap: Keymap, { where, action, keys }: Wish): Keymap {
  return keymap.map((place) =>
    place.where === where
      ? {
          ...place,
          bindings: place.bindings.map((each) => (each.action === action ? { ...each, keys } : each)),
        }
      : place,
  );
}

/** The wishes with their keys' own names, when every word in them is right. */
function readWishes(
  keymap: Keymap,
  wishes: readonly Wish[],
): { readonly wishes: readonly Wish[] } | { readonly refused: Refusal } {
  const read: Wish[] = [];
  for (const wish of wishes) {
    const place = keymap.find(({ where }) => where === wish.where);
    if (place === undefined) {
      const among = keymap.map(({ where }) => where);
      return { refused: { wish, reason: `there is no place "${wish.where}"`, word: wish.where, among } };
    }
    if (!place.bindings.some(({ action }) => action === wish.action)) {
      const among = place.bindings.map(({ action }) => action);
      const reason = `there is no action "${wish.action}" in ${place.where}`;
      return { refused: { wish, reason, word: wish.action, among } };
    }
    if (place.fixed)
      return {
        refused: {
          wish,
          reason: `the keys of ${place.where} cannot be changed: it is they that no program gets`,
        },
      };
    const keys: string[] = [];
    for (const text of wish.keys) {
      const key = readKey(text);
      if ('wrong' in key) return { refused: { wish, reason: key.wrong, word: text, among: key.among } };
      if (place.typing && isTyped(key.key))
        return { refused: { wish, reason: `${spell(key.key)} alone is text in ${place.where}` } };
      keys.push(key.key);
    }
    read.push({ ...wish, keys: [...new Set(keys)] });
  }
  return { wishes: read };
}

interface Bound extends Pick<Binding, 'action'> {
  readonly where: Where;
}

/** The first wish whose key does something else where it is looked for, as it did not in the tables. */
function findClash(before: Keymap, after: Keymap, wishes: readonly Wish[]): Refusal | undefined {
  for (const wish of wishes) {
    for (const key of wish.keys) {
      const other = boundTo(after, key).find(
        (bound) =>
          !isSame(bound, wish) && meet(after, bound.where, wish.where) && !wasBoth(before, key, bound, wish),
      );
      if (other === undefined) continue;
      const where = other.where === wish.where ? '' : ` in ${other.where}`;
      const free = `[bindings.${other.where}] "${other.action}"`;
      return {
        wish,
        reason: `${spell(key)} is the key of "${other.action}"${where}; give ${free} another key, or [] for none`,
      };
    }
  }
  return undefined;
}

function boundTo(keymap: Keymap, key: string): Bound[] {
  return keymap.flatMap(({ where, bindings }) =>
    bindings.filter(({ keys }) => keys.includes(key)).map(({ action }) => ({ where, action })),
  );
}

function isSame(bound: Bound, wish: Pick<Wish, 'where' | 'action'>): boolean {
  return bound.where === wish.where && bound.action === wish.action;
}

/** Whether one key is looked for in both places at one moment. */
function meet(keymap: Keymap, one: Where, other: string): boolean {
  if (one === other) return true;
  const passing = keymap.some((place) => place.passing && (place.where === one || place.where === other));
  return (
    !passing && allLookups().some((places) => places.includes(one) && places.some((each) => each === other))
  );
}

/** Where the tables themselves have it that the nearer place wins, a wish may say so again. */
function wasBoth(before: Keymap, key: string, bound: Bound, wish: Wish): boolean {
  const had = boundTo(before, key);
  return had.some((each) => isSame(each, wish)) && had.some((each) => isSame(bound, each));
}

/** The wish that takes away the last key to something that nobody can do without. */
function findLoss(before: Keymap, after: Keymap, wishes: readonly Wish[]): Refusal | undefined {
  for (const places of allLookups()) {
    const has = keptIn(after, places);
    const lost = [...keptIn(before, places)].find((what) => !has.has(what));
    if (lost === undefined) continue;
    const keepers = before.flatMap(({ where, bindings }) =>
      bindings.filter(({ keeps }) => keeps === lost).map((binding) => ({ where, ...binding })),
    );
    const taker = wishes.find((wish) => keepers.some((keeper) => isSame(keeper, wish)));
    if (taker !== undefined)
      return { wish: taker, reason: `"${taker.action}" needs a key: without it there is no way to ${lost}` };
    const keys = keepers.flatMap((keeper) => keeper.keys);
    const cover = wishes.find(
      (wish) => places.some((where) => where === wish.where) && wish.keys.some((key) => keys.includes(key)),
    );
    if (cover !== undefined)
      return {
        wish: cover,
        reason: `"${cover.action}" has the last key there to ${lost}; give it another one`,
      };
  }
  return undefined;
}

function keptIn(keymap: Keymap, places: readonly Where[]): Set<string> {
  const kept = new Set<string>();
  for (const { where, bindings } of keymap) {
    if (!places.includes(where)) continue;
    for (const { keeps, keys, action } of bindings)
      if (keeps !== undefined && keys.some((key) => findAction(keymap, key, places) === action))
        kept.add(keeps);
  }
  return kept;
}
