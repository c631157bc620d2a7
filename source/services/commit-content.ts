// What each planned path becomes in the commit: the worktree's content, or the session's delta laid upon HEAD's.
import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { PathPlan } from '../engine/git-ports.ts';
import type { Git } from './git.ts';
import { blobId } from './git-blob.ts';
import { entryMode, type GitConfig } from './git-config.ts';
import { isInside } from './git-content.ts';
import { type Entry, sameEntry } from './git-index.ts';
import { type Content, mergeBlobs, sameContent, writeBlob } from './git-merge.ts';
import type { GitPlace } from './git-place.ts';
import { lstatOrNull } from './git-status.ts';

/** Where a commit is being made. `scratch`: a folder for files of its own. */
export interface CommitSite {
  readonly git: Git;
  readonly place: GitPlace;
  readonly config: GitConfig;
  readonly scratch: string;
  readonly signal?: AbortSignal;
}

export interface PathChange {
  readonly path: string;
  /** What HEAD has and what it will have; null: no file. */
  readonly base: Entry | null;
  readonly entry: Entry | null;
  /** Whether the worktree has something else at this path than what is committed. */
  readonly partial: boolean;
  /** There for patches: what lays the same change upon content that the person has staged. */
  readonly delta?: Delta;
}

export interface Delta {
  /** Blob ids, with line ends and filters applied; null: no file. */
  readonly before: string | null;
  readonly after: string | null;
  /** Nobody else wrote here, neither before the session's first write nor since: what is staged was staged of its work. */
  readonly alone: boolean;
}

export interface Resolved {
  readonly changes: readonly PathChange[];
  /** Where the session's lines and the person's overlap. */
  readonly held: readonly string[];
}

/** `base`: HEAD's entries of these paths. Blobs are written to the object store; nothing else is touched. */
export async function resolveChanges(
  site: CommitSite,
  plans: readonly PathPlan[],
  base: ReadonlyMap<string, Entry>,
): Promise<Resolved> {
  const disk = await readDisk(site, plans, base);
  const changes: PathChange[] = [];
  const held: string[] = [];
  for (const { path, delta, shared = false, overlap } of plans) {
    if (overlap) {
      held.push(path);
      continue;
    }
    const head = base.get(path) ?? null;
    const now = disk.get(path) ?? null;
    // Which commit of a submodule is used, is for the person alone to say.
    if (head?.mode === '160000') continue;
    // A patch through a link changed the link's target, which is a path of its own.
    const change =
      delta === undefined || now?.mode === '120000'
        ? { path, base: head, entry: now, partial: false }
        : await resolveDelta(site, path, { ...delta, shared }, head, now);
    if (change === null) held.push(path);
    else changes.push(change);
  }
  return { changes, held };
}

/** Null: overlap. */
async function resolveDelta(
  site: CommitSite,
  path: string,
  delta: { readonly before: Content; readonly after: Content; readonly shared: boolean },
  head: Entry | null,
  now: Entry | null,
): Promise<PathChange | null> {
  const content = now === null ? null : await readFile(join(site.git.root, path));
  const untouched = sameContent(content, delta.after);
  const before = await blobOf(site, path, delta.before, head);
  const after = untouched ? (now?.oid ?? null) : await blobOf(site, path, delta.after, now);
  const merged = await mergeBlobs(site.git, site.scratch, before, head?.oid ?? null, after);
  if (merged === null) return null;
  const entry = merged.oid === null ? null : { mode: now?.mode ?? head?.mode ?? '100644', oid: merged.oid };
  const alone = untouched && before === (head?.oid ?? null) && !delta.shared;
  return { path, base: head, entry, partial: !sameEntry(entry, now), delta: { before, after, alone } };
}

/** The blob that `git add` would make of these bytes at that path. `likely` spares a process where it is the same. */
async function blobOf(
  site: CommitSite,
  path: string,
  content: Content,
  likely: Entry | null,
): Promise<string | null> {
  if (content === null) return null;
  if (likely !== null && likely.oid === blobId(content, site.config.hexDigits)) return likely.oid;
  return site.git.text(['hash-object', '-w', '--stdin', `--path=${path}`], {
    input: content,
    trusted: true,
    signal: site.signal,
  });
}

/** What `git add` would make of these paths as they stand. Paths behind a link are no files of this worktree. */
async function readDisk(
  site: CommitSite,
  plans: readonly PathPlan[],
  base: ReadonlyMap<string, Entry>,
): Promise<Map<string, Entry>> {
  const { git, config } = site;
  const modes = new Map<string, string>();
  const disk = new Map<string, Entry>();
  for (const { path } of plans) {
    const stats = (await isInside(git.root, path)) ? await lstatOrNull(join(git.root, path)) : null;
    const mode = stats && entryMode(stats.mode, base.get(path)?.mode, config.fileMode);
    if (mode === '120000') {
      const target = await readlink(join(git.root, path), { encoding: 'buffer' });
      disk.set(path, { mode, oid: await writeBlob(git, target) });
    } else if (mode !== null) modes.set(path, mode);
  }
  if (modes.size === 0) return disk;
  const input = [...modes.keys()].map((path) => `${quoted(path)}\n`).join('');
  const oids = (
    await git.text(['hash-object', '-w', '--stdin-paths'], { input, trusted: true, signal: site.signal })
  ).split('\n');
  for (const [i, [path, mode]] of [...modes].entries()) disk.set(path, { mode, oid: oids[i] ?? '' });
  return disk;
}

/** `hash-object` reads a path a line, quoted as in C. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
