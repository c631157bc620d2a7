import { describe, expect, test } from 'vitest';
import { listDocs } from '../../source/engine/docs.ts';

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
  test('there is nothing to say where there are none', () => expect(listDocs([], 'task')).toBe(''));
});
