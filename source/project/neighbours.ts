// Which other project a person means: what the words of a prompt lead to on the disk, and why some lead to none.
import { access, constants, lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { FoundProject, Neighbours } from '../engine/neighbours-port.ts';
import type { Clock } from '../engine/ports.ts';
import { isInside } from './inside.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import { type Commit, cardOf } from './reference-card.ts';

export interface NeighboursOptions {
  /** Of the worktree, real. */
  readonly root: string;
  readonly home: string;
  /** `[references]` of the config: a path by its name. */
  readonly named: Readonly<Record<string, string>>;
  /** `references.write`. */
  readonly writable: readonly string[];
  readonly clock: Pick<Clock, 'sleep'>;
  readonly git: Pick<Neighbours, 'look' | 'head' | 'changedAt'> & {
    commits(path: string): Promise<readonly Commit[]>;
  };
}

/** What may stand behind an `@` by the config: those names that a prompt can say. */
export function projectNames(open: Readonly<Record<string, string>>): string[] {
  return Object.keys(open).flatMap((key) => /^references\.([\w.-]+)$/.exec(key)?.[1] ?? []);
}

/** Projects and sentences of one prompt. */
const MOST = { found: 4, notes: 3 };
const manifests =
  '.git package.json Cargo.toml go.mod pyproject.toml setup.py requirements.txt Gemfile pom.xml build.gradle build.gradle.kts Package.swift mix.exs deno.json deno.jsonc composer.json build.zig CMakeLists.txt Makefile justfile'.split(
    ' ',
  );
/** What the system and its packages keep there is no project of anybody's. */
const systems = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/etc',
  '/proc',
  '/sys',
  '/dev',
  '/nix',
  '/snap',
  '/System',
  '/Library',
  '/Applications',
];

type Place = { readonly project: FoundProject } | { readonly note: string } | undefined;

export function createNeighbours(options: NeighboursOptions): Neighbours {
  const { git } = options;
  return {
    async find(words) {
      const found = new Map<string, FoundProject>();
      const notes = new Set<string>();
      const mentions = mentionsIn(words);
      if (mentions.length === 0) return { found: [], notes: [] };
      const home = await realpath(options.home).catch(() => options.home);
      for (const mention of mentions) {
        const place = await placeOf(mention, { ...options, home }).catch(() => undefined);
        if (place === undefined) continue;
        if ('note' in place) notes.add(place.note);
        else if (found.size < MOST.found || found.has(place.project.path))
          found.set(place.project.path, place.project);
        else
          notes.add(
            `${place.project.name} is left out: a prompt brings ${MOST.found} references at most. Name it again.`,
          );
      }
      return { found: [...found.values()], notes: [...notes].slice(0, MOST.notes) };
    },
    isThere: (path) => isReadable(path),
    async card(project) {
      const commits = git.commits(project.path);
      const text = await cardOf(project, commits, options.clock.sleep);
      const head = (await commits.catch(() => []))[0]?.sha;
      return { text, ...(head && { head }) };
    },
    head: git.head,
    look: git.look,
    changedAt: git.changedAt,
  };
}

async function placeOf({ word, kind, strict }: Mention, options: NeighboursOptions): Promise<Place> {
  const { root, home, named } = options;
  const configured = kind === 'name' ? named[`references.${word}`] : word;
  const written = configured ?? `../${word}`;
  const target = resolve(root, written.replace(/^~(?=\/|$)/, home));
  const said = kind === 'name' && configured !== undefined ? `@${word} (${written})` : word;
  // Of a name that is only like one, and of a path in code, nothing is said.
  const note = (text: string): Place =>
    strict || (kind === 'name' && configured === undefined) ? undefined : { note: `${said} ${text}` };
  const real = await realpath(target).catch((error: NodeJS.ErrnoException) => error.code ?? 'ENOENT');
  if (!real.startsWith('/')) {
    if (real === 'EACCES') return note('cannot be read, the system refuses it: no reference.');
    return word.startsWith('/') ? undefined : note('is not there: no reference.');
  }
  if (isInside(root, real)) return real === root ? note('is this project itself: no reference.') : undefined;
  if (real === '/' || isInside(real, home))
    return note(
      `is ${real === '/' ? 'all of the disk' : real === home ? 'your home directory' : `the folder of ${home}`}: no reference. Name a project in it.`,
    );
  if (isInside(real, root)) return note('holds this project itself: no reference. Name a folder beside it.');
  if (systems.some((each) => isInside(each, real))) return undefined;
  const folder = (await stat(real)).isDirectory() ? real : undefined;
  const plain = !strict && !word.startsWith('/') && (kind === 'path' || configured !== undefined);
  const path = await projectAt(real, folder, strict || kind === 'name', options);
  const chosen = path ?? (plain ? folder : undefined);
  if (chosen === undefined)
    return word.startsWith('/') || folder !== undefined
      ? undefined
      : note('is a file in no project: no reference.');
  if (!(await isReadable(chosen))) {
    const other = await whose(chosen);
    return note(`cannot be read, the system refuses it${other && ` (${other})`}: no reference.`);
  }
  return { project: await describe(chosen, target, options) };
}

/** The folder itself where it has a project's signs; else the nearest above it that has git's, or any. */
async function projectAt(
  real: string,
  folder: string | undefined,
  itself: boolean,
  { root, home }: NeighboursOptions,
): Promise<string | undefined> {
  if (itself) return folder !== undefined && (await hasAny(folder, manifests)) ? folder : undefined;
  let nearest: string | undefined;
  for (
    let at = folder ?? dirname(real);
    at !== '/' && !isInside(at, home) && !isInside(at, root);
    at = dirname(at)
  ) {
    if (await hasAny(at, ['.git'])) return at;
    if (nearest === undefined && (await hasAny(at, manifests))) nearest = at;
  }
  return nearest;
}

async function hasAny(folder: string, names: readonly string[]): Promise<boolean> {
  const there = await Promise.all(
    names.map((name) =>
      lstat(join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return there.includes(true);
}

async function describe(
  path: string,
  target: string,
  { root, home, writable }: NeighboursOptions,
): Promise<FoundProject> {
  const beside = dirname(root);
  const name =
    beside !== '/' && isInside(beside, path)
      ? `../${path.slice(beside.length + 1)}`
      : isInside(home, path)
        ? `~/${path.slice(home.length + 1)}`
        : path;
  const allowed = await Promise.all(writable.map((each) => realpath(each).catch(() => resolve(each))));
  const linked = (await lstat(target)).isSymbolicLink() ? `${basename(target)} is a link to it` : '';
  const said = [linked, await whose(path)].filter((each) => each !== '').join(', ');
  return { name, path, writable: allowed.some((each) => isInside(each, path)), ...(said && { said }) };
}

async function isReadable(path: string): Promise<boolean> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return (
    isFolder &&
    access(path, constants.R_OK | constants.X_OK).then(
      () => true,
      () => false,
    )
  );
}

/** Another user's is read where the kernel lets us, and said to be. */
async function whose(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined || found.uid === process.getuid?.() ? '' : 'it belongs to another user';
}
