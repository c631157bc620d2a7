// The patch grammar, in tables: what is read, what is forgiven, what is refused.
import { describe, expect, it } from 'vitest';
import { type PatchOperation, readPatch } from '../../source/tools/patch/read-patch.ts';

const wrap = (...lines: string[]): string => ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');
const hunk = (lines: string[], anchors: string[] = [], atEnd = false) => ({
  anchors,
  atEnd,
  lines: lines.map((line) => ({ sign: line[0], text: line.slice(1) })),
});
const update = (path: string, ...hunks: ReturnType<typeof hunk>[]) => [{ kind: 'update', path, hunks }];

describe('readPatch reads', () => {
  const cases: [string, string, unknown][] = [
    [
      'an added file',
      wrap('*** Add File: a b.txt', '+one', '+', '+ two'),
      [{ kind: 'add', path: 'a b.txt', lines: ['one', '', ' two'] }],
    ],
    ['an empty added file', wrap('*** Add File: a'), [{ kind: 'add', path: 'a', lines: [] }]],
    ['a deleted file', wrap('*** Delete File: a'), [{ kind: 'delete', path: 'a' }]],
    [
      'a hunk with context',
      wrap('*** Update File: a', '@@', ' x', '-y', '+z'),
      update('a', hunk([' x', '-y', '+z'])),
    ],
    [
      'several hunks',
      wrap('*** Update File: a', '@@', '-a', '@@ f()', '-b'),
      update('a', hunk(['-a']), hunk(['-b'], ['f()'])),
    ],
    [
      'stacked anchors',
      wrap('*** Update File: a', '@@ class A', '@@   def f', '-b'),
      update('a', hunk(['-b'], ['class A', '  def f'])),
    ],
    [
      'the end of the file',
      wrap('*** Update File: a', '@@', '+b', '*** End of File'),
      update('a', hunk(['+b'], [], true)),
    ],
    [
      'a hunk after the end of the file',
      wrap('*** Update File: a', '@@', '+b', '*** End of File', '@@', '-c'),
      update('a', hunk(['+b'], [], true), hunk(['-c'])),
    ],
    [
      'a move with changes',
      wrap('*** Update File: a', '*** Move to: b', '@@', '-c'),
      [{ kind: 'update', path: 'a', moveTo: 'b', hunks: [hunk(['-c'])] }],
    ],
    [
      'a move alone',
      wrap('*** Update File: a', '*** Move to: b'),
      [{ kind: 'update', path: 'a', moveTo: 'b', hunks: [] }],
    ],
    [
      'context that looks like a header',
      wrap('*** Update File: a', '@@', ' *** Delete File: b', '-c'),
      update('a', hunk([' *** Delete File: b', '-c'])),
    ],
  ];
  it.each(cases)('%s', (_, patch, operations) => expect(readPatch(patch)).toEqual(operations));
});

describe('readPatch forgives', () => {
  const plain = update('a', hunk([' x', '-y']));
  const cases: [string, string, unknown][] = [
    [
      'space around the markers',
      '\n  *** Begin Patch  \n *** Update File:   a  \n@@ \n x\n-y\n *** End Patch \n',
      plain,
    ],
    ['a heredoc', `<<'EOF'\n${wrap('*** Update File: a', '@@', ' x', '-y')}\nEOF`, plain],
    ['a code fence', `\`\`\`\n${wrap('*** Update File: a', '@@', ' x', '-y')}\n\`\`\`\n`, plain],
    ['a missing first @@', wrap('*** Update File: a', ' x', '-y'), plain],
    ['line numbers of a unified diff', wrap('*** Update File: a', '@@ -1,2 +1,2 @@', ' x', '-y'), plain],
    [
      'an anchor between two @@',
      wrap('*** Update File: a', '@@ f() @@', '-y'),
      update('a', hunk(['-y'], ['f()'])),
    ],
    ['carriage returns', wrap('*** Update File: a', '@@', ' x', '-y').replaceAll('\n', '\r\n'), plain],
    [
      'context lines without their space',
      wrap('*** Update File: a', '@@', ' x', '', '-y'),
      update('a', hunk([' x', ' ', '-y'])),
    ],
    [
      'blank lines between files',
      wrap('', '*** Add File: a', '+x', '', '+y', '', '*** Delete File: b', ''),
      [
        { kind: 'add', path: 'a', lines: ['x', '', 'y'] },
        { kind: 'delete', path: 'b' },
      ],
    ],
  ];
  it.each(cases)('%s', (_, patch, operations) =>
    expect(readPatch(patch)).toEqual(operations as PatchOperation[]),
  );
});

describe('readPatch refuses', () => {
  const cases: [string, string, RegExp][] = [
    ['a text that is no patch', 'hello', /no line `\*\*\* Begin Patch`/],
    [
      'a patch that was cut off',
      '*** Begin Patch\n*** Add File: a\n+x',
      /no line `\*\*\* End Patch`.*cut off/,
    ],
    ['an empty patch', wrap(), /changes no file/],
    [
      'an unknown operation',
      wrap('*** Rename File: a'),
      /Line 2 of the patch: `\*\*\* Rename File: a` is not one of/,
    ],
    ['a missing path', wrap('*** Delete File: '), /Line 2 of the patch: the path is missing/],
    [
      'an added line without plus',
      wrap('*** Add File: a', '+x', 'y'),
      /Line 4 of the patch, in a: .*`y` does not/,
    ],
    ['an update without lines', wrap('*** Update File: a'), /the update of a has no lines/],
    ['a hunk without lines', wrap('*** Update File: a', '@@ f()'), /this one has none/],
    [
      'a hunk line without sign',
      wrap('*** Update File: a', '@@', ' x', 'y'),
      /Line 5 of the patch, in a: .*`y` does not/,
    ],
    [
      'a header without a path to move to',
      wrap('*** Update File: a', '*** Move to: '),
      /path to move to is missing/,
    ],
  ];
  it.each(cases)('%s', (_, patch, message) => expect(() => readPatch(patch)).toThrow(message));
});
