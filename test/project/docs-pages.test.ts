import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { printDocs } from '../../source/headless/docs.ts';
import { createDocsReader } from '../../source/project/docs-pages.ts';
import { readFrontMatter } from '../../source/project/front-matter.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hullspeed-docs-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const good = '---\nsummary: A page\nread_when: [one, "two"]\n---\n';

describe('front matter', () => {
  const cases: [string, string, object][] = [
    [
      'a list',
      '---\nsummary: A page\nread_when:\n  - one\n  - two\n---\n',
      { summary: 'A page', readWhen: ['one', 'two'] },
    ],
    ['an inline list', good, { summary: 'A page', readWhen: ['one', 'two'] }],
    [
      'quotes and CRLF',
      "---\r\nsummary: 'It''s'\r\nread_when: x\r\n---\r\n",
      { summary: "It's", readWhen: ['x'] },
    ],
    ['none', '# Title\n', { readWhen: [], problem: 'missing front matter' }],
    ['not at the start', '\n---\nsummary: x\n---\n', { readWhen: [], problem: 'missing front matter' }],
    ['no end', '---\nsummary: x\n', { readWhen: [], problem: 'unterminated front matter' }],
    ['no summary', '---\nread_when: [x]\n---\n', { readWhen: ['x'], problem: 'summary key missing' }],
    [
      'an empty one',
      '---\nsummary:\nread_when: [x]\n---\n',
      { readWhen: ['x'], problem: 'summary is empty' },
    ],
    [
      'no read_when',
      '---\nsummary: x\n---\n',
      { summary: 'x', readWhen: [], problem: 'read_when is missing or empty' },
    ],
    ['an empty block', '---\n---\n', { readWhen: [], problem: 'summary key missing' }],
    [
      'what docs-list takes and YAML does not',
      '---\nsummary: Setup: do it\nread_when:\n  - a: b: c\n  - two\n---\n',
      {
        summary: 'Setup: do it',
        readWhen: ['a: b: c', 'two'],
        problem: expect.stringMatching(/^broken front matter/),
      },
    ],
    [
      'controls',
      '---\nsummary: "a\\e[31mb\\u202e</hullspeed>"\nread_when: [x]\n---\n',
      { summary: 'ab‹/hullspeed>', readWhen: ['x'] },
    ],
  ];
  test.each(cases)('with %s', async (_, text, read) => expect(await readFrontMatter(text)).toEqual(read));

  test('never throws, and its parts stay in bounds', async () => {
    const piece = fc.constantFrom(
      'summary:',
      'read_when:',
      ' - ',
      '\n',
      '&a ',
      '*a',
      '[',
      '{',
      '"',
      '!!js ',
      '<<: ',
      '|',
      'x'.repeat(500),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string())), async (pieces) => {
        const { summary = '', readWhen } = await readFrontMatter(`---\n${pieces.join('')}\n---\n`);
        return summary.length <= 300 && readWhen.length <= 12 && readWhen.every((each) => each.length <= 160);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the pages', () => {
  test('are those of the folders, without what is put away, hidden, or elsewhere behind a link', async () => {
    write('docs/b.md', good);
    write('docs/sub/a.md', good);
    for (const path of [
      'docs/archive/x.md',
      'docs/research/x.md',
      'docs/.hidden/x.md',
      'docs/notes.txt',
      'other/x.md',
    ])
      write(path, good);
    writeFileSync(join(dirname(root), 'secret.md'), good);
    symlinkSync(join(dirname(root), 'secret.md'), join(root, 'docs/link.md'));
    symlinkSync('b.md', join(root, 'docs/again.md'));
    symlinkSync('.', join(root, 'docs/round'));
    const paths = (await createDocsReader(root, ['docs/**/*.md', '../**/*.md'])()).map(({ path }) => path);
    expect(paths).toEqual(['docs/again.md', 'docs/b.md', 'docs/sub/a.md']);
    expect((await createDocsReader(root, ['other/*.md'])()).map(({ path }) => path)).toEqual(['other/x.md']);
    rmSync(join(dirname(root), 'secret.md'));
  });

  test('are read by their start alone, and where there is no folder there are none', async () => {
    write('docs/long.md', `${good}${'é'.repeat(100_000)}`);
    write('docs/late.md', `---\n${'# x\n'.repeat(3_000)}summary: late\n---\n`);
    expect((await createDocsReader(root, ['docs/**/*.md'])()).map(({ problem }) => problem)).toEqual([
      'unterminated front matter',
      undefined,
    ]);
    expect(await createDocsReader(root, ['gone/**'])()).toEqual([]);
  });

  test('are read again only where their files have changed, and are the same list as long as they say the same', async () => {
    for (const name of ['a', 'b', 'c']) write(`docs/${name}.md`, good);
    const read = createDocsReader(root, ['docs/**/*.md']);
    const first = await read();
    expect(await read()).toBe(first);
    write('docs/b.md', `${good}more`);
    expect(await read()).toBe(first);
    write('docs/b.md', good.replace('A page', 'Another'));
    rmSync(join(root, 'docs/c.md'));
    write('docs/d.md', good);
    write('notes.md', good);
    // The caller knows what has changed, and is believed.
    const partly = await read(['docs/b.md', 'notes.md', 'docs/archive/x.md', '../docs/x.md']);
    expect(partly.map(({ path, summary }) => `${path} ${summary}`)).toEqual([
      'docs/a.md A page',
      'docs/b.md Another',
      'docs/c.md A page',
    ]);
    expect(partly[0]).toBe(first[0]);
    expect((await read()).map(({ path }) => path)).toEqual(['docs/a.md', 'docs/b.md', 'docs/d.md']);
    expect((await read(['docs/a.md', 'docs/new.md'])).map(({ path }) => path)).toEqual([
      'docs/a.md',
      'docs/b.md',
      'docs/d.md',
    ]);
  });

  test('are listed as docs-list does, and checked with an exit code', () => {
    const pages = [
      { path: 'docs/a.md', summary: 'A', readWhen: ['x', 'y'] },
      { path: 'docs/b.md', readWhen: [], problem: 'missing front matter' },
    ];
    const print = (check: boolean, json = false, shown = pages): [number, string] => {
      const out: string[] = [];
      const stdout = { write: (text: string) => out.push(text) } as never;
      return [printDocs({ pages: shown, folders: ['docs/**/*.md'], check, json, stdout }), out.join('')];
    };
    expect(print(false)).toEqual([
      0,
      'docs/a.md - A\n  Read when: x; y\ndocs/b.md - [missing front matter]\n',
    ]);
    expect(print(true)).toEqual([1, 'docs/b.md - [missing front matter]\n']);
    expect(print(true, false, pages.slice(0, 1))).toEqual([0, 'one page has a summary and read_when\n']);
    expect(print(true, true)).toEqual([
      1,
      '{"path":"docs/b.md","readWhen":[],"problem":"missing front matter"}\n',
    ]);
    expect(print(false, false, [])).toEqual([0, 'there are no pages (*.md) in docs/**/*.md\n']);
  });

  test('of this project have all that they should', async () => {
    const own = await createDocsReader(join(import.meta.dirname, '../..'), ['docs/**/*.md'])();
    expect([own.length > 5, own.filter(({ problem }) => problem !== undefined)]).toEqual([true, []]);
  });
});
