// Walking over blocks of rows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Blocks, distance, lastPage, start, take, walk } from '../../../source/ui/panes/scroll.ts';

function blocksOf(heights: readonly number[]): Blocks & { readonly flat: readonly string[] } {
  const rows = heights.map((height, block) => Array.from({ length: height }, (_, row) => `${block}.${row}`));
  return { count: rows.length, rows: (block) => rows[block] ?? [], flat: rows.flat() };
}

describe('scrolling', () => {
  test('the last page ends with the last row', () => {
    const blocks = blocksOf([2, 0, 3]);
    expect(take(blocks, lastPage(blocks, 4), 4)).toEqual(['0.1', '2.0', '2.1', '2.2']);
    expect(lastPage(blocks, 9)).toEqual(start);
  });

  test('only blocks that are passed are laid out', () => {
    const laid: number[] = [];
    const rows = (block: number): string[] => {
      laid.push(block);
      return ['a', 'b'];
    };
    const blocks: Blocks = { count: 1_000_000, rows };
    take(blocks, lastPage(blocks, 10), 10);
    expect(new Set(laid).size).toBe(5);
  });

  test('it is the same as walking over one list of rows', () => {
    const heights = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        heights,
        fc.array(fc.integer({ min: -9, max: 9 })),
        fc.integer({ min: 1, max: 6 }),
        (sizes, steps, height) => {
          const blocks = blocksOf(sizes);
          let position = start;
          let at = 0;
          for (const step of steps) {
            position = walk(blocks, position, step);
            at = Math.max(0, Math.min(blocks.flat.length, at + step));
            expect(take(blocks, position, height)).toEqual(blocks.flat.slice(at, at + height));
            expect(distance(blocks, position, { block: blocks.count, row: 0 })).toBe(blocks.flat.length - at);
          }
        },
      ),
    );
  });
});
