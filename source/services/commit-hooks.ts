// What the repository's hooks say to a commit before there is one.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommitSite, PathChange } from './commit-content.ts';
import { diffTrees, type Staged, writeTree } from './commit-stage.ts';
import { findHook, type Hook, type HookRun, runHook } from './git-hooks.ts';
import { readStatus } from './git-status.ts';

/** `folder`: where the repository's hooks lie. */
export type HookPlace = Omit<HookRun, 'args'> & { readonly folder: string };

export interface Refusal {
  readonly hook: Hook;
  readonly output: string;
}

/**
 * The pre-commit hook may change what is committed (a formatter), and its result is taken, but for what it swept up of
 * the person's: other paths that were dirty before it ran go back to the base, and those whose worktree content is only
 * partly committed come back as `overlap`.
 */
export async function passPreCommit(
  site: CommitSite,
  staged: Staged,
  hooks: HookPlace,
): Promise<Staged | Refusal | { readonly overlap: readonly string[] }> {
  const { git, signal } = site;
  const { index } = staged;
  const path = await findHook(hooks.folder, 'pre-commit');
  if (path === undefined) return staged;
  await git.run(['update-index', '-q', '--refresh'], { index, trusted: true, codes: [1], signal });
  const dirty = new Set((await readStatus(git, site.place.gitDir)).dirty.map((each) => each.path));
  const output = await runHook(git.root, path, { ...hooks, args: [] });
  if (output !== undefined) return { hook: 'pre-commit', output };
  const changes = new Map(staged.changes.map((change) => [change.path, change]));
  const overlap: string[] = [];
  const back: Pick<PathChange, 'path' | 'entry'>[] = [];
  const swept = await diffTrees(site, staged.tree, await git.text(['write-tree'], { index }));
  for (const { path: changed, before, after } of swept) {
    const ours = changes.get(changed);
    if (ours?.partial) overlap.push(changed);
    else if (ours === undefined && dirty.has(changed)) back.push({ path: changed, entry: before });
    else changes.set(changed, { path: changed, base: before, partial: false, ...ours, entry: after });
  }
  if (overlap.length > 0) return { overlap };
  return { ...staged, changes: [...changes.values()], tree: await writeTree(site, back, index) };
}

/** The message as the hooks leave it. */
export async function passMessage(
  site: CommitSite,
  message: string,
  hooks: HookPlace,
): Promise<string | Refusal> {
  const file = join(site.scratch, 'COMMIT_EDITMSG');
  let text = message;
  for (const hook of ['prepare-commit-msg', 'commit-msg'] as const) {
    const path = await findHook(hooks.folder, hook);
    if (path === undefined) continue;
    await writeFile(file, text);
    const args = hook === 'prepare-commit-msg' ? [file, 'message'] : [file];
    const output = await runHook(site.git.root, path, { ...hooks, args });
    if (output !== undefined) return { hook, output };
    text = await site.git.text(['stripspace'], { input: await readFile(file) });
    if (text === '') return { hook, output: `The ${hook} hook left the commit's message empty.` };
  }
  return text;
}
