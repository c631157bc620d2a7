// Samples to medians, medians to a table.

/** What was measured, its samples, the floor's samples, what the floor is. */
export type Row = readonly [
  what: string,
  samples: readonly number[],
  floor: readonly number[],
  floorIs: string,
];

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] =
    sorted.length % 2 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}

export function ratio([what, samples, floor, floorIs]: Row): string[] {
  const [measured, least] = [median(samples), median(floor)];
  return [
    what,
    measured.toFixed(1),
    least.toFixed(1),
    (measured / least).toFixed(2),
    `${samples.length}`,
    floorIs,
  ];
}

export function table(rows: readonly (readonly string[])[]): string {
  const all = [['what', 'hullspeed', 'floor', 'ratio', 'n', 'the floor is'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const isNumber = (column: number): boolean => column > 0 && column < 5;
  const cell = (text: string, column: number): string =>
    isNumber(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return all.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
