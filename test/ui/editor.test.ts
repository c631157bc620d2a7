// Editing text: what each key does to lines and cursor.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelOf, pasteOf } from '../../source/ui/editing/chips.ts';
import type { Motion } from '../../source/ui/editing/motion.ts';
import {
  type Buffer,
  bufferOf,
  cleared,
  edit,
  emptyBuffer,
  isEmpty,
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
  'blank word left',
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
function shown({ lines, row, column, chips }: Buffer): string {
  const text = lines
    .map((line, at) => (at === row ? `${line.slice(0, column)}|${line.slice(column)}` : line))
    .join('\n');
  return [...chips].reduce((all, [mark, chip]) => all.replaceAll(mark, labelOf(chip)), text);
}

const undo = { kind: 'undo' } as const;
const yank = { kind: 'yank' } as const;
const kill = (to: Motion): Operation => ({ kind: 'kill', to });
const move = (to: Motion): Operation => ({ kind: 'move', to });
const erase = (to: Motion): Operation => ({ kind: 'delete', to });
const pasted: Operation = { kind: 'attach', chip: pasteOf('one\ntwo') };

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

  test('undo takes back a word with the spaces behind it, or a burst of deletions', () => {
    const keys = [...'fix the  slug'].map(insert);
    const typed = apply(emptyBuffer, ...keys, erase('left'), erase('left'), insert('o'));
    const steps = [0, 1, 2, 3, 4, 5].map((count) => textOf(apply(typed, ...Array(count).fill(undo))));
    expect(steps).toEqual(['fix the  slo', 'fix the  sl', 'fix the  slug', 'fix the  ', 'fix ', '']);
    expect(textOf(apply(typed, undo, undo, undo, { kind: 'redo' }))).toBe('fix the  slug');
  });

  test('what is typed elsewhere is a step of its own', () => {
    const typed = apply(emptyBuffer, insert('b'), move('line start'), insert('a'));
    expect(textOf(apply(typed, undo))).toBe('b');
  });

  test('a cleared draft comes back with undo, one that was sent does not', () => {
    expect(textOf(apply(bufferOf('a draft'), { kind: 'clear' }, undo))).toBe('a draft');
    expect(textOf(apply(cleared(bufferOf('a draft')), undo))).toBe('');
  });

  test.each<[string, Operation[], string]>([
    ['one two three', [kill('word left'), kill('word left'), yank], 'one two three|'],
    ['one two', [move('line start'), kill('word right'), kill('word right'), yank], 'one two|'],
    ['one two', [kill('word left'), kill('line start'), insert('x'), yank], 'xone two|'],
    ['one two', [kill('word left'), move('line start'), kill('word right'), yank], 'one| '],
    ['source/cli.ts -x', [kill('blank word left'), kill('blank word left'), yank], 'source/cli.ts -x|'],
    ['a source/cli.ts', [kill('blank word left')], 'a |'],
  ])('%j: kills in a row join and come back whole', (text, operations, after) => {
    expect(shown(apply(bufferOf(text), ...operations))).toBe(after);
  });

  test('older kills come back one after the other in place of the yank, and as one step of undo', () => {
    const older = { kind: 'yank older' } as const;
    const killed = apply(
      bufferOf('a b'),
      kill('word left'),
      move('left'),
      erase('right'),
      kill('line start'),
    );
    expect(shown(apply(killed, yank))).toBe('a|');
    expect(shown(apply(killed, yank, older))).toBe('b|');
    expect(shown(apply(killed, yank, older, older))).toBe('a|');
    expect(shown(apply(killed, yank, older, undo))).toBe('|');
    expect(shown(apply(killed, older))).toBe('|');
  });

  test('what was killed in one draft can be yanked in the next', () => {
    const killed = apply(emptyBuffer, insert('see '), pasted, kill('line start'));
    expect(shown(apply(cleared(killed), insert('- '), yank))).toBe('- see [pasted 2 lines]|');
  });

  test.each<[Operation[], string]>([
    [[insert('see '), pasted, insert(' end')], 'see [pasted 2 lines] end|'],
    [[insert('see '), pasted, move('left')], 'see |[pasted 2 lines]'],
    [[insert('see '), pasted, move('word left')], 'see |[pasted 2 lines]'],
    [
      [insert('see '), pasted, move('line start'), move('word right'), move('word right')],
      'see [pasted 2 lines]|',
    ],
    [
      [insert('see'), pasted, insert('x'), move('word left'), move('word left'), move('word left')],
      '|see[pasted 2 lines]x',
    ],
    [[insert('see '), pasted, erase('left')], 'see |'],
    [[insert('see '), pasted, erase('left'), undo], 'see [pasted 2 lines]|'],
    [[insert('see'), pasted, kill('blank word left')], 'see|'],
    [[insert('e'), pasted, insert('\u0301'), move('left')], 'e[pasted 2 lines]|\u0301'],
    [[insert('see '), pasted, insert('!'), move('left'), { kind: 'open' }], 'see one\ntwo|!'],
    [[insert('see '), pasted, move('left'), { kind: 'open' }, undo], 'see |[pasted 2 lines]'],
    [[insert('see '), { kind: 'open' }], 'see |'],
  ])('a chip is one character: case %#', (operations, after) => {
    expect(shown(apply(emptyBuffer, ...operations))).toBe(after);
  });

  test('a paste cannot bring chips, hidden characters or other directions', () => {
    expect(textOf(bufferOf('a\u{e01f0}b\u{e0041}c\u202ed'))).toBe('abcd');
  });

  test('pasted line ends become lines and control characters go', () => {
    expect(apply(emptyBuffer, insert('two\rlines\r\nand\ta tab\x1b[31m\x07')).lines).toEqual([
      'two',
      'lines',
      'and\ta tab[31m',
    ]);
  });

  test('half a character, which terminals draw and models refuse, becomes the sign for it', () => {
    expect(textOf(bufferOf('a\ud83d\ud83d\ude00\ude00'))).toBe('a\ufffd😀\ufffd');
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
      fc.constantFrom<Operation>(
        { kind: 'yank' },
        { kind: 'yank older' },
        { kind: 'undo' },
        { kind: 'redo' },
        { kind: 'open' },
        { kind: 'clear' },
        pasted,
      ),
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
