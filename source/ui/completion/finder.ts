// Finds what a token may become: files of this project, projects beside it, and files of those. Lists are read in the
// background and kept; a search goes on between frames until it has seen everything.
import type { Repository } from '../../engine/git-ports.ts';
import { words } from '../words.ts';
import { createShortlist, type Ranked, type Shortlist } from './shortlist.ts';
import type { Token } from './token.ts';

export interface Candidate {
  /** As it is shown. */
  readonly text: string;
  /** UTF-16 indexes of the letters that match. */
  readonly marks: readonly number[];
  /** What it is, for a word. */
  readonly title?: string;
  /** A project: its files are completed next. */
  readonly goesOn?: true;
}

export interface Matches {
  readonly candidates: readonly Candidate[];
  /** There is more to come. */
  readonly pending: boolean;
}

export interface Finder {
  /** At once, with what is known; `request` is called when there is more. */
  find(token: Token): Matches;
}

/** A list that is older is read again while it is used. */
const STALE_MS = 5_000;
/** Projects that stand under the files they compete with. */
const SIBLINGS = 3;
const BESIDE = '../';

export function createFinder(
  repository: Pick<Repository, 'files' | 'siblings'>,
  request: () => void,
  mono: () => number,
  /** Names of projects in the config. */
  named: readonly string[] = [],
): Finder {
  const read = createLists(request, mono);
  const search = createSearch(request);
  const siblings = (query: string): Matches => {
    const paths = read(BESIDE, () => repository.siblings());
    const candidates = rankAll(paths ?? [], query).map(({ path, marks }): Candidate => {
      return { text: `${BESIDE}${path}/`, marks: moved(marks, BESIDE.length), goesOn: true };
    });
    return { candidates, pending: paths === undefined };
  };
  const files = (name: string, query: string): Matches => {
    const paths = read(name, () => (name === '' ? repository.files() : repository.files(name)));
    if (paths === undefined) return { candidates: [], pending: true };
    const { ranked, done } = search(`${name}\n${query}`, paths, query);
    const prefix = name === '' ? '' : `${BESIDE}${name}/`;
    const candidates = ranked.map(({ path, marks }) => ({
      text: prefix + path,
      marks: moved(marks, prefix.length),
    }));
    return { candidates, pending: !done };
  };
  return {
    find({ kind, query }) {
      if (kind === 'word') return { candidates: wordsFor(query), pending: false };
      const [, name, path] = /^\.\.\/([^/]+)\/(.*)$/.exec(query) ?? [];
      if (name !== undefined && path !== undefined) return files(name, path);
      if (query.startsWith('..')) return siblings(query.slice(BESIDE.length));
      const own = files('', query);
      if (query === '') return own;
      const beside = siblings(query);
      // A name is short and the person's own: its beginning is enough, and nothing less.
      const names = named
        .filter((name) => name.toLowerCase().startsWith(query.toLowerCase()))
        .map((name) => ({ text: `@${name}`, marks: Array.from(query, (_, at) => at + 1) }));
      const candidates = [...names, ...own.candidates, ...beside.candidates.slice(0, SIBLINGS)];
      return { candidates, pending: own.pending || beside.pending };
    },
  };
}

type Read = () => Promise<readonly string[]>;

/** Lists by name: what is known of one, undefined before it was read once. */
function createLists(
  request: () => void,
  mono: () => number,
): (name: string, read: Read) => readonly string[] | undefined {
  const lists = new Map<string, { readonly paths: readonly string[]; readonly readAt: number }>();
  const reading = new Set<string>();
  return (name, read) => {
    const known = lists.get(name);
    const fresh = known !== undefined && mono() - known.readAt < STALE_MS;
    if (fresh || reading.has(name)) return known?.paths;
    reading.add(name);
    const settle = (paths: readonly string[]): void => {
      reading.delete(name);
      const same =
        known?.paths.length === paths.length && paths.every((path, at) => path === known.paths[at]);
      // A list that has not changed stays the same one, so that a search in it need not begin again.
      lists.set(name, { paths: same ? known.paths : paths, readAt: mono() });
      if (!same) request();
    };
    // What cannot be read has nothing to offer.
    read().then(settle, () => settle(known?.paths ?? []));
    return known?.paths;
  };
}

interface Running {
  readonly key: string;
  readonly paths: readonly string[];
  readonly list: Shortlist;
  ranked: readonly Ranked[];
  done: boolean;
}

/** One search at a time: its first slice at once, the others between frames. */
function createSearch(
  request: () => void,
): (key: string, paths: readonly string[], query: string) => Running {
  let running: Running | undefined;
  let going = false;
  const goOn = (): void => {
    if (running !== undefined && !running.done) running.done = running.list.step();
    going = running?.done === false;
    if (going) setImmediate(goOn);
    else if (running !== undefined) {
      running.ranked = running.list.best();
      request();
    }
  };
  return (key, paths, query) => {
    if (running?.key === key && running.paths === paths) return running;
    const list = createShortlist(paths, query);
    const done = list.step();
    running = { key, paths, list, done, ranked: list.best() };
    if (!done && !going) setImmediate(goOn);
    going ||= !done;
    return running;
  };
}

function rankAll(paths: readonly string[], query: string): readonly Ranked[] {
  const list = createShortlist(paths, query);
  while (!list.step());
  return list.best();
}

function moved(marks: readonly number[], by: number): readonly number[] {
  return marks.map((mark) => mark + by);
}

function wordsFor(query: string): Candidate[] {
  const typed = `/${query.toLowerCase()}`;
  return Object.entries(words)
    .filter(([word]) => word.startsWith(typed))
    .map(([text, { title }]) => ({ text, title, marks: Array.from(typed, (_, at) => at) }));
}
