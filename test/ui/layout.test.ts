// Where everything stands, at every size that a terminal can have.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Area, type Layout, layOut, panes, type Rect, smallest } from '../../source/ui/layout.ts';

const usual = { pane: 'conversation', zoomed: false, composerRows: 1 } as const;

function areasOf(layout: Layout): Area[] {
  if (layout.kind === 'too small') return [];
  return layout.kind === 'single' ? [layout.area] : Object.values(layout.panes);
}

function rectsOf(layout: Layout): Rect[] {
  if (layout.kind === 'too small') return [];
  const { line, composer, status } = layout.foot;
  return [...areasOf(layout).flatMap((area) => [area.title, area.body]), line, composer, status];
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('layout', () => {
  test.each([
    [200, 60, 'wide'],
    [100, 24, 'wide'],
    [99, 24, 'medium'],
    [100, 23, 'medium'],
    [60, 20, 'medium'],
    [59, 20, 'single'],
    [60, 19, 'single'],
    [40, 12, 'single'],
    [39, 12, 'too small'],
    [40, 11, 'too small'],
    [1, 1, 'too small'],
  ])('%d columns and %d rows are %s', (columns, rows, kind) => {
    expect(layOut(columns, rows, usual).kind).toBe(kind);
  });

  test('a zoomed pane takes all the room, whatever the size', () => {
    const layout = layOut(200, 60, { ...usual, pane: 'tests', zoomed: true });
    expect(layout).toMatchObject({
      kind: 'single',
      pane: 'tests',
      area: { body: { width: 200, height: 56 } },
    });
  });

  test('at any size everything lies on the screen, has room, and covers nothing else', () => {
    const size = fc.integer({ min: 1, max: 500 });
    const arrangement = fc.record({
      pane: fc.constantFrom(...panes),
      zoomed: fc.boolean(),
      composerRows: fc.integer({ min: 0, max: 50 }),
    });
    fc.assert(
      fc.property(size, size, arrangement, (columns, rows, arranged) => {
        const layout = layOut(columns, rows, arranged);
        expect(layout.kind === 'too small').toBe(columns < smallest.columns || rows < smallest.rows);
        const rects = rectsOf(layout);
        for (const { x, y, width, height } of rects) {
          expect(x >= 0 && y >= 0 && width > 0 && height > 0).toBe(true);
          expect(x + width <= columns && y + height <= rows).toBe(true);
        }
        for (const [index, rect] of rects.entries())
          for (const other of rects.slice(index + 1)) expect(overlap(rect, other)).toBe(false);
      }),
    );
  });
});
