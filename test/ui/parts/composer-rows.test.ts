// The composer as rows: wrapped, scrolled to the cursor, and never wider than the screen.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pasteOf } from '../../../source/ui/editing/chips.ts';
import { rowPlace } from '../../../source/ui/editing/rows.ts';
import { type Buffer, bufferOf, edit, emptyBuffer } from '../../../source/ui/editor.ts';
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
    expect(start.rows).toEqual(['› line 0', '  line 1', '↓ line 2']);
    expect(start.cursor).toEqual({ x: 2, y: 0 });
  });

  test('rows below the cursor stay in sight', () => {
    const text = Array.from({ length: 50 }, (_, line) => `line ${line}`).join('\n');
    const middle = { ...bufferOf(text), row: 20, column: 0 };
    expect(composerRows(middle, { width: 20, most: 6 }, style)).toEqual({
      rows: ['› line 17', '  line 18', '  line 19', '  line 20', '  line 21', '↓ line 22'],
      cursor: { x: 2, y: 3 },
    });
  });

  test('a chip is drawn as its label, in its own style, and cut where it does not fit', () => {
    const paste = pasteOf('x\n'.repeat(119));
    const draft = edit(edit(bufferOf('see '), { kind: 'attach', chip: paste }), {
      kind: 'insert',
      text: '!',
    });
    const styled = { ...style, chip: (text: string) => `<${text}>` };
    expect(composerRows(draft, { width: 40, most: 3 }, styled)).toEqual({
      rows: ['› see <[pasted 120 lines]>!'],
      cursor: { x: 25, y: 0 },
    });
    expect(composerRows(draft, { width: 12, most: 3 }, styled).rows).toEqual([
      '› see ',
      '  <[pasted 1…>',
      '  !',
    ]);
  });

  test('what was searched for is marked', () => {
    const styled = { ...style, found: (text: string) => `<${text}>` };
    const { rows } = composerRows(bufferOf('make the slug shorter'), { width: 12, most: 5 }, styled, {
      row: 0,
      from: 7,
      to: 11,
    });
    expect(rows).toEqual(['› make th<e >', '  <sl>ug ', '  shorter']);
  });

  test('up and down go by rows, keep their cell, and end at the first and the last row', () => {
    const draft = bufferOf('make the slug shorter\n日本語\nab');
    const steps: string[] = [];
    const walk = (from: Buffer, by: 1 | -1): Buffer => {
      let at = from;
      for (;;) {
        const aim = at.last?.kind === 'moving' ? at.last.aim : undefined;
        const next = rowPlace(at, by, 10, aim);
        if (next === undefined) return at;
        at = edit(at, { kind: 'go', ...next });
        steps.push(`${at.row}:${at.column}`);
      }
    };
    const top = walk(edit(edit(draft, { kind: 'move', to: 'start' }), { kind: 'move', to: 'line end' }), -1);
    expect(steps).toEqual(['0:13', '0:7']);
    steps.length = 0;
    walk(top, 1);
    expect(steps).toEqual(['0:13', '0:21', '1:3', '2:2']);
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
