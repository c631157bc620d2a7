// Makes the commit object: base tree, planned paths, the hooks' say, message. No ref and no index of the person's is touched.
import { AppError } from '../engine/errors.ts';
import type { CommitPlan } from '../engine/git-ports.ts';
import type { CommitSite, PathChange } from './commit-content.ts';
import { commitDiff } from './commit-diff.ts';
import { passMessage, passPreCommit, type Refusal } from './commit-hooks.ts';
import { changedPaths, restage, type Staged, stagePaths } from './commit-stage.ts';
import type { Environment } from './git-environment.ts';
import { hooksFolder } from './git-hooks.ts';
import { sameEntry } from './git-index.ts';
import type { NextIndex } from './git-index-lock.ts';
import { resolveCommit } from './git-log.ts';

export interface HookSettings {
  readonly env: Environment;
  /** For each hook. */
  readonly limitMs: number;
}

export interface Draft {
  readonly kind: 'draft';
  readonly base: string | null;
  readonly commit: string;
  readonly message: string;
  /** Only what differs from the base. */
  readonly changes: readonly PathChange[];
  /** The worktree's index with these changes and no others, and the name of the one that it was made from. */
  readonly ready?: { readonly from: string; readonly next: NextIndex };
}

export type Drafted =
  | Draft
  | { readonly kind: 'nothing' }
  /** These cannot be committed without the person's own lines. */
  | { readonly kind: 'overlap'; readonly paths: readonly string[] }
  | ({ readonly kind: 'hook' } & Refusal);

/** Longest that a signing program may take, in ms. */
const SIGN_MS = 20_000;

/** On HEAD as it is now, or as what was `planned` has it. All of the plan or nothing: less has not been tested. */
export async function draftCommit(
  site: CommitSite,
  plan: CommitPlan,
  settings: HookSettings,
  kept?: Staged,
): Promise<Drafted> {
  const planned = kept ?? (await stagePaths(site, plan.paths, new Set()));
  const { base, plain, index } = planned;
  if (planned.held.length > 0) return { kind: 'overlap', paths: planned.held };
  const nothing = { kind: 'nothing' } as const;
  const own = planned.named
    ? planned.changes.filter((change) => !sameEntry(change.base, change.entry))
    : await changesIn(site, planned);
  if (own.length === 0) return nothing;
  const hooks = {
    ...settings,
    folder: await hooksFolder(site.git, site.place, site.config),
    index,
    signal: plan.signal,
  };
  const staged = await passPreCommit(site, planned, hooks);
  if ('hook' in staged) return { kind: 'hook', ...staged };
  if ('overlap' in staged) return { kind: 'overlap', paths: staged.overlap };
  const changes = staged.tree === planned.tree ? own : await changesIn(site, staged);
  const read = (await plan.read?.(commitDiff(site, base, changes))) ?? [];
  const message = await passMessage(site, composeMessage(plan, read), hooks);
  if (typeof message !== 'string') return { kind: 'hook', ...message };
  if (changes.length === 0) return nothing;
  const commit = await writeCommit(site, staged.tree, base, message);
  const { next } = planned;
  const ready = plain !== null && next && staged === planned ? { ready: { from: plain, next } } : {};
  return { kind: 'draft', base, commit, message, changes, ...ready };
}

/** Those that are in the tree. */
async function changesIn(site: CommitSite, { base, tree, changes }: Staged): Promise<PathChange[]> {
  const changed = await changedPaths(site, base, tree);
  return changes.filter((change) => changed.has(change.path));
}

/** The draft upon what HEAD is by now; undefined where HEAD has changed at one of its paths. No hook runs again. */
export async function rebaseDraft(site: CommitSite, draft: Draft): Promise<Draft | undefined> {
  const base = await resolveCommit(site.git, 'HEAD');
  if (base === draft.base) return draft;
  const tree = await restage(site, base, draft.changes);
  return tree === undefined
    ? undefined
    : { ...draft, base, commit: await writeCommit(site, tree, base, draft.message), ready: undefined };
}

function composeMessage({ subject, body, trailers }: CommitPlan, read: readonly string[]): string {
  const line = (text: string): string => text.replace(/[\s\0]+/g, ' ').trim();
  const parts = [
    line(subject),
    body.replaceAll('\0', '').trim(),
    [...read, ...trailers].map(line).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

async function writeCommit(
  site: CommitSite,
  tree: string,
  base: string | null,
  message: string,
): Promise<string> {
  const parent = base === null ? [] : ['-p', base];
  const options = { input: message, trusted: true, limitMs: SIGN_MS, signal: site.signal };
  if (!site.config.signs) return site.git.text(['commit-tree', ...parent, '-F', '-', tree], options);
  try {
    return await site.git.text(['commit-tree', '-S', ...parent, '-F', '-', tree], options);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'git',
      `Signing the commit failed. Unlock your key, or run \`git commit -S\` by hand to see why. ${reason}`,
      { cause },
    );
  }
}
