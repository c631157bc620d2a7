// Marks a dependency in the conversation as soon as a manifest has it, while steering is still possible: a patch says so
// itself, what a command wrote is seen by the next look at the worktree.
import type { Claims } from '../session/claims.ts';
import type { DependencyChange } from '../session/facts.ts';
import type { DecisionReader, FileDiff, Repository } from './git-ports.ts';
import type { PatchedFile } from './ports.ts';
import type { Store } from './store.ts';

export interface Manifests {
  /** What a patch changed about dependencies. */
  patched(files: readonly PatchedFile[]): readonly DependencyChange[];
  /** Records what else the session's manifests have more or less than at the look before. One at a time. */
  look(look: ManifestLook): Promise<void>;
}

export interface ManifestLook {
  /** The first one of this process: what is dirty by now has been told, or is the person's. */
  readonly first: boolean;
  readonly dirty: ReadonlyMap<string, unknown>;
  readonly changed: readonly string[];
  /** Before this look; what it claimed is in the store. */
  readonly claims: Claims;
}

export interface ManifestPorts {
  readonly store: Store;
  readonly repository: Pick<Repository, 'content' | 'headContent'>;
  readonly reader: Pick<DecisionReader, 'isManifest' | 'dependencies'>;
}

/** Bytes beyond which nobody has written a manifest. */
const LONGEST = 1_000_000;

export function createManifests({ store, repository, reader }: ManifestPorts): Manifests {
  /** What manifests that differ from HEAD held when they were seen last. */
  const seen = new Map<string, string | null>();

  const compare = async (path: string, isDirty: boolean): Promise<FileDiff> => {
    const head = async (): Promise<string | null> => textOf(await repository.headContent(path));
    const before = seen.has(path) ? (seen.get(path) ?? null) : await head();
    const after = isDirty ? textOf(await repository.content(path)) : await head();
    if (isDirty) seen.set(path, after);
    else seen.delete(path);
    return { path, before, after };
  };

  return {
    patched(files) {
      const diffs = files
        .filter(({ path }) => reader.isManifest(path))
        .map(({ path, before, after }) => ({ path, before: textOf(before), after: textOf(after) }))
        // A look between the patch and its end has told it.
        .filter(({ path, after }) => !(path in store.getState().claims && seen.get(path) === after));
      for (const { path, after } of diffs) seen.set(path, after);
      return reader.dependencies(diffs);
    },
    async look({ first, dirty, changed, claims }) {
      const paths = (first ? [...dirty.keys()] : changed).filter(reader.isManifest);
      const diffs = await Promise.all(paths.map((path) => compare(path, dirty.has(path))));
      const ours = (path: string): boolean => path in claims || path in store.getState().claims;
      const changes = reader.dependencies(diffs.filter(({ path }) => ours(path)));
      if (first || changes.length === 0) return;
      store.record({
        type: 'notice.raised',
        level: 'info',
        text: `dependencies: ${changes.map(inWords).join(', ')}`,
        about: { kind: 'dependencies', changes },
      });
    },
  };
}

function inWords({ name, from, to }: DependencyChange): string {
  if (from === undefined) return `+${name} ${to}`.trim();
  return to === undefined ? `−${name}` : `${name} ${from} → ${to}`;
}

function textOf(content: Uint8Array | null): string | null {
  return content === null || content.length > LONGEST ? null : Buffer.from(content).toString('utf8');
}
