// What a word may become, from lists that are read in the background.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createFinder, type Matches } from '../../../source/ui/completion/finder.ts';
import { createShortlist, SLICE } from '../../../source/ui/completion/shortlist.ts';
import { tokenAt } from '../../../source/ui/completion/token.ts';
import { bufferOf, edit, emptyBuffer } from '../../../source/ui/editor.ts';

describe('the word that is completed', () => {
  test.each([
    ['@', { kind: 'file', query: '', column: 0 }],
    ['see @sou', { kind: 'file', query: 'sou', column: 4 }],
    ['see (@../lib/x', { kind: 'file', query: '../lib/x', column: 5 }],
    ['日本 @語', { kind: 'file', query: '語', column: 3 }],
    ['me@example.com', undefined],
    ['see @a b', undefined],
    ['/', { kind: 'word', query: '', column: 0 }],
    ['/com', { kind: 'word', query: 'com', column: 0 }],
    ['/tmp/x', undefined],
    ['see /com', undefined],
    ['', undefined],
  ])('of %j is %j', (text, token) => {
    expect(tokenAt(edit(emptyBuffer, { kind: 'insert', text }))).toEqual(token);
  });

  test('is none where the cursor was only moved to it, or a prompt came back', () => {
    const typed = edit(emptyBuffer, { kind: 'insert', text: '@a b' });
    const moved = edit(edit(typed, { kind: 'move', to: 'left' }), { kind: 'move', to: 'left' });
    expect(tokenAt(moved)).toBeUndefined();
    expect(tokenAt(bufferOf('@a'))).toBeUndefined();
    expect(tokenAt(edit(moved, { kind: 'delete', to: 'left' }))).toEqual({
      kind: 'file',
      query: '',
      column: 0,
    });
  });
});

describe('paths', () => {
  const paths = [
    'docs/slug.md',
    'source/slug.ts',
    'source/text/slug-case.ts',
    'source/lug/s.ts',
    'readme.md',
  ];
  const best = (query: string): string[] => {
    const list = createShortlist(paths, query);
    while (!list.step());
    return list.best().map(({ path }) => path);
  };

  test('are ranked: names before folders, whole words before letters', () => {
    expect(best('slug').slice(0, 3)).toEqual(expect.arrayContaining(paths.slice(0, 3)));
    expect(best('slug')).toHaveLength(4);
    expect(best('READ')).toEqual(['readme.md']);
    expect(best('souslug')[0]).toBe('source/slug.ts');
    expect(best('xyz')).toEqual([]);
    expect(best('rems')).toEqual([]);
    expect(best('')).toEqual(paths);
  });

  test('of a hundred thousand, one slice is looked at at a time', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `folder-${at % 100}/file-${at}.ts`);
    const list = createShortlist([...many, 'source/needle.ts'], 'needle');
    let slices = 1;
    while (!list.step()) slices++;
    expect(slices).toBe(Math.ceil(100_001 / SLICE));
    expect(list.best().map(({ path }) => path)).toEqual(['source/needle.ts']);
  });
});

describe('the finder', () => {
  const lists: Record<string, string[]> = {
    '': ['source/cli.ts', 'source/args.ts'],
    lib: ['source/parser.ts'],
  };
  let now = 0;
  const texts = ({ candidates }: Matches): string[] => candidates.map(({ text }) => text);
  const start = () => {
    const asked: string[] = [];
    let requests = 0;
    const repository = {
      files: async (name = '') => {
        asked.push(`files ${name}`);
        return lists[name] ?? [];
      },
      siblings: async () => {
        asked.push('siblings');
        return ['lib', 'my app'];
      },
    };
    const finder = createFinder(
      repository,
      () => requests++,
      () => now,
      ['cloud-notes'],
    );
    const find = (query: string) => finder.find({ kind: 'file', query, column: 0 });
    return { find, asked, requests: () => requests };
  };

  test('offers nothing before the list is read, then says that there is something', async () => {
    const { find, requests } = start();
    expect(find('cli')).toEqual({ candidates: [], pending: true });
    await setImmediate();
    expect(requests()).toBeGreaterThan(0);
    expect(find('cli')).toEqual({
      candidates: [
        { text: 'source/cli.ts', marks: [7, 8, 9] },
        { text: '../lib/', marks: expect.anything(), goesOn: true },
      ].slice(0, 1),
      pending: false,
    });
  });

  test('offers the projects that the config names, by how their names begin', async () => {
    const { find } = start();
    find('clo');
    await setImmediate();
    expect(find('Clo').candidates[0]).toEqual({ text: '@cloud-notes', marks: [1, 2, 3] });
    expect(texts(find('notes'))).not.toContain('@cloud-notes');
  });

  test('offers projects beside this one, and their files', async () => {
    const { find } = start();
    find('../');
    await setImmediate();
    expect(texts(find('../'))).toEqual(['../lib/', '../my app/']);
    expect(texts(find('../app'))).toEqual(['../my app/']);
    find('li');
    find('../lib/');
    await setImmediate();
    expect(texts(find('li'))).toEqual(['source/cli.ts', '../lib/']);
    expect(texts(find('../lib/pars'))).toEqual(['../lib/source/parser.ts']);
  });

  test('reads a list again when it is old, and has the old one meanwhile', async () => {
    const { find, asked } = start();
    find('new');
    await setImmediate();
    find('new');
    expect(asked).toEqual(['files ', 'siblings']);
    lists[''] = ['source/cli.ts', 'source/new.ts'];
    now += 6_000;
    expect(texts(find('new'))).toEqual([]);
    await setImmediate();
    expect(texts(find('new'))).toEqual(['source/new.ts']);
  });

  test('goes on between frames where there are many files', async () => {
    lists[''] = Array.from({ length: 3 * SLICE }, (_, at) => `a/${at}.ts`).concat('needle.ts');
    const { find } = start();
    find('needle');
    await setImmediate();
    expect(find('needle')).toEqual({ candidates: [], pending: true });
    await expect.poll(() => find('needle').pending).toBe(false);
    expect(texts(find('needle'))).toEqual(['needle.ts']);
  });
});
