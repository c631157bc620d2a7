// Editing text: what each key does to lines and cursor.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Buffer,
  bufferOf,
  edit,
  emptyBuffer,
  isEmpty,
  type Motion,
  type Operation,
  textOf,
} from '../../source/ui/editor.ts';

const motions: readonly Motion[] = [
  'left',
  'right',
  'up',
  'down',
  'word left',
  'word right',
  'line start',
  'line end',
  'start',
  'end',
];
const family = '👨‍👩‍👧‍👦';

function insert(text: string): Operation {
  return { kind: 'insert', text };
}

function apply(buffer: Buffer, ...operations: readonly Operation[]): Buffer {
  return operations.reduce(edit, buffer);
}

/** The text with `|` where the cursor is. */
function shown({ lines, row, column }: Buffer): string {
  return lines
    .map((line, at) => (at === row ? `${line.slice(0, column)}|${line.slice(column)}` : line))
    .join('\n');
}

describe('editor', () => {
  test.each<[string, Operation[], string]>([
    ['one two', [{ kind: 'move', to: 'word left' }], 'one |two'],
    ['one two', [{ kind: 'kill', to: 'word left' }], 'one |'],
    ['one two', [{ kind: 'kill', to: 'line start' }, insert('x'), { kind: 'yank' }], 'xone two|'],
    ['one\ntwo', [{ kind: 'move', to: 'up' }], 'one|\ntwo'],
    [
      'one\ntwo',
      [
        { kind: 'move', to: 'line start' },
        { kind: 'delete', to: 'left' },
      ],
      'one|two',
    ],
    [
      'one\ntwo',
      [
        { kind: 'move', to: 'start' },
        { kind: 'move', to: 'up' },
      ],
      '|one\ntwo',
    ],
    ['one\ntwo', [{ kind: 'kill', to: 'start' }, { kind: 'yank' }], 'one\ntwo|'],
    [
      `a${family}b`,
      [
        { kind: 'move', to: 'left' },
        { kind: 'delete', to: 'left' },
      ],
      'a|b',
    ],
    ['e\u0301', [{ kind: 'delete', to: 'left' }], '|'],
    [`${family}\nab`, [{ kind: 'move', to: 'up' }], `|${family}\nab`],
    [
      'ae\u0301b c',
      [
        { kind: 'move', to: 'start' },
        { kind: 'move', to: 'word right' },
      ],
      'ae\u0301b| c',
    ],
    ['\u0301x', [{ kind: 'move', to: 'start' }, insert('e')], 'e\u0301|x'],
    [
      'ax\u0301',
      [
        { kind: 'move', to: 'start' },
        { kind: 'move', to: 'right' },
        { kind: 'kill', to: 'line end' },
        insert('-'),
        { kind: 'move', to: 'start' },
        { kind: 'delete', to: 'right' },
      ],
      '|-',
    ],
    [
      'e\n\u0301x',
      [
        { kind: 'move', to: 'line start' },
        { kind: 'delete', to: 'left' },
      ],
      'e\u0301|x',
    ],
  ])('%j after its keys', (text, operations, after) => {
    expect(shown(apply(bufferOf(text), ...operations))).toBe(after);
  });

  test('typed characters are undone together, other changes one by one', () => {
    const typed = apply(emptyBuffer, insert('a'), insert('b'), { kind: 'delete', to: 'left' }, insert('c'));
    const undo = { kind: 'undo' } as const;
    const steps = [1, 2, 3, 4].map((count) => textOf(apply(typed, ...Array(count).fill(undo))));
    expect(steps).toEqual(['a', 'ab', '', '']);
    expect(textOf(apply(typed, undo, undo, undo, { kind: 'redo' }))).toBe('ab');
  });

  test('pasted line ends become lines and control characters go', () => {
    expect(apply(emptyBuffer, insert('two\rlines\r\nand\ta tab\x1b[31m\x07')).lines).toEqual([
      'two',
      'lines',
      'and  a tab[31m',
    ]);
  });

  test('a paste of ten megabytes can be edited', () => {
    const line = `${'x'.repeat(79)}\n`;
    const many = apply(emptyBuffer, insert(line.repeat(130_000)), { kind: 'move', to: 'up' }, insert('y'), {
      kind: 'undo',
    });
    expect(many.lines.length).toBe(130_001);
    const one = apply(
      emptyBuffer,
      insert('x'.repeat(10_000_000)),
      { kind: 'move', to: 'left' },
      { kind: 'kill', to: 'word left' },
    );
    expect(textOf(one)).toBe('x');
  });

  test('whatever is done, the cursor stays on a grapheme of the text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((each) => each.replace(/x/g, '\n'));
    const operation = fc.oneof(
      text.map(insert),
      fc.constantFrom<Operation>({ kind: 'yank' }, { kind: 'undo' }, { kind: 'redo' }),
      fc
        .tuple(fc.constantFrom('move', 'delete', 'kill'), fc.constantFrom(...motions))
        .map(([kind, to]) => ({ kind, to }) as Operation),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 30 }), (operations) => {
        const { lines, row, column } = apply(emptyBuffer, ...operations);
        const line = lines[row];
        expect(line).toBeDefined();
        const starts = [...new Intl.Segmenter().segment(line ?? '')].map((part) => part.index);
        expect([...starts, line?.length]).toContain(column);
      }),
    );
  });

  test('deleting everything leaves an empty buffer', () => {
    expect(isEmpty(apply(bufferOf('some\ntext'), { kind: 'delete', to: 'start' }))).toBe(true);
  });
});
