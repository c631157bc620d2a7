// Code in colours: the highlighter's classes become tokens of the theme.
import type { Theme, Token } from '../theme.ts';
import { decodeEntities } from './entities.ts';
import { highlightedHtml } from './languages.ts';

/** Highlighting 45 kB takes some 50 ms; beyond these the wait would be felt. */
const maxCharacters = 200_000;
const maxLineCharacters = 2_000;

const classes: Readonly<Record<string, Token>> = {
  keyword: 'keyword',
  operator: 'text',
  built_in: 'type',
  type: 'type',
  literal: 'number',
  number: 'number',
  regexp: 'string',
  string: 'string',
  char: 'string',
  symbol: 'number',
  title: 'title',
  section: 'heading',
  comment: 'comment',
  doctag: 'comment',
  meta: 'meta',
  tag: 'keyword',
  name: 'keyword',
  attr: 'attribute',
  attribute: 'attribute',
  property: 'attribute',
  'selector-tag': 'keyword',
  'selector-class': 'title',
  'selector-id': 'title',
  'template-tag': 'keyword',
  bullet: 'accent',
  code: 'code',
  emphasis: 'emphasis',
  strong: 'strong',
  link: 'link',
  quote: 'quote',
  addition: 'added',
  deletion: 'removed',
};

const marks = /<span class="(?:hljs-)?([\w-]+)[^"]*">|<\/span>|([^<]+)/g;

/** The lines of cleaned code, styled; as they are where the language is unknown or the code too long. */
export function highlight(code: string, language: string, theme: Theme): string[] {
  const lines = code.split('\n');
  if (code.length > maxCharacters || lines.some((line) => line.length > maxLineCharacters)) return lines;
  const html = highlightedHtml(code, language);
  return html === undefined ? lines : styled(html, theme).split('\n');
}

function styled(html: string, theme: Theme): string {
  const open: Token[] = [];
  let text = '';
  for (const [mark, name, plain] of html.matchAll(marks)) {
    if (plain !== undefined) text += coloured(decodeEntities(plain), open.at(-1) ?? 'text', theme);
    else if (mark === '</span>') open.pop();
    else open.push(classes[name ?? ''] ?? open.at(-1) ?? 'text');
  }
  return text;
}

/** Each line by itself, so that every line closes its own style. */
function coloured(text: string, token: Token, theme: Theme): string {
  return text
    .split('\n')
    .map((line) => theme.sgr(token, line))
    .join('\n');
}
