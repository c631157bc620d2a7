// The words of a prompt that may name another project. Pure: whether one does is for the disk to say.

export interface Mention {
  /** A path as it was written, or the name behind an `@`. */
  readonly word: string;
  readonly kind: 'path' | 'name';
  /** In code or quotes, or a place in a file: it counts only where it is a project's own folder, and nothing is said of it. */
  readonly strict: boolean;
}

/** In one prompt; a pasted log may have thousands. */
const MOST = 40;
const MOST_LOOKED = 2_000;
const LONGEST = 400;
const fence = /^\s*(?:`{3,}|~{3,})/;
/** What stands before a path: nothing that could make it part of another word, of a URL, or of a diff. */
const start = /(?<![^\s([{<=,>])(["'`]?)@?(?:(?=\.\.(?:\/|[\s"'`]|$))|(?=~\/)|(?=\/[^\s/])|(?<=@)(?=[\w.]))/g;
const bare = /[^\s"'`<>()[\]{},;|*?!\\]*/y;
const place = /(?::\d+(?:-\d+)?){1,2}:?$/;

export function mentionsIn(text: string): Mention[] {
  const found = new Map<string, Mention>();
  let fenced = false;
  let looked = 0;
  for (const line of text.split('\n')) {
    if (fence.test(line)) fenced = !fenced;
    else if (/[./~@]/.test(line)) {
      for (const mention of lineMentions(line, fenced)) {
        const key = `${mention.kind} ${mention.word}`;
        const known = found.get(key);
        // Said plainly once, it is plain.
        if (known === undefined || known.strict) found.set(key, mention);
        looked += 1;
        if (found.size === MOST || looked === MOST_LOOKED) return [...found.values()];
      }
    }
  }
  return [...found.values()];
}

function* lineMentions(line: string, fenced: boolean): Generator<Mention> {
  for (const match of line.matchAll(start)) {
    const quote = match[1] ?? '';
    const from = match.index + match[0].length;
    const written = quote === '' ? wordAt(line, from) : quotedAt(line, from, quote);
    if (written === undefined || written.length > LONGEST) continue;
    const word = written.replace(place, '');
    const enclosed = /[([{<=,]/.test(line[match.index - 1] ?? ' ');
    const located = word !== written && !word.startsWith('..');
    const strict = fenced || quote !== '' || enclosed || located;
    const name = word.replace(/\/$/, '');
    if (/^(?:\.\.(?:\/|$)|~\/|\/)/.test(word)) {
      if (isPath(word)) yield { word, kind: 'path', strict };
    } else if (!fenced && /^[\w.-]+$/.test(name)) yield { word: name, kind: 'name', strict };
  }
}

/** Up to what no unquoted path has in it, without the sentence's own marks. */
function wordAt(line: string, from: number): string {
  bare.lastIndex = from;
  const word = bare.exec(line)?.[0] ?? '';
  return word.replace(/[.,:…]+$/, (marks) => (/(?:^|\/)\.{2}$/.test(word) ? marks : ''));
}

/** Up to the same quote in this line. In double quotes the completion escapes as JSON does. */
function quotedAt(line: string, from: number, quote: string): string | undefined {
  const escapes = quote === '"' ? /(?:\\.|[^"\\])*/y : quote === "'" ? /[^']*/y : /[^`]*/y;
  escapes.lastIndex = from;
  const text = escapes.exec(line)?.[0] ?? '';
  const inner = line[from + text.length] === quote ? text : undefined;
  if (inner === undefined || quote !== '"' || !inner.includes('\\')) return inner;
  try {
    return String(JSON.parse(`"${inner}"`));
  } catch {
    return undefined;
  }
}

/** What only goes up names nothing. */
function isPath(word: string): boolean {
  return !/^(?:\.\.\/?)+$|^\/+$/.test(word) && !word.includes('/node_modules/') && !word.startsWith('//');
}
