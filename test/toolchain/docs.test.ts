// What is written for people is true where a machine can tell: generated pages, links, files, names, sizes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatePages } from '../../scripts/generated-pages.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const texts = ['readme.md', 'AGENTS.md', ...pages];

/** What a pattern's first group matches, once each. */
function matches(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap(([, found]) => found ?? []))];
}

describe('the docs', () => {
  test.each(Object.entries(generatePages()))('%s is as its table has it (npm run docs)', (path, text) => {
    expect(read(path)).toBe(text);
  });

  test.each(pages)('%s says what it is about and when to read it', (path) => {
    expect(read(path)).toMatch(/^---\nsummary: .+\nread_when:\n( {2}- .+\n)+---\n\n# /);
  });

  test.each(texts)('%s links to files that are there', (path) => {
    const links = matches(read(path), /\]\(([^)#:]+)\)/g);
    expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
  });

  test.each(texts)('%s names files that are there', (path) => {
    const named = matches(read(path), /`((?:source|scripts|test|bench|themes|docs|bin|\.ci)\/[\w./-]+)`/g);
    expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  test('the map names functions that are in the files beside them', () => {
    const text = read('docs/architecture.md').replaceAll(/\s+/g, ' ');
    const walk = [...text.matchAll(/`(\w+)` \(`(source\/[\w./-]+)`\)/g)];
    expect(walk.length).toBeGreaterThan(20);
    const wrong = walk.filter(([, name, path]) => !new RegExp(`\\b${name}\\b`).test(read(path ?? '')));
    expect(wrong.map(([pair]) => pair)).toEqual([]);
  });

  test('the map has every folder of source', () => {
    const text = read('docs/architecture.md');
    const folders = readdirSync(join(root, 'source'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(
      folders.map(({ name }) => name).filter((name) => !text.includes(`| \`source/${name}\` |`)),
    ).toEqual([]);
  });

  test('the readme fits into ten minutes, and a picture into a page', () => {
    expect(read('readme.md').split('\n').length).toBeLessThanOrEqual(200);
    for (const name of readdirSync(join(root, 'docs/pictures')))
      expect(read(`docs/pictures/${name}`).length, name).toBeLessThan(60_000);
  });
});
