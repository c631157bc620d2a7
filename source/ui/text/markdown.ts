// Markdown as rows, whole or while it streams: what is finished is laid out once, only the last block again.
import type { Theme } from '../theme.ts';
import { clean } from './clean.ts';
import { blockRows, codeRows, type Page, prepareCode } from './markdown-blocks.ts';
import { type Chunk, createChunkReader, endsBlank, maxChunk } from './markdown-chunks.ts';

export interface StreamingMarkdown {
  /** Rows of the text so far. Text that does not continue the last one, or another width, begins anew. */
  rows(text: string, width: number): string[];
  /**
   * The same of a text that has streamed in this width, or its beginning; undefined for any other. An answer of 20,000
   * tokens is on the screen 100 ms sooner, and no key waits, where it is not laid out a second time at its end.
   */
  whole(text: string, width: number): string[] | undefined;
  /**
   * Lays out whole lines of a text in the width that rows were asked for last, as long as `goes` says so. Whether there
   * were any.
   */
  ahead(text: string, goes: () => boolean): boolean;
  /** Rows of no more than what was laid out ahead, if that has begun. */
  soFar(text: string, width: number): string[];
}

/**
 * The rows of markdown that is not trusted: cleaned, links to the web with their host beside them, tables fitted.
 * `highlight: false` leaves code plain; code whose fence is not closed is plain in any case.
 */
export function markdownRows(
  text: string,
  width: number,
  theme: Theme,
  options: { readonly highlight?: boolean } = {},
): string[] {
  if (width < 1) return [];
  return createLayout({ width, theme, highlight: options.highlight ?? true }).rows(text);
}

export function createStreamingMarkdown(theme: Theme): StreamingMarkdown {
  let layout = createLayout({ width: 0, theme, highlight: true });
  let shown = '';
  /** In which rows were asked for at last, also of nothing. */
  let asked = 0;
  const begin = (width: number): void => {
    layout = createLayout({ width, theme, highlight: true });
    shown = '';
  };
  const continues = (text: string, width: number): boolean =>
    width === layout.page.width && text.startsWith(shown);
  const rows = (text: string, width: number): string[] => {
    asked = width;
    // Between two texts the last one is kept: it may be asked for as a whole.
    if (width < 1 || text === '') return [];
    if (!continues(text, width)) begin(width);
    shown = text;
    return layout.rows(text);
  };
  return {
    rows,
    ahead(text, goes) {
      if (asked < 1 || text === '') return false;
      if (!continues(text, asked)) begin(asked);
      const isBehind = layout.isBehind(text);
      const read = layout.take(text, goes);
      if (read > shown.length) shown = text.slice(0, read);
      return isBehind;
    },
    soFar(text, width) {
      const isBehind = shown !== '' && continues(text, width) && layout.isBehind(text);
      return rows(isBehind ? shown : text, width);
    },
    whole: (text, width) => (shown !== '' && continues(text, width) ? rows(text, width) : undefined),
  };
}

interface Layout {
  readonly page: Page;
  /** Each text must continue the one before. */
  rows(text: string): string[];
  /** Lays out whole lines, as long as `goes` says so; where the first one begins that is not. */
  take(text: string, goes: () => boolean): number;
  /** Whether there are whole lines that are not laid out. */
  isBehind(text: string): boolean;
}

function createLayout(page: Page): Layout {
  const reader = createChunkReader();
  const finished: string[] = [];
  /** Rows of the lines of a fence that is still open. */
  let code: string[] = [];
  let read = 0;
  let gap = false;

  /** A blank row stands before the rows where the source has blank lines, but never at the very beginning. */
  const separated = (rows: string[], chunk: Chunk): string[] =>
    rows.length > 0 && finished.length > 0 && (gap || startsBlank(chunk)) ? ['', ...rows] : rows;

  const takeLine = (line: string): void => {
    const open = reader.rest('');
    const inFence = isOpenFence(open);
    if (inFence && code.length === 0) prepareCode(open.language, page);
    const chunk = reader.take(line);
    if (chunk !== undefined) {
      code = [];
      const rows = separated(chunkRows(chunk, page), chunk);
      for (const row of rows) finished.push(row);
      gap =
        (chunk.kind === 'block' && endsBlank(chunk.text)) ||
        (rows.length === 0 && (gap || startsBlank(chunk)));
    } else if (inFence) for (const row of lineRows(line, page)) code.push(row);
  };
  const unfinished = (partial: string): string[] => {
    const chunk = reader.rest(partial);
    if (!isOpenFence(chunk)) return separated(chunkRows(chunk, page), chunk);
    return separated([...code, ...(partial === '' ? [] : lineRows(partial, page))], chunk);
  };

  const take: Layout['take'] = (text, goes) => {
    for (let end = lineEnd(text, read); end !== undefined && goes(); end = lineEnd(text, read)) {
      takeLine(text.slice(read, end));
      read = end;
    }
    return read;
  };

  return {
    page,
    take,
    isBehind: (text) => lineEnd(text, read) !== undefined,
    rows(text) {
      take(text, () => true);
      return [...finished, ...unfinished(text.slice(read))];
    },
  };
}

/** Where the line that begins at `from` ends; undefined while it may still grow. */
function lineEnd(text: string, from: number): number | undefined {
  const newline = text.indexOf('\n', from);
  if (newline >= 0 && newline - from < maxChunk) return newline + 1;
  if (text.length - from <= maxChunk + 1) return undefined;
  const cut = from + maxChunk;
  return isHighSurrogate(text.charCodeAt(cut - 1)) ? cut + 1 : cut;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isOpenFence(chunk: Chunk): chunk is Chunk & { kind: 'fence' } {
  return chunk.kind === 'fence' && !chunk.closed;
}

function chunkRows(chunk: Chunk, page: Page): string[] {
  if (chunk.kind === 'block') return blockRows(clean(chunk.text), page);
  const body = clean(chunk.body.replace(/\r?\n$/, ''));
  return codeRows(body, chunk.language, page);
}

function lineRows(line: string, page: Page): string[] {
  return codeRows(clean(line.replace(/\r?\n$/, '')), '', page);
}

function startsBlank(chunk: Chunk): boolean {
  return chunk.kind === 'block' && /^\s*\n/.test(chunk.text);
}
