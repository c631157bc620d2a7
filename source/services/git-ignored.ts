// Which paths git ignores.
import type { Git } from './git.ts';

/** Those of the paths that are ignored and not tracked, in their order. A path that git cannot judge is not ignored. */
export async function ignoredAmong(git: Git, paths: readonly string[]): Promise<string[]> {
  const askable = paths.filter((path) => path !== '');
  if (askable.length === 0) return [];
  const { code, stdout } = await git.run(['check-ignore', '-z', '--stdin'], {
    // Behind `./` nothing is pathspec magic.
    input: askable.map((path) => `./${path}\0`).join(''),
    magic: true,
    codes: [1, 128],
  });
  if (code === 0) {
    const ignored = new Set(stdout.toString('utf8').split('\0'));
    return askable.filter((path) => ignored.has(`./${path}`));
  }
  // One path outside the worktree or behind a link makes git refuse all of them.
  if (code === 128 && askable.length > 1) {
    return (await Promise.all(askable.map((path) => ignoredAmong(git, [path])))).flat();
  }
  return [];
}
