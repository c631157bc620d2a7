// Which words of a prompt may name another project, and which are only text.
import { expect, test } from 'vitest';
import { mentionsIn } from '../../source/project/mentions.ts';

/** `=` before what counts only as a project's own folder, `@` before a name. */
const read = (text: string): string[] =>
  mentionsIn(text).map(
    ({ word, kind, strict }) => `${strict ? '=' : ''}${kind === 'name' ? '@' : ''}${word}`,
  );

test.each([
  ['look at ../vibetunnel and do the same', ['../vibetunnel']],
  ['as in ~/Projects/x, or ../b; ../c?', ['~/Projects/x', '../b', '../c']],
  ["../vibetunnel's changelog, see ../my.", ['../vibetunnel', '../my']],
  ['@vibetunnel @../other/ @~/x', ['@vibetunnel', '../other/', '~/x']],
  ['read ../other/source/a.ts:12', ['../other/source/a.ts']],
  ['in "../my \\"own\\" folder/" and `../a`', ['=../my "own" folder/', '=../a']],
  ['(../a) [see](../b/readme.md)', ['=../a', '=../b/readme.md']],
  ["import x from '../util'", ['=../util']],
  ['```sh\ncd ../a @name\n```\nthen ../b', ['=../a', '../b']],
  ['`../a`, I mean ../a', ['../a']],
  ['    at run (/home/me/x/a.js:3:14)', ['=/home/me/x/a.js']],
  ['    at /home/me/x/a.js:3:14', ['=/home/me/x/a.js']],
  ['mail a@b.c, see https://x.y/z/../w and/or b/../c', []],
  ['go up: .. ../ ../.. / //', []],
  ['+++ b/../x and @types/node', []],
  ['../x/node_modules/left-pad', []],
])('%j', (text, mentions) => {
  expect(read(text)).toEqual(mentions);
});

test('a very long text is looked through in bounds', () => {
  expect(mentionsIn(Array.from({ length: 50_000 }, (_, at) => `../a${at}`).join(' '))).toHaveLength(40);
  expect(mentionsIn('../a '.repeat(80_000))).toHaveLength(1);
});
