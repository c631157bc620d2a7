// The composer as rows: wrapped, scrolled to the cursor, and never wider than the screen.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bufferOf, edit, emptyBuffer } from '../../../source/ui/editor.ts';
import { composerRows } from '../../../source/ui/parts/composer-rows.ts';
import { width as widthOf } from '../../../source/ui/text/width.ts';

const style = { mark: (text: string) => text, hint: 'say what' };

describe('composer', () => {
  test('it begins with its sign and asks while it is empty', () => {
    expect(composerRows(emptyBuffer, { width: 20, most: 3 }, style)).toEqual({
      rows: ['› say what'],
      cursor: { x: 2, y: 0 },
    });
  });

  test('long lines wrap at spaces and the cursor follows', () => {
    const { rows, cursor } = composerRows(bufferOf('make the slug shorter'), { width: 12, most: 5 }, style);
    expect(rows).toEqual(['› make the ', '  slug ', '  shorter']);
    expect(cursor).toEqual({ x: 9, y: 2 });
  });

  test('the space behind a full row does not begin the next one', () => {
    const { rows, cursor } = composerRows(bufferOf('12345678 abc'), { width: 10, most: 5 }, style);
    expect(rows).toEqual(['› 12345678', '  abc']);
    expect(cursor).toEqual({ x: 5, y: 1 });
  });

  test('behind a full row the cursor stands where the next character will', () => {
    const { rows, cursor } = composerRows(bufferOf('12345678'), { width: 10, most: 5 }, style);
    expect(rows).toEqual(['› 12345678', '  ']);
    expect(cursor).toEqual({ x: 2, y: 1 });
  });

  test('of many lines those around the cursor are shown', () => {
    const text = Array.from({ length: 50 }, (_, line) => `line ${line}`).join('\n');
    const end = composerRows(bufferOf(text), { width: 20, most: 3 }, style);
    expect(end.rows).toEqual(['› line 47', '  line 48', '  line 49']);
    const start = composerRows(
      edit(bufferOf(text), { kind: 'move', to: 'start' }),
      { width: 20, most: 3 },
      style,
    );
    expect(start.rows).toEqual(['› line 0', '  line 1', '  line 2']);
    expect(start.cursor).toEqual({ x: 2, y: 0 });
  });

  test('a line of megabytes costs no more than what is shown of it', () => {
    const { rows, cursor } = composerRows(bufferOf('word '.repeat(2_000_000)), { width: 80, most: 5 }, style);
    expect(rows).toHaveLength(5);
    expect(cursor.y).toBe(4);
  });

  test('no row is wider than the screen, and the cursor stands on one', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 4, max: 40 }),
        fc.integer({ min: 1, max: 6 }),
        (typed, width, most) => {
          const { rows, cursor } = composerRows(
            edit(emptyBuffer, { kind: 'insert', text: typed }),
            { width, most },
            style,
          );
          if (typed.trim() === '') return;
          expect(rows.length).toBeLessThanOrEqual(most);
          expect(cursor.y).toBeLessThan(rows.length);
          expect(cursor.x).toBeLessThan(width);
          for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
