// Patches on real files: what they make of them, what stands in their way, and that nothing is ever half done.
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { structuredPatch } from 'diff';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ToolResult } from '../../source/engine/ports.ts';
import { applyPatch } from '../../source/tools/apply-patch.ts';

let top: string;
let root: string;

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'hullspeed-patch-'));
  root = join(top, 'project');
  await mkdir(root);
});
afterEach(() => rm(top, { recursive: true, force: true }));

const wrap = (...lines: string[]): string => ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');
const apply = (...lines: string[]): Promise<ToolResult> => applyPatch(wrap(...lines), { root, writable: [] });
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

async function tree(folder = root): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

describe('a patch', () => {
  it('adds, updates, moves and deletes files in one go', async () => {
    await write({ 'a.txt': 'one\ntwo\nthree\n', 'old.txt': 'x\ny\n', 'gone.txt': 'bye\n' });
    const result = await apply(
      '*** Add File: deep/er/new.txt',
      '+hello',
      '*** Update File: a.txt',
      '@@',
      ' one',
      '-two',
      '+2',
      '+2.5',
      ' three',
      '*** Update File: old.txt',
      '*** Move to: deep/moved.txt',
      '@@',
      '-y',
      '+z',
      '*** Delete File: gone.txt',
    );
    expect(result.outcome).toBe('ok');
    expect(result.output).toBe(
      'Success. Updated the following files:\nA deep/er/new.txt\nM a.txt\nD old.txt\nA deep/moved.txt (moved from old.txt)\nD gone.txt',
    );
    expect(
      result.files?.map(({ path, before, after, added, removed }) => [
        path,
        before?.toString(),
        after?.toString(),
        added,
        removed,
      ]),
    ).toEqual([
      ['deep/er/new.txt', undefined, 'hello\n', 1, 0],
      ['a.txt', 'one\ntwo\nthree\n', 'one\n2\n2.5\nthree\n', 2, 1],
      ['old.txt', 'x\ny\n', undefined, 0, 2],
      ['deep/moved.txt', undefined, 'x\nz\n', 2, 0],
      ['gone.txt', 'bye\n', undefined, 0, 1],
    ]);
    expect(await tree()).toEqual(['a.txt', 'deep', 'deep/er', 'deep/er/new.txt', 'deep/moved.txt']);
    expect(await read('a.txt')).toBe('one\n2\n2.5\nthree\n');
    expect(await read('deep/moved.txt')).toBe('x\nz\n');
  });

  it('may name the same file more than once', async () => {
    await write({ a: 'one\ntwo\n' });
    const result = await apply('*** Update File: a', '-one', '+1', '*** Update File: ./a', '-two', '+2');
    expect(result.files).toMatchObject([{ path: 'a', added: 2, removed: 2 }]);
    expect(await read('a')).toBe('1\n2\n');
  });

  it('replaces a file that it adds again, and says so', async () => {
    await write({ a: 'one\n' });
    expect((await apply('*** Add File: a', '+two')).output).toContain(
      'M a (replaced the file that was there)',
    );
    expect(await read('a')).toBe('two\n');
  });

  it('says when the files already are as it wants them', async () => {
    await write({ a: 'one\n' });
    const result = await apply('*** Add File: a', '+one');
    expect(result).toMatchObject({ outcome: 'ok', files: [] });
    expect(result.output).toContain('Nothing was changed');
  });

  it('moves a file that is not text', async () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0xfe);
    await write({ image: bytes });
    expect((await apply('*** Update File: image', '*** Move to: assets/image')).outcome).toBe('ok');
    expect(new Uint8Array(await readFile(join(root, 'assets/image')))).toEqual(bytes);
    expect(await tree()).toEqual(['assets', 'assets/image']);
  });

  it('keeps the mode of a file, also when it moves', async () => {
    await write({ 'run.sh': 'a\n', 'go.sh': 'b\n' });
    await chmod(join(root, 'run.sh'), 0o755);
    await chmod(join(root, 'go.sh'), 0o755);
    await apply('*** Update File: run.sh', '-a', '+b', '*** Update File: go.sh', '*** Move to: bin/go.sh');
    expect((await stat(join(root, 'run.sh'))).mode & 0o777).toBe(0o755);
    expect((await stat(join(root, 'bin/go.sh'))).mode & 0o777).toBe(0o755);
  });

  const texts: [string, string, string[], string][] = [
    ['keeps CRLF', 'one\r\ntwo\r\n', ['-two', '+2', '+3'], 'one\r\n2\r\n3\r\n'],
    [
      'keeps each line ending of a mixed file',
      'one\r\ntwo\nthree\n',
      ['-two', '+2', '+2.5'],
      'one\r\n2\n2.5\nthree\n',
    ],
    ['keeps a missing last line break', 'one\ntwo', ['-two', '+2'], 'one\n2'],
    ['keeps it when lines are appended', 'one\r\ntwo', [' two', '+three'], 'one\r\ntwo\r\nthree'],
    ['keeps the byte order mark', '\ufeffone\ntwo\n', ['-one', '+1'], '\ufeff1\ntwo\n'],
    ['fills an empty file', '', ['+one'], 'one\n'],
    ['empties a file', 'one\n', ['-one'], ''],
    ['appends lines that come without context', 'one\n', ['+two'], 'one\ntwo\n'],
    ['puts lines without context after their anchor', 'a\nf()\nb\n', ['@@ f()', '+c'], 'a\nf()\nc\nb\n'],
    [
      'appends at the end of the file in spite of an anchor',
      'a\nf()\nb\n',
      ['@@ f()', '+c', '*** End of File'],
      'a\nf()\nb\nc\n',
    ],
    ['finds a hunk at the end of the file', 'x\na\nx\n', ['-x', '+y', '*** End of File'], 'x\na\ny\n'],
    [
      'finds the second of two like places by its anchor',
      'f\n x\ng\n x\n',
      ['@@ g', '- x', '+ y'],
      'f\n x\ng\n y\n',
    ],
    [
      'follows stacked anchors',
      'A\n f\n  x\nB\n f\n  x\n',
      ['@@ B', '@@  f', '-  x', '+  y'],
      'A\n f\n  x\nB\n f\n  y\n',
    ],
    [
      'takes a part of a line as its anchor',
      'x\nexport function f() {\n x\n',
      ['@@ function f', '- x', '+ y'],
      'x\nexport function f() {\n y\n',
    ],
    [
      'forgives an anchor that is also the first context',
      'x\nf\nx\n',
      ['@@ f', ' f', '-x', '+y'],
      'x\nf\ny\n',
    ],
    ['searches each hunk after the one before', 'x\nx\nx\n', ['-x', '+1', '@@', '-x', '+2'], '1\n2\nx\n'],
    ['forgives trailing space', 'one  \ntwo\n', [' one', '-two', '+2'], 'one  \n2\n'],
    ['forgives indentation', '\tone\n\ttwo\n', [' one', '-  two', '+\t2'], '\tone\n\t2\n'],
    [
      'forgives look-alike punctuation',
      'say “hi” – it’s\u00a0me\ntwo\n',
      [' say "hi" - it\'s me', '-two', '+2'],
      'say “hi” – it’s\u00a0me\n2\n',
    ],
    ['prefers the exact place to a similar one before it', ' x\nx\n', ['-x', '+y'], ' x\ny\n'],
    [
      'forgives a blank line after a hunk',
      'one\ntwo\n',
      ['-one', '+1', '', '@@', '-two', '+2', ''],
      '1\n2\n',
    ],
  ];
  it.each(texts)('%s', async (_, before, lines, after) => {
    await write({ a: before });
    const result = await apply('*** Update File: a', ...lines);
    expect(result.output).toContain('Success');
    expect(await read('a')).toBe(after);
  });

  it('makes of any file what its edit made of it', async () => {
    const edit = fc.record({
      at: fc.nat(40),
      removed: fc.nat(3),
      added: fc.array(
        fc.constantFrom('', ' ', 'new', '+x', '@@', '*** End Patch', '*** End of File', '\t“q”'),
        { maxLength: 3 },
      ),
    });
    const input = fc.record({
      size: fc.nat(40),
      edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
      crlf: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(input, async ({ size, edits, crlf }) => {
        const before = Array.from({ length: size }, (_, index) => `line ${index}`);
        const after = [...before];
        for (const { at, removed, added } of edits)
          after.splice(Math.min(at, after.length), removed, ...added);
        fc.pre(after.join('\n') !== before.join('\n'));
        const end = crlf ? '\r\n' : '\n';
        const text = (lines: string[]): string => lines.map((line) => line + end).join('');
        const { hunks } = structuredPatch(
          'a',
          'a',
          before.map((line) => `${line}\n`).join(''),
          after.map((line) => `${line}\n`).join(''),
          '',
          '',
          { context: 3 },
        );
        await write({ a: text(before) });
        const result = await apply('*** Update File: a', ...hunks.flatMap((hunk) => ['@@', ...hunk.lines]));
        expect(result.output).toContain('Success');
        // A file that was empty has no line endings to keep.
        expect(await read('a')).toBe(size === 0 ? text(after).replaceAll('\r', '') : text(after));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a patch that does not fit changes nothing and says', () => {
  const cases: [string, string[], RegExp][] = [
    [
      'that the file is missing',
      ['*** Update File: b', '-x'],
      /b cannot be updated: there is no such file.*\*\*\* Add File: b/s,
    ],
    ['that there is nothing to delete', ['*** Delete File: b'], /b cannot be deleted: there is no such file/],
    ['that a folder is no file', ['*** Update File: folder', '-x'], /folder is a folder/],
    ['that a file is no folder', ['*** Add File: a/b', '+x'], /a is a file, not a folder/],
    [
      'which lines were looked for and what comes nearest',
      ['*** Update File: a', '@@', ' two', '-threeX', '+3'],
      /a, hunk 1 of 1: These lines were not found from line 1 on:\n {2}two\n {2}threeX\nThe nearest place in the file:\n2: two\n3: three\nNothing was changed\. Mend/,
    ],
    [
      'which of the hunks it was',
      ['*** Update File: a', '-one', '@@', '-nothing like it'],
      /a, hunk 2 of 2: These lines were not found from line 2 on:\n.*\nNothing in the file is like it; it has 4 lines/,
    ],
    [
      'that hunks are in the wrong order',
      ['*** Update File: a', '-three', '@@', '-one'],
      /They stand at line 1, before the previous hunk's end/,
    ],
    [
      'which anchor was not found',
      ['*** Update File: a', '@@ g()', '-one'],
      /The anchor after @@ was not found from line 1 on:\n {2}g\(\)/,
    ],
    [
      'that the lines are not the end of the file',
      ['*** Update File: a', '-one', '*** End of File'],
      /These lines were, as the end of the file, not found/,
    ],
    ['that a file is not text', ['*** Update File: image', '-x'], /image is not UTF-8 text/],
    ['where the grammar is broken', ['*** Update File: a', '@@', 'one'], /Line 6 of the patch, in a/],
  ];
  it.each(cases)('%s', async (_, lines, message) => {
    const content = 'one\ntwo\nthree\nfour\n';
    await write({ a: content, 'folder/x': '', image: Uint8Array.of(0xff, 0xfe, 0x00) });
    const result = await apply('*** Add File: first', '+x', ...lines);
    expect(result.outcome).toBe('failed');
    expect(result.output).toMatch(message);
    expect(result.files).toBeUndefined();
    expect(await read('a')).toBe(content);
    expect(await tree()).toEqual(['a', 'folder', 'folder/x', 'image']);
  });

  it('that a write failed, after putting back what was written before it', async () => {
    await write({ a: 'one\n', b: 'two\n' });
    await chmod(join(root, 'a'), 0o640);
    const tooLong = 'x'.repeat(300);
    const result = await apply(
      '*** Update File: a',
      '-one',
      '+1',
      '*** Delete File: b',
      '*** Add File: c/d',
      '+x',
      `*** Add File: ${tooLong}`,
      '+x',
    );
    expect(result.outcome).toBe('failed');
    expect(result.output).toMatch(/^The files could not be written: ENAMETOOLONG.*\. Nothing was changed\.$/);
    expect(await tree()).toEqual(['a', 'b']);
    expect([await read('a'), await read('b')]).toEqual(['one\n', 'two\n']);
    expect((await stat(join(root, 'a'))).mode & 0o777).toBe(0o640);
  });
});

describe('a path', () => {
  const refused: [string, RegExp][] = [
    ['../outside', /leads out of the project/],
    ['a/../../outside', /leads out of the project/],
    ['/etc/hullspeed-test', /leads out of the project/],
    ['.git/hooks/pre-commit', /git's own files/],
    ['sub/.GIT/config', /git's own files/],
    ['.g\u200dit/config', /git's own files/],
    ['to-git/config', /git's own files/],
    ['to-outside/x', /leads through a link out of the project/],
    ['to-secret', /leads through a link out of the project/],
    ['to-nothing', /a link to nowhere, where nothing is/],
    ['folder/', /names a folder/],
    ['.', /names a folder/],
    ['nul\0', /NUL/],
  ];
  it.each(refused)('%j is refused with the reason', async (path, reason) => {
    await write({ '.git/config': 'x\n', '../secret': 'x\n' });
    await symlink('.git', join(root, 'to-git'));
    await symlink('..', join(root, 'to-outside'));
    await symlink('../secret', join(root, 'to-secret'));
    await symlink('nowhere', join(root, 'to-nothing'));
    const before = await tree(top);
    for (const operation of [
      [`*** Add File: ${path}`, '+y'],
      [`*** Update File: ${path}`, '-x', '+y'],
      [`*** Delete File: ${path}`],
    ]) {
      const result = await apply(...operation);
      expect(result.outcome).toBe('failed');
      expect(result.output).toMatch(reason);
    }
    expect(await tree(top)).toEqual(before);
    expect(await readFile(join(top, 'secret'), 'utf8')).toBe('x\n');
  });

  it('that is absolute is refused with the relative one, when it is the project’s', async () => {
    expect((await apply(`*** Add File: ${root}/src/a`, '+x')).output).toContain(
      'it is absolute: write src/a',
    );
  });

  it('through a link inside the project changes what the link leads to', async () => {
    await write({ 'AGENTS.md': 'one\n' });
    await symlink('AGENTS.md', join(root, 'CLAUDE.md'));
    const result = await apply('*** Update File: CLAUDE.md', '-one', '+two');
    expect(result.files).toMatchObject([{ path: 'AGENTS.md' }]);
    expect(await read('AGENTS.md')).toBe('two\n');
    expect((await apply('*** Delete File: CLAUDE.md')).output).toContain('use rm');
  });

  it('may lead into a folder that is writable too, whose files are not the worktree’s', async () => {
    const sibling = join(top, 'sibling');
    await mkdir(sibling);
    const patch = wrap(
      '*** Add File: ../sibling/a',
      '+x',
      `*** Add File: ${sibling}/b`,
      '+y',
      '*** Add File: c',
      '+z',
    );
    const result = await applyPatch(patch, { root, writable: [sibling] });
    expect(result.files).toMatchObject([{ path: 'c' }]);
    expect(result.output).toContain('A ../sibling/a\nA ../sibling/b\nA c');
    expect(await tree(sibling)).toEqual(['a', 'b']);
    expect(
      (await applyPatch(wrap('*** Add File: ../sibling/.git/config', '+x'), { root, writable: [sibling] }))
        .outcome,
    ).toBe('failed');
  });
});
