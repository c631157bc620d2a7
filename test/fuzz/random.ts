// Chance that can be had again: everything follows from one seed.

export interface Random {
  /** From 0 up to, without, `limit`. */
  below(limit: number): number;
  between(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of the makers, by its weight. */
  weigh<T>(makers: readonly (readonly [weight: number, make: () => T])[]): T;
  /** Up to `most` of what is made. */
  some<T>(most: number, make: () => T): T[];
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const random: Random = {
    below: (limit) => Math.floor(next() * limit),
    between: (least, most) => least + random.below(most - least + 1),
    chance: (share) => next() < share,
    pick: (from) => {
      if (from.length === 0) throw new Error('nothing to pick from');
      return from[random.below(from.length)]!;
    },
    weigh: (makers) => {
      let rest = next() * makers.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, make] of makers) {
        rest -= weight;
        if (rest < 0) return make();
      }
      return makers.at(-1)![1]();
    },
    some: (most, make) => Array.from({ length: random.below(most + 1) }, make),
  };
  return random;
}
