// Suites of a monorepo, found where its workspaces are plain: npm, pnpm and yarn packages, Cargo members, go.work modules.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { matchesGlob } from './glob.ts';
import { readManager, readPackageScript } from './package-script.ts';
import { openRoot, type Root } from './root.ts';
import type { Seen } from './seen.ts';
import type { Suite } from './suites.ts';

export interface FoundSuites {
  readonly source: string;
  readonly suites: readonly Suite[];
}

/** More are no longer plain; a command would name each. */
const MOST = 100;

interface Place {
  readonly folder: string;
  readonly root: Root;
  readonly seen: Seen | undefined;
}

type Table = Readonly<Record<string, unknown>>;

interface Package {
  readonly folder: string;
  /** By which others depend on it. */
  readonly name: string;
  readonly needs: readonly string[];
  readonly test?: Pick<Suite, 'command' | 'runs' | 'folder'>;
}

/** Undefined where there are none, or fewer than two. Reads only; never rejects. `seen`: told what is read. */
export async function findSuites(folder: string, seen?: Seen): Promise<FoundSuites | undefined> {
  const root = await openRoot(folder, seen);
  const place = { folder, root, seen };
  for (const [source, find] of [
    ['workspaces', npmPackages],
    ['Cargo.toml', cargoMembers],
    ['go.work', goModules],
  ] as const) {
    const packages = await find(place).catch(() => []);
    const suites = packages.flatMap((each) => suiteOf(each, packages));
    if (suites.length > 1 && suites.length <= MOST) return { source, suites };
  }
  return undefined;
}

/** It tests its own folder, and those of all that it needs: a change there may break it. */
function suiteOf(of: Package, among: readonly Package[]): Suite[] {
  if (of.test === undefined) return [];
  const byName = new Map(among.map((each) => [each.name, each]));
  const needed = new Set([of]);
  for (const { needs } of needed)
    for (const name of needs) {
      const found = byName.get(name);
      if (found !== undefined) needed.add(found);
    }
  return [{ ...of.test, paths: [...needed].map(({ folder }) => `${folder}/**`) }];
}

/** A root that has a test script of its own knows better. */
async function npmPackages(place: Place): Promise<Package[]> {
  const { root } = place;
  const manifest = parsed(await root.read('package.json'));
  if ((await readPackageScript(root)) !== undefined) return [];
  const { workspaces } = manifest;
  const isPnpm = root.has('pnpm-workspace.yaml');
  const globs = isPnpm
    ? asTable(parseYaml(await root.read('pnpm-workspace.yaml'))).packages
    : Array.isArray(workspaces)
      ? workspaces
      : asTable(workspaces).packages;
  const manager = isPnpm ? 'pnpm' : await readManager(root);
  return readEach(place, globs, async (at, inner) => {
    const own = parsed(await inner.read('package.json'));
    if (!inner.has('package.json')) return [];
    const test = await readPackageScript(inner, manager);
    const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
    const needs = kinds.flatMap((kind) => Object.keys(asTable(own[kind])));
    return [{ folder: at, name: String(own.name), needs, ...(test && { test: { ...test, folder: at } }) }];
  });
}

/** A package at the root itself would cover every path: that is not plain. */
async function cargoMembers(place: Place): Promise<Package[]> {
  const { root } = place;
  const manifest = tomlOf(await root.read('Cargo.toml'));
  const workspace = asTable(manifest.workspace);
  if (manifest.package !== undefined) return [];
  const excluded = texts(workspace.exclude).map((glob) => `!${glob}`);
  return readEach(place, [...texts(workspace.members), ...excluded], async (at, inner) => {
    const own = tomlOf(await inner.read('Cargo.toml'));
    const { name } = asTable(own.package);
    if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) return [];
    const needs = ['dependencies', 'dev-dependencies', 'build-dependencies'].flatMap((kind) =>
      Object.entries(asTable(own[kind])).map(([key, value]) => String(asTable(value).package ?? key)),
    );
    // Cargo names files from the workspace's root on.
    const test = { command: `cargo test --no-fail-fast -p ${name}`, folder: '.' };
    return [{ folder: at, name, needs, test }];
  });
}

async function goModules(place: Place): Promise<Package[]> {
  const { root } = place;
  const text = (await root.read('go.work')).replace(/\/\/.*$/gm, '');
  const used = [...text.matchAll(/^use\s+(?:\(([^)]*)\)|(\S+))/gm)].flatMap(([, block, one]) =>
    (block ?? one ?? '').split(/\s+/).filter((word) => word !== ''),
  );
  if (used.includes('.')) return [];
  return readEach(place, used, async (at, inner) => {
    const own = await inner.read('go.mod');
    const name = /^module\s+"?([^\s"]+)/m.exec(own)?.[1];
    if (name === undefined) return [];
    const needs = own.split('\n').flatMap((line) => /^(?:require)?\s+(\S+)\s+v/.exec(line)?.[1] ?? []);
    return [{ folder: at, name, needs, test: { command: 'go test ./...', folder: at } }];
  });
}

/** Folders by plain globs, names with `*` in them; none where a glob is of another kind or leads out of the root. */
async function readEach(
  { folder, seen }: Place,
  globs: unknown,
  read: (at: string, inner: Root) => Promise<Package[]>,
): Promise<Package[]> {
  const all = texts(globs).map((glob) => glob.replace(/^(!?)\.\//, '$1').replace(/\/$/, ''));
  const out = all.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const wanted = all.filter((glob) => !glob.startsWith('!'));
  if (wanted.some((glob) => !/^[^*?[\]{}\p{Cc}/]*\*?(?:\/[^*?[\]{}\p{Cc}/]*\*?)*$/u.test(glob))) return [];
  if (wanted.some((glob) => glob.startsWith('/') || glob.split('/').includes('..'))) return [];
  const folders = (await Promise.all(wanted.map((glob) => expand(folder, glob, seen)))).flat();
  const kept = [...new Set(folders)].filter((at) => !out.some((glob) => matchesGlob(at, `/${glob}`))).sort();
  if (kept.length > MOST * 4) return [];
  const packages = await Promise.all(
    kept.map(async (at) => read(at, await openRoot(join(folder, at), seen))),
  );
  return packages.flat();
}

async function expand(folder: string, glob: string, seen: Seen | undefined): Promise<string[]> {
  let found = [''];
  for (const wanted of glob.split('/')) {
    const levels = found.map(async (at) => {
      const path = join(folder, at);
      seen?.note(path);
      const inner = await readdir(path, { withFileTypes: true }).catch(() => []);
      return inner
        .filter((each) => each.isDirectory() && !/^node_modules$|^\.|\p{Cc}/u.test(each.name))
        .filter(({ name }) => matchesGlob(name, wanted))
        .map(({ name }) => (at === '' ? name : `${at}/${name}`));
    });
    found = (await Promise.all(levels)).flat();
  }
  return found;
}

function parsed(json: string): Table {
  try {
    return asTable(JSON.parse(json));
  } catch {
    return {};
  }
}

function tomlOf(text: string): Table {
  try {
    return parseToml(text);
  } catch {
    return {};
  }
}

function asTable(value: unknown): Table {
  return typeof value === 'object' && value !== null ? (value as Table) : {};
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
