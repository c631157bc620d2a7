// The project's docs pages for the model: a line a page as a context begins, what has changed of them since, and a hint
// at the page that fits what is being done.
import type { Context, Entry } from '../session/context.ts';
import type { StepInput } from '../session/facts.ts';
import { callsOf } from '../session/turn.ts';
import { wholeLines } from './output.ts';
import type { DocsPage } from './ports.ts';

/** The pages of a look, with what their conditions are about, which is held against each step. */
export interface Docs {
  readonly pages: readonly DocsPage[];
  readonly wanted: readonly { readonly page: DocsPage; readonly conditions: readonly Condition[] }[];
  /** The model's lines by path. */
  readonly lines: ReadonlyMap<string, string>;
}

interface Condition {
  readonly words: readonly string[];
  /** Paths and patterns of files that it names. */
  readonly files: readonly string[];
}

export function prepareDocs(pages: readonly DocsPage[]): Docs {
  const conditions = ({ readWhen }: DocsPage): Condition[] =>
    readWhen.map((text) => ({ words: wordsOf(text.replace(PLAIN_PATH, ' ')), files: filesIn(text) }));
  return {
    pages,
    wanted: pages.map((page) => ({ page, conditions: conditions(page) })),
    lines: new Map(pages.map((page) => [page.path, lineOf(page)])),
  };
}

/** Characters of the list: about 2,000 tokens. */
const MOST = 8_000;
/** Characters of a step that are held against the pages, and pages that one step is pointed at. */
const STEP = { characters: 8_000, hints: 2 };
const HEAD =
  'Docs pages of this project. Read the one that fits before you work on what it covers, and keep it true.';

/** '' where there are no pages. Where not all fit, those nearest to the task stand first. */
export function listDocs(pages: readonly DocsPage[], task: string): string {
  const lines = pages.map(lineOf);
  if (pages.length === 0) return '';
  if (wholeLines(lines, MOST).length === lines.length) return `${HEAD}\n${lines.join('\n')}`;
  const has = vocabulary(wordsOf(task));
  const nearest = pages
    .map((page, at) => ({
      line: lines[at] ?? '',
      at,
      fit: wordsOf(textOf(page)).filter(has).length,
    }))
    .sort((a, b) => b.fit - a.fit || a.at - b.at);
  return `${HEAD}\n${bounded(nearest.map(({ line }) => line))}`;
}

const CUT = /^- and \d+ more: /;
const GONE = 'is gone.';
const FORMAT =
  'A page begins with:\n---\nsummary: what it tells, in a line\nread_when:\n  - what one is about to do when it helps\n---';

function bounded(lines: readonly string[]): string {
  const taken = wholeLines(lines, MOST);
  const rest = lines.length - taken.length;
  return [...taken, ...(rest > 0 ? [`- and ${rest} more: \`hullspeed docs\` lists them.`] : [])].join('\n');
}

/**
 * What is not as it was told; '' where nothing is. Of pages that had no room in the list, what is not as it was `before`.
 * `own`: paths that the session wrote; a new one that lacks its front matter brings the format, once a context.
 */
export function changedDocs(
  context: Context,
  { pages, lines }: Docs,
  before: Docs,
  own: (path: string) => boolean,
): string {
  const texts = docsTexts(context);
  const told = toldLines(texts);
  const known = (path: string): string | undefined =>
    told.lines.get(path) ?? (told.cut ? before.lines.get(path) : undefined);
  const fresh = pages.filter(({ path }) => known(path) !== lines.get(path));
  const gone = [...told.lines].flatMap(([path, line]) =>
    lines.has(path) || line.endsWith(GONE) ? [] : [`- ${path}: ${GONE}`],
  );
  const news = [...fresh.flatMap(({ path }) => lines.get(path) ?? []), ...gone];
  if (news.length === 0) return '';
  const said = context.ledger.said.map(({ text }) => text).join('\n');
  const list = texts.length === 0 ? listDocs(pages, said) : `Docs pages that have changed:\n${bounded(news)}`;
  const broken = fresh.find(({ path, problem }) => problem !== undefined && own(path));
  if (broken === undefined || texts.some((text) => text.includes(FORMAT))) return list;
  return `${list}\n${broken.path}: ${broken.problem}. ${FORMAT}`;
}

function docsTexts({ entries }: Context): string[] {
  return entries.flatMap((entry) =>
    entry.kind === 'input' && entry.input.kind === 'docs' ? [entry.input.text] : [],
  );
}

/** The lines that a context has, by path; `cut`: they were not all. */
function toldLines(texts: readonly string[]): { lines: ReadonlyMap<string, string>; cut: boolean } {
  const all = texts.flatMap((text) => text.split('\n').filter((line) => line.startsWith('- ')));
  const lines = all.filter((line) => !CUT.test(line));
  return {
    lines: new Map(lines.map((line) => [/^- (.*?\.md)(?=: |$)/i.exec(line)?.[1] ?? line, line])),
    cut: lines.length < all.length,
  };
}

/** Pages whose `read_when` fits the step that begins: each once in a context, and none that the model has read. */
export function hintAtDocs(context: Context, { wanted }: Docs, inputs: readonly StepInput[]): StepInput[] {
  const last = context.entries.findLast((entry) => entry.kind === 'answer');
  const said = inputs.filter(({ kind }) => kind === 'prompt' || kind === 'steer').map(({ text }) => text);
  const calls = last === undefined ? [] : argumentsOf(last);
  const has = vocabulary(wordsOf([...said, ...calls].join('\n').slice(0, STEP.characters)));
  const files = [...said.flatMap(filesIn), ...calls.flatMap(filesOf)];
  const fitting = wanted.filter(({ conditions }) =>
    conditions.some((condition) => fits(condition.words, has) || namesOne(condition.files, files)),
  );
  if (fitting.length === 0) return [];
  const known = context.entries.flatMap((entry) =>
    entry.kind === 'answer' ? argumentsOf(entry) : hintsOf(entry),
  );
  return fitting
    .filter(({ page: { path } }) => !known.some((text) => text.includes(path)))
    .slice(0, STEP.hints)
    .map(({ page }) => ({ kind: 'hint', text: `${page.path} may help here: ${page.readWhen.join('; ')}` }));
}

/** What can be nothing but a path is no words: `client/server` may be either. */
const PLAIN_PATH = /\S*(?:\*|\w\.[a-z]|\/\S*\/|\/`?(?=\s|$))\S*/gi;

/** Words that look like paths: with a folder, or with an ending. A `*` makes one a pattern. */
function filesIn(text: string): string[] {
  const words = text
    .slice(0, STEP.characters)
    .match(/[\w@.*-]*(?:\/[\w@.*-]+)+\/?|[\w@*-]*\.[a-z]\w{0,5}\b/gi);
  return (words ?? []).map((word) => word.replace(/^\.?\/|[./]+$/g, '')).filter((word) => word !== '');
}

/** The files that a call patches, however much it writes into them, or that its command names. */
function filesOf(argument: string): string[] {
  const patched = [...argument.matchAll(/\*\*\* (?:(?:Add|Update|Delete) File|Move to): ([^\n\\]+)/g)];
  return patched.length > 0 ? patched.map(([, path = '']) => path.trim()) : filesIn(argument);
}

/** A file itself, what lies below a folder, or what begins and ends as a pattern does; a bare name fits anywhere. */
function namesOne(wanted: readonly string[], files: readonly string[]): boolean {
  return wanted.some((name) => {
    const [start = '', ...rest] = name.split('*');
    const end = rest.at(-1) ?? '';
    return files.some((file) => {
      const path = name.includes('/') ? file : file.slice(file.lastIndexOf('/') + 1);
      if (rest.length === 0) return path === name || path.startsWith(`${name}/`);
      return path.length >= start.length + end.length && path.startsWith(start) && path.endsWith(end);
    });
  });
}

function argumentsOf(entry: Entry): string[] {
  return entry.kind === 'answer' ? callsOf(entry.items).map(({ argument }) => argument) : [];
}

function hintsOf(entry: Entry): string[] {
  return entry.kind === 'input' && entry.input.kind === 'hint' ? [entry.input.text] : [];
}

function lineOf({ path, summary = '', readWhen }: DocsPage): string {
  const when = readWhen.length === 0 ? '' : ` (read when: ${readWhen.join('; ')})`;
  return summary === '' && when === '' ? `- ${path}` : `- ${path}: ${summary}${when}`;
}

function textOf({ path, summary = '', readWhen }: DocsPage): string {
  return [path, summary, ...readWhen].join(' ');
}

/** Words that say nothing of a subject. */
const EMPTY = new Set(
  'about added adding after again another anything before being change changed changes changing does each else file files first from have into more moved need needs other over project should some something somewhere than that their them then there these they thing this those time under what when where which while will with without work working works would your'.split(
    ' ',
  ),
);

/** Lower case, of four letters and more. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  return [...new Set(words)].filter((word) => !EMPTY.has(word));
}

/** Most of a condition's words, and at least two, or the one long word that it has. */
function fits(wanted: readonly string[], has: (word: string) => boolean): boolean {
  const found = wanted.filter(has).length;
  if (wanted.length === 1) return found === 1 && (wanted[0] ?? '').length >= 6;
  return found >= Math.max(2, Math.ceil(wanted.length * 0.6));
}

/** Letters by which words that may be forms of one another are found. */
const START = 5;

/** Whether a word is among these, also in another form: `snapshot` and `snapshots`, `release` and `releasing`. */
function vocabulary(words: readonly string[]): (word: string) => boolean {
  const exact = new Set(words);
  const alike = Map.groupBy(words, (word) => word.slice(0, START));
  return (word) =>
    exact.has(word) ||
    (word.length >= START && alike.get(word.slice(0, START))?.some((each) => sameStem(each, word)) === true);
}

function sameStem(a: string, b: string): boolean {
  const stem = Math.max(START, Math.min(a.length, b.length) - 1);
  return Math.abs(a.length - b.length) <= 3 && a.slice(0, stem) === b.slice(0, stem);
}
