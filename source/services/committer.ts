// The Committer port on git: commits exactly the planned paths and leaves the person's own work as it is.
import type { CommitPlan, CommitResult, Committer } from '../engine/git-ports.ts';
import type { CommitSite } from './commit-content.ts';
import { type Draft, draftCommit, type HookSettings } from './commit-draft.ts';
import { joinCommit, prepareIndex, stagedOverlap } from './commit-join.ts';
import { createKeeper } from './commit-keep.ts';
import { type Staged, stagePaths } from './commit-stage.ts';
import { createGit, type Git } from './git.ts';
import { readConfig } from './git-config.ts';
import type { Environment } from './git-environment.ts';
import { withFaults } from './git-fault.ts';
import { createHindrance, WAIT_OR_REMOVE } from './git-hindrance.ts';
import { settleLock } from './git-index-lock.ts';
import { resolveCommit } from './git-log.ts';
import { mergeContents } from './git-merge.ts';
import type { GitPlace } from './git-place.ts';
import { pushBranch } from './git-push.ts';
import { withScratch } from './git-scratch.ts';

export interface CommitterOptions {
  /** The person's environment, without keys of hullspeed's own: hooks get all of it. */
  readonly env: Environment;
  /** Absolute path of a file of its own: there lies the index that a plan has built until its commit. */
  readonly planned: string;
  /** For each hook; two minutes by default. */
  readonly hookLimitMs?: number;
  /** How long another git may hold the index; three seconds by default. */
  readonly lockWaitMs?: number;
}

interface Limits {
  readonly hooks: HookSettings;
  readonly lockWaitMs: number;
}

/** Tries beside the lock; then as many under it, where the index cannot move but HEAD still can. */
const TRIES = 5;

/** Only for a repository that the person trusts: hooks, filters and signing programs run as its config has them. */
export function createCommitter(place: GitPlace, options: CommitterOptions): Committer {
  const { env, planned, hookLimitMs = 120_000, lockWaitMs = 3_000 } = options;
  const git = createGit(place.root, env);
  const findHindrance = createHindrance(git, place);
  const keeper = createKeeper(place, planned);
  const limits = { hooks: { env, limitMs: hookLimitMs }, lockWaitMs };

  const inScratch = <T>(work: (scratch: string) => Promise<T>): Promise<T> =>
    withFaults(place.root, () => withScratch(place.gitDir, work));

  return {
    tree: async (paths, look, signal) =>
      (look && (await keeper.find(paths, look))?.staged) ??
      keeper.during(paths, (keep) =>
        inScratch(async (scratch) => {
          const config = await readConfig(git);
          const site = { git, place, config, scratch, signal };
          const all = await stagePaths(site, paths, new Set(), look);
          const overlap = all.plain ? [] : await stagedOverlap(site, all.changes);
          const { tree, held } =
            overlap.length === 0 ? all : await stagePaths(site, paths, new Set(overlap), look);
          if (overlap.length === 0)
            await keep({ config, staged: all.plain === null ? all : await prepareIndex(site, all) });
          return { tree, held };
        }),
      ),

    async commit(plan) {
      const { signal } = plan;
      try {
        signal.throwIfAborted();
        return await inScratch(async (scratch) => {
          const kept = await keeper.take(plan.paths, scratch);
          // Where the index is the one that was planned on, nothing is unmerged in it.
          const look = kept ? { look: { dirty: [] } } : {};
          const hindrance = await findHindrance({ ...look, signal });
          if (hindrance !== undefined) return failed(hindrance);
          const config = kept?.config ?? (await readConfig(git));
          return commitAt({ git, place, config, scratch, signal }, plan, limits, kept?.staged);
        });
      } catch (error) {
        if (plan.signal.aborted) return { kind: 'interrupted' };
        return failed(error instanceof Error ? error.message : String(error));
      }
    },

    recover: ({ ref, next, indexLock }) =>
      withFaults(place.root, async () => {
        const moved = (await contains(git, ref, next)) || (await contains(git, 'HEAD', next));
        await settleLock(place.gitDir, indexLock, moved ? 'install' : 'remove');
        return moved ? 'finished' : 'rolled back';
      }),

    push: (signal) => pushBranch(git, env, signal),

    merge: (base, ours, theirs) => inScratch((scratch) => mergeContents(git, scratch, base, ours, theirs)),
  };
}

/** Joins again whenever HEAD or the index has moved, and drafts again where that touched our own paths. */
async function commitAt(
  site: CommitSite,
  plan: CommitPlan,
  limits: Limits,
  kept: Staged | undefined,
): Promise<CommitResult> {
  let draft: Draft | undefined;
  let reason = 'our own paths';
  for (let round = 0; round < 2 * TRIES; round += 1) {
    const first = draft === undefined;
    if (draft === undefined) {
      const drafted = await draftCommit(site, plan, limits.hooks, round === 0 ? kept : undefined);
      if (drafted.kind !== 'draft') return drafted;
      draft = drafted;
    }
    const lockFirst = round >= TRIES;
    const joined = await joinCommit(site, draft, plan, { first, lockFirst, waitMs: limits.lockWaitMs });
    switch (joined.kind) {
      case 'joined':
        return created(joined.draft, joined.branch);
      case 'locked':
        return failed(`${site.place.gitDir}/index.lock is held by another git. ${WAIT_OR_REMOVE}`);
      case 'overlap':
        return joined;
      case 'stale':
        draft = undefined;
        break;
      case 'moved':
        reason = joined.reason;
        break;
      default:
        return joined satisfies never;
    }
  }
  return failed(
    `Another program kept changing the branch or the index (${reason}). Ship again when it has ended.`,
  );
}

function created({ commit, base, changes }: Draft, branch: string): CommitResult {
  return { kind: 'created', sha: commit, base, branch, paths: changes.map((change) => change.path) };
}

function failed(reason: string): CommitResult {
  return { kind: 'failed', reason };
}

async function contains(git: Git, name: string, commit: string): Promise<boolean> {
  const tip = await resolveCommit(git, name);
  if (tip === null) return false;
  return (await git.run(['merge-base', '--is-ancestor', commit, tip], { codes: [1, 128] })).code === 0;
}
