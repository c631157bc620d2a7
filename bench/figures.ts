// A row of the table: samples beside their floor, and the one figure of it that can be held against another run's.

export interface Row {
  /** With its unit: its name in the table and in the baseline. */
  readonly what: string;
  /**
   * A time is held against its floor, so that a slower machine is no regression; what is counted or weighed stands for
   * itself. Weights have noise (how much falls into one frame), counts have none.
   */
  readonly kind: 'time' | 'weight' | 'count';
  readonly samples: readonly number[];
  readonly floor?: { readonly samples: readonly number[]; readonly is: string };
}

/** What is compared between runs, and its standard error, in the same unit: a ratio for times. Less is better. */
export interface Figure {
  readonly value: number;
  readonly spread: number;
}

export function time(
  what: string,
  samples: readonly number[],
  floor: readonly number[],
  floorIs: string,
): Row {
  return { what, kind: 'time', samples, floor: { samples: floor, is: floorIs } };
}

/** Bytes of any kind: what is written, what is kept in memory. */
export function weight(
  what: string,
  samples: readonly number[],
  floor?: readonly number[],
  floorIs = '',
): Row {
  return { what, kind: 'weight', samples, ...(floor && { floor: { samples: floor, is: floorIs } }) };
}

/** A number that is the same in each run. */
export function count(what: string, counted: number): Row {
  return { what, kind: 'count', samples: [counted] };
}

/** NaN where something could not be measured. */
export function figureOf({ kind, samples, floor }: Row): Figure {
  const measured = median(samples);
  const share = standardError(samples) / (measured || 1);
  if (kind !== 'time' || floor === undefined) return { value: measured, spread: measured * share };
  const least = median(floor.samples);
  const value = measured / least;
  return { value, spread: value * Math.hypot(share, standardError(floor.samples) / least) };
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** Of the median, told from the quartiles, so that a few outliers of a busy machine do not count. */
function standardError(samples: readonly number[]): number {
  if (samples.length < 2) return 0;
  // Of a normal distribution: quartiles stand 1.349 standard deviations apart, and a median errs by 1.2533 of them a root.
  const deviation = (quantile(samples, 0.75) - quantile(samples, 0.25)) / 1.349;
  return (1.2533 * deviation) / Math.sqrt(samples.length);
}

export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  return low + ((sorted[Math.ceil(at)] ?? Number.NaN) - low) * (at % 1);
}
