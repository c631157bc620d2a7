// What lies where in a project, to two levels: as much as tells its shape, however many files it has.
import { opendir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { quoted } from './foreign-text.ts';

/** Entries that are read of a folder, and names that are shown of it. */
const READ = { root: 400, inner: 120 };
const SHOWN = { folders: 20, files: 14, inner: 8 };
const NAME = 60;
/** Made by tools; nobody reads them to learn how a project is built. */
const passedOver = new Set([
  'node_modules',
  'target',
  'dist',
  'build',
  'out',
  'vendor',
  'coverage',
  '__pycache__',
  'DerivedData',
]);

interface Listing {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly links: readonly string[];
  /** There are more than were read. */
  readonly more: boolean;
}

/** A line for each folder at the top, and one for the files there. */
export async function layoutOf(root: string): Promise<string[]> {
  const top = await list(root, READ.root);
  const folders = top.folders.slice(0, SHOWN.folders);
  const lines = await Promise.all(
    folders.map(async (folder) => {
      const inner = await list(join(root, folder), READ.inner);
      const names = [...inner.folders.map((name) => `${name}/`), ...inner.files, ...inner.links];
      return `${quoted(folder, NAME)}/: ${enumerate(names, SHOWN.inner, inner.more)}`;
    }),
  );
  const others = top.folders.length - folders.length;
  if (others > 0) lines.push(`and ${others}${top.more ? ' or more' : ''} other folders`);
  const files = [
    ...top.files,
    ...(await Promise.all(top.links.slice(0, 8).map((link) => describeLink(root, link)))),
  ];
  if (files.length > 0) lines.push(enumerate(files, SHOWN.files, top.more));
  return lines;
}

/** Stops early, so that a folder of any size costs the same. Hidden entries are left out. */
async function list(folder: string, most: number): Promise<Listing> {
  const found: { folders: string[]; files: string[]; links: string[]; more: boolean } = {
    folders: [],
    files: [],
    links: [],
    more: false,
  };
  try {
    let read = 0;
    for await (const entry of await opendir(folder, { bufferSize: 64 })) {
      read += 1;
      if (read > most) {
        found.more = true;
        break;
      }
      if (entry.name.startsWith('.') || passedOver.has(entry.name)) continue;
      if (entry.isDirectory()) found.folders.push(entry.name);
      else if (entry.isFile()) found.files.push(entry.name);
      else if (entry.isSymbolicLink()) found.links.push(entry.name);
    }
  } catch {
    // What cannot be read has nothing to show.
  }
  for (const names of [found.folders, found.files, found.links]) names.sort();
  return found;
}

/** No link is followed; of one that leads elsewhere it is said. */
async function describeLink(root: string, name: string): Promise<string> {
  const target = await realpath(join(root, name)).catch(() => undefined);
  if (target === undefined) return `${name} (a link to nothing)`;
  return target === root || target.startsWith(`${root}/`) ? name : `${name} (a link out of it)`;
}

function enumerate(names: readonly string[], most: number, more: boolean): string {
  const shown = names.slice(0, most).map((name) => quoted(name, NAME));
  const rest = names.length - shown.length;
  const tail =
    rest > 0 || more
      ? [`and ${rest > 0 ? rest : ''}${more ? ' more than can be listed' : ' more'}`.replace('  ', ' ')]
      : [];
  return [...shown, ...tail].join(', ') || '(empty)';
}
