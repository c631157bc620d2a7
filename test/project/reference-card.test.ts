// What another project says of itself, as its readme begins.
import { expect, test } from 'vitest';
import { firstParagraph } from '../../source/project/reference-card.ts';

const said = 'Generate a slug just like GitHub does.';

test.each([
  ['a title and words', `# slugger\n\n${said}\n\nMore.`],
  ['front matter, a comment and markup', `---\na: b\n---\n<!-- x -->\n<p align="center">\n\n> ${said}`],
  ['badges', `# slugger\n[![npm](a.svg)](b)\n![build](c.svg)\n\n${said}`],
  [
    'badges whose addresses follow',
    `# slugger\n\n[![npm][npm-image]][npm-url]\n\n[npm-image]: https://a.example/npm.svg\n[npm-url]: https://b.example\n\n${said}`,
  ],
])('behind %s', (_what, readme) => {
  expect(firstParagraph(readme)).toBe(said);
});
