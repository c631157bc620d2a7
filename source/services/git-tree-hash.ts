// One hash for the whole tree as it stands on disk, the same before and after its content is committed.
import { createReadStream } from 'node:fs';
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sameStat } from '../engine/file-stat.ts';
import type { DirtyPath, Repository, Status } from '../engine/git-ports.ts';
import type { Git } from './git.ts';
import { startBlob } from './git-blob.ts';
import { entryMode, type GitConfig } from './git-config.ts';
import type { Entry } from './git-index.ts';
import type { Lister, Listing } from './git-listing.ts';
import { lstatOrNull, readStatus } from './git-status.ts';

/** Files read at once. */
const WIDTH = 16;
/** A file that changed so shortly before it was read may change again without a trace in its times, in ms. */
const RACY_MS = 50;

type Stat = NonNullable<DirtyPath['stat']>;
interface Known {
  readonly stat: Stat;
  readonly oid: string;
}

/**
 * Paths that differ from HEAD count with their content, all others with their blob in the index. A file whose blob is
 * not its content (line ends, filters) keeps the hash of its content after the commit, as long as it lies unchanged.
 */
export function createTreeHash(
  git: Git,
  gitDir: string,
  list: Lister,
  config: GitConfig,
): Repository['treeHash'] {
  const known = new Map<string, Known>();
  /** Of a look: who asks again waits for no second one, which holds the loop for 40 ms among 100,000 files. */
  const hashes = new WeakMap<Status, Promise<string>>();

  return (look) => {
    if (look === undefined) return treeHash();
    const known = hashes.get(look);
    if (known !== undefined) return known;
    const hash = treeHash(look);
    hashes.set(look, hash);
    hash.catch(() => hashes.delete(look));
    return hash;
  };

  async function treeHash(look?: Status): Promise<string> {
    const [listing, { dirty }] = await Promise.all([list(), look ?? readStatus(git, gitDir)]);
    const overlay = new Map<string, Entry | null>();
    for (let at = 0; at < dirty.length; at += WIDTH) {
      const some = dirty.slice(at, at + WIDTH);
      const entries = await Promise.all(some.map((each) => entryOnDisk(each, listing.find(each.path))));
      for (const [i, each] of some.entries()) overlay.set(each.path, entries[i] ?? null);
    }
    await keepConverted(listing, overlay);
    return listing.hash(overlay);
  }

  async function entryOnDisk(each: DirtyPath, before: Entry | undefined): Promise<Entry | null> {
    if (each.stat === null) return null;
    if (each.submodule) return { mode: '160000', oid: await headOf(each.path) };
    const mode = entryMode(each.stat.mode, before?.mode, config.fileMode);
    const oid = mode === null ? null : await contentHash(each.path, each.stat, mode);
    return mode === null || oid === null ? null : { mode, oid };
  }

  /** Null: gone since it was seen. A file that cannot be read counts with its times. */
  async function contentHash(path: string, seen: Stat, mode: string): Promise<string | null> {
    const before = known.get(path);
    if (before !== undefined && sameStat(before.stat, seen)) return before.oid;
    const startedMs = Date.now();
    const oid = await hashBlob(join(git.root, path), mode, seen.size, config.hexDigits).catch(
      (error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' ? null : `unreadable ${seen.size} ${seen.mtimeMs}`,
    );
    if (oid === null) return null;
    if (startedMs - seen.ctimeMs > RACY_MS) known.set(path, { stat: seen, oid });
    else known.delete(path);
    return oid;
  }

  /** A clean file whose blob is not what we read from the disk before the commit. */
  async function keepConverted(listing: Listing, overlay: Map<string, Entry | null>): Promise<void> {
    for (const [path, { stat: seen, oid }] of known) {
      const entry = listing.find(path);
      if (overlay.has(path) || entry?.oid === oid) continue;
      const now = await lstatOrNull(join(git.root, path));
      if (entry !== undefined && now !== null && sameStat(seen, now)) {
        overlay.set(path, { mode: entry.mode, oid });
      } else known.delete(path);
    }
  }

  async function headOf(submodule: string): Promise<string> {
    const answer = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD'], {
      cwd: join(git.root, submodule),
      codes: [1, 128],
    });
    return answer.stdout.toString('utf8').trim();
  }
}

/** The id that git gives to these bytes as a blob. A link's content is its target. */
async function hashBlob(path: string, mode: string, size: number, hexDigits: number): Promise<string> {
  const hash = startBlob(size, hexDigits);
  if (mode === '120000') hash.update(await readlink(path, { encoding: 'buffer' }));
  else await pipeline(createReadStream(path), hash, { end: false });
  return hash.digest('hex');
}
