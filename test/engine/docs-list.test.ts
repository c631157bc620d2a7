import { describe, expect, test } from 'vitest';
import { changedDocs, listDocs } from '../../source/engine/docs.ts';
import { emptyContext } from '../../source/session/context.ts';

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
  test('what changes of very many at once is told in parts, each once and whole', () => {
    const entry = (text: string) => ({ kind: 'input', seq: 1, input: { kind: 'docs', text } }) as const;
    const context = { ...emptyContext, entries: [entry(listDocs(pages.slice(0, 1), ''))] };
    const parts: string[] = [];
    for (;;) {
      const part = changedDocs(context, pages);
      if (part === '') break;
      parts.push(part);
      context.entries.push(entry(part));
    }
    const lines = parts.flatMap((part) => part.split('\n').slice(1));
    expect([parts.length > 2, lines.length, new Set(lines).size]).toEqual([true, 399, 399]);
  });
  test('there is nothing to say where there are none', () => expect(listDocs([], 'task')).toBe(''));
});
