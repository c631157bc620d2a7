// From claims to what the committer needs: whose content of each path is committed (rule 17).

import type { Claim } from '../session/facts.ts';
import type { Changes } from './changes.ts';
import type { PathPlan, Repository } from './git-ports.ts';
import type { Journal } from './ports.ts';
import type { Store } from './store.ts';

export interface PlanPorts {
  readonly store: Store;
  readonly changes: Pick<Changes, 'isShared'>;
  readonly journal: Journal;
  readonly repository: Pick<Repository, 'headContent'>;
}

export function planPaths(ports: PlanPorts, paths: readonly string[]): Promise<PathPlan[]> {
  const claims = ports.store.getState().claims;
  return Promise.all(
    paths.flatMap((path) => (claims[path] === undefined ? [] : [planPath(ports, claims[path])])),
  );
}

async function planPath({ changes, journal, repository }: PlanPorts, claim: Claim): Promise<PathPlan> {
  const { path, by } = claim;
  if (claim.overlap) return { path, by, overlap: true };
  if (claim.after === undefined) return { path, by };
  const before =
    claim.before === undefined ? await repository.headContent(path) : content(journal, claim.before);
  const after = content(journal, claim.after);
  // A lost blob must not be read as a missing file: then the worktree's content is what there is.
  if (before === undefined || after === undefined) return { path, by };
  const shared = changes.isShared(path) ? { shared: true as const } : {};
  return { path, by, ...shared, delta: { before, after } };
}

function content(journal: Journal, id: string | null): Uint8Array | null | undefined {
  return id === null ? null : (journal.fetch(id) ?? undefined);
}
