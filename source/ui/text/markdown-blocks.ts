// The rows of one block of markdown: a paragraph, a list item, a table, a quote.
import type { Token as MarkdownToken, MarkedToken, Tokens } from 'marked';
import type { Theme } from '../theme.ts';
import { highlight } from './highlight.ts';
import { endsBlank } from './markdown-chunks.ts';
import { inline } from './markdown-inline.ts';
import { lexMarkdown } from './markdown-lexer.ts';
import { tableRows } from './markdown-table.ts';
import { width as widthOf } from './width.ts';
import { wrap } from './wrap.ts';

export interface Page {
  readonly width: number;
  readonly theme: Theme;
  /** Whether code is coloured. */
  readonly highlight: boolean;
}

/** Insets (quotes, nested lists) stop when fewer columns than this would be left. */
const minWidth = 8;
const codeInset = '  ';

/** The rows of cleaned markdown. A blank row stands where the source has blank lines between blocks. */
export function blockRows(text: string, page: Page): string[] {
  try {
    return tokenRows(lexMarkdown(text), page);
  } catch (error) {
    // Thousands of nested marks exhaust the stack: such text is shown as it stands.
    if (error instanceof RangeError) return wrap(text, page.width);
    throw error;
  }
}

function tokenRows(tokens: readonly MarkdownToken[], page: Page): string[] {
  const rows: string[] = [];
  let gap = false;
  for (const token of tokens) {
    const own = rowsOf(token as MarkedToken, page);
    if (gap && rows.length > 0 && own.length > 0) rows.push('');
    for (const row of own) rows.push(row);
    gap = token.type === 'space' || endsBlank(token.raw);
  }
  return rows;
}

function rowsOf(token: MarkedToken, page: Page): string[] {
  const { width, theme } = page;
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return [];
    case 'heading':
      return wrap(theme.sgr('heading', inline(token.tokens, theme)), width);
    case 'hr':
      return [theme.sgr('border', '─'.repeat(width))];
    case 'code':
      return codeRows(token.text, token.lang ?? '', page);
    case 'list':
      return listRows(token, page);
    case 'blockquote':
      return quoteRows(token, page);
    case 'table':
      return tableRows(token, width, theme);
    case 'html':
      return wrap(token.text.trimEnd(), width);
    case 'paragraph':
      return wrap(inline(token.tokens, theme), width);
    default:
      return wrap(inline([token], theme), width);
  }
}

/**
 * Reads the rules of a language as its code begins: those of TypeScript take 20 ms, and the first code in it 7 more, which
 * a key would wait for in one go.
 */
export function prepareCode(language: string, page: Page): void {
  if (page.highlight) highlight('', nameOf(language), page.theme);
}

/** Of what stands behind the marks of a fence. */
function nameOf(language: string): string {
  return language.split(/[\s{,]/, 1)[0] ?? '';
}

/** Code stands inset; a language colours it. */
export function codeRows(code: string, language: string, page: Page): string[] {
  const inset = page.width > minWidth ? codeInset : '';
  const lines = page.highlight ? highlight(code, nameOf(language), page.theme) : code.split('\n');
  return lines.flatMap((line) =>
    wrap(line, page.width - inset.length, { hanging: 2 }).map((row) => row && inset + row),
  );
}

function listRows(list: Tokens.List, page: Page): string[] {
  const rows: string[] = [];
  const first = Number(list.start || 1);
  list.items.forEach((item, at) => {
    const mark = page.theme.sgr('accent', itemMark(item, list.ordered ? first + at : undefined));
    for (const row of inset(item.tokens, `${mark} `, undefined, page)) rows.push(row);
    if (at < list.items.length - 1 && endsBlank(item.raw)) rows.push('');
  });
  return rows;
}

function itemMark(item: Tokens.ListItem, number: number | undefined): string {
  if (item.task) return item.checked ? '☑' : '☐';
  return number === undefined ? '•' : `${number}.`;
}

function quoteRows(quote: Tokens.Blockquote, page: Page): string[] {
  const bar = `${page.theme.sgr('quote', '│')} `;
  return inset(quote.tokens, bar, bar, page);
}

/** Blocks behind a mark on their first row, and another (else as many spaces) on the rest. */
function inset(
  tokens: readonly MarkdownToken[],
  first: string,
  rest: string | undefined,
  page: Page,
): string[] {
  const columns = widthOf(first);
  const room = page.width - columns;
  // Deeper than this nothing is inset any more, so that words keep some room.
  if (room < minWidth) return tokenRows(tokens, page);
  const rows = tokenRows(tokens, { ...page, width: room });
  const following = rest ?? ' '.repeat(columns);
  return (rows.length === 0 ? [''] : rows).map(
    (row, at) => (at === 0 ? first : row === '' && rest === undefined ? '' : following) + row,
  );
}
