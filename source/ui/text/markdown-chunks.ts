// Where markdown can be cut while it streams: pieces that nothing that follows can change any more.

/** A piece of markdown that can be laid out by itself. */
export type Chunk =
  /** `text` includes its trailing blank lines. */
  | { readonly kind: 'block'; readonly text: string }
  /** Fenced code; `body` is without the fences. `closed`: the closing fence is there. */
  | { readonly kind: 'fence'; readonly language: string; readonly body: string; readonly closed: boolean };

/** Reads markdown line by line. The chunks of a text are the same however it arrives. */
export interface ChunkReader {
  /** Takes a whole line; gives the chunk that it has finished, if any. */
  take(line: string): Chunk | undefined;
  /** The unfinished chunk, with the beginning of a line after it. */
  rest(partial: string): Chunk;
}

/** Lines and blocks of more characters are cut, so that a text without a break costs no more than any other. */
export const maxChunk = 16_000;

const fenceLine = /^(\s*)(`{3,}|~{3,})([^`]*)$/;
const itemLine = /^ ?(?:[-*+]|(\d{1,9})[.)])(?:\s|$)/;
const headingLine = /^#{1,6}\s/;

interface Fence {
  readonly mark: string;
  readonly language: string;
}

export function createChunkReader(): ChunkReader {
  let text = '';
  let fence: Fence | undefined;
  /** The fence stands inside a list item, and is part of its block. */
  let nested = false;

  const finish = (): Chunk | undefined => {
    const done = text === '' ? undefined : { kind: 'block' as const, text };
    text = '';
    return done;
  };
  const open = (found: Fence, inItem: boolean, line: string): Chunk | undefined => {
    const done = inItem ? undefined : finish();
    fence = found;
    nested = inItem;
    if (inItem) text += line;
    return done;
  };
  const insideNested = (current: Fence, line: string): Chunk | undefined => {
    text += line;
    if (closes(line, current)) fence = undefined;
    else if (text.length > maxChunk) {
      nested = false;
      return finish();
    }
    return undefined;
  };
  const insideFence = (current: Fence, line: string): Chunk | undefined => {
    if (!closes(line, current)) {
      text += line;
      return undefined;
    }
    const body = text;
    text = '';
    fence = undefined;
    return { kind: 'fence', language: current.language, body, closed: true };
  };

  return {
    take(line) {
      if (fence !== undefined) return nested ? insideNested(fence, line) : insideFence(fence, line);
      const place = { text, item: itemLine.test(text), indented: /^(?: {2,}| ?\t)/.test(line) };
      const found = fenceOf(line);
      if (found !== undefined) return open(found, place.item && place.indented, line);
      const done = text.length > maxChunk || startsBlock(line, place) ? finish() : undefined;
      text += line;
      return done;
    },
    rest(partial) {
      if (fence === undefined || nested) return { kind: 'block', text: text + partial };
      const closed = closes(partial, fence);
      return { kind: 'fence', language: fence.language, body: closed ? text : text + partial, closed };
    },
  };
}

/** Whether a line begins a block of its own after the text so far. */
function startsBlock(line: string, after: { text: string; item: boolean; indented: boolean }): boolean {
  if (line.trim() === '' || after.text.trim() === '') return false;
  if (headingLine.test(line)) return true;
  if (endsBlank(after.text)) return !(after.item && after.indented);
  const marked = itemLine.exec(line);
  // As in CommonMark, only a list that begins with 1 can interrupt a paragraph: "in\n2019. Then" is no list.
  return marked !== null && (after.item || marked[1] === undefined || marked[1] === '1');
}

function fenceOf(line: string): Fence | undefined {
  const [, , mark, info] = fenceLine.exec(line.trimEnd()) ?? [];
  return mark === undefined ? undefined : { mark, language: (info ?? '').trim() };
}

function closes(line: string, fence: Fence): boolean {
  const text = line.trim();
  return text.length >= fence.mark.length && text === (fence.mark[0] ?? '').repeat(text.length);
}

/** Whether a blank line ends the text. */
export function endsBlank(text: string): boolean {
  return text.slice(text.trimEnd().length).split('\n').length > 2;
}
