import { describe, expect, test } from 'vitest';
import { changedDocs, hintAtDocs, listDocs, prepareDocs } from '../../source/engine/docs.ts';
import { type Context, emptyContext } from '../../source/session/context.ts';

describe('of more pages than fit', () => {
  const pages = Array.from({ length: 400 }, (_, nth) => ({
    path: `docs/page-${nth}.md`,
    summary: nth === 333 ? 'Sparkle changelogs' : `Something of no interest whatever, number ${nth}`,
    readWhen: ['never'],
  }));
  test('those nearest to the task come first, and the rest is counted', () => {
    const text = listDocs(pages, 'do the same for Sparkle changelogs');
    expect(text.length).toBeLessThan(8_600);
    expect(text.split('\n')[1]).toMatch(/^- docs\/page-333\.md/);
    expect(text).toMatch(/\n- and \d{3} more: `hullspeed docs` lists them\.$/);
  });
  const all = prepareDocs(pages);
  const given = (...texts: string[]): Context => ({
    ...emptyContext,
    entries: texts.map((text) => ({ kind: 'input', seq: 1, input: { kind: 'docs', text } })),
  });
  const nobody = (): boolean => false;
  test('what changes of very many at once is told once, and the rest is counted', () => {
    const one = listDocs(pages.slice(0, 1), '');
    const news = changedDocs(given(one), all, prepareDocs(pages.slice(0, 1)), nobody);
    expect([news.length < 8_200, news.split('\n').at(-1)]).toEqual([
      true,
      expect.stringMatching(/^- and \d{3} more: `hullspeed docs` lists them\.$/),
    ]);
    expect(changedDocs(given(one, news), all, all, nobody)).toBe('');
  });
  test('what is new or different is told also of pages that had no room', () => {
    const now = pages.flatMap((page, nth) =>
      nth === 333 ? [] : [nth === 390 ? { ...page, summary: 'All of it' } : page],
    );
    const fresh = { path: 'docs/zebra.md', summary: 'Stripes', readWhen: [] };
    const news = changedDocs(given(listDocs(pages, 'Sparkle')), prepareDocs([...now, fresh]), all, nobody);
    expect(news.split('\n').slice(1)).toEqual([
      '- docs/page-390.md: All of it (read when: never)',
      '- docs/zebra.md: Stripes',
      '- docs/page-333.md: is gone.',
    ]);
  });
  test('there is nothing to say where there are none', () => expect(listDocs([], 'task')).toBe(''));
});

describe('a page is hinted at', () => {
  const patched = (path: string): string =>
    `*** Begin Patch\n*** Add File: a.txt\n${'+filling words\n'.repeat(900)}*** Update File: ${path}\n@@\n-a\n+b\n*** End Patch\n`;
  const cases: [when: string, argument: string, hinted: boolean][] = [
    ['changing source/engine/turn.ts', patched('source/engine/turn.ts'), true],
    ['changing source/engine/turn.ts', patched('source/engine/turn.test.ts'), false],
    ['anything in `source/engine/`', patched('source/engine/turn.ts'), true],
    ['anything in `source/engine/**`', '{"cmd":"sed -n 1,9p source/engine/turn.ts"}', true],
    ['anything in `source/engine/**`', '{"cmd":"ls source/engineers"}', false],
    ['a *.sql file', patched('db/1.sql'), true],
    ['a *.sql file', patched('db/1.sqlite'), false],
    ['bumping package.json', '{"cmd":"cat web/package.json"}', true],
    ['publishing a release', '{"cmd":"npm publish --tag release"}', true],
    ['publishing a release', '{"cmd":"npm run release"}', false],
  ];
  test.each(cases)('"%s"', (when, argument, hinted) => {
    const docs = prepareDocs([{ path: 'docs/page.md', readWhen: [when] }]);
    const items = [{ type: 'function_call', name: 'x', call_id: '1', arguments: argument }];
    const context: Context = {
      ...emptyContext,
      entries: [{ kind: 'answer', seq: 1, items, model: 'm', host: 'h' }],
    };
    const hint = { kind: 'hint', text: `docs/page.md may help here: ${when}` };
    expect(hintAtDocs(context, docs, [])).toEqual(hinted ? [hint] : []);
  });
});
