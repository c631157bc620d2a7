// Which repository a directory belongs to, and how a new one is made.
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { AppError } from '../engine/errors.ts';
import { createGit } from './git.ts';
import type { Environment } from './git-environment.ts';

/** Absolute paths. `gitDir` is the worktree's own, `commonDir` the one that all worktrees share. */
export interface GitPlace {
  readonly root: string;
  readonly gitDir: string;
  readonly commonDir: string;
}

/** Null where `cwd` lies in no worktree. Rejects with `AppError('repository')` where git refuses to look at the one it found. */
export async function openRepository(cwd: string, env: Environment): Promise<GitPlace | null> {
  const git = createGit(await realpath(cwd), env);
  const answer = await git.run(
    ['rev-parse', '--path-format=absolute', '--show-toplevel', '--absolute-git-dir', '--git-common-dir'],
    { codes: [128] },
  );
  const [root, gitDir, commonDir] = answer.stdout.toString('utf8').split('\n');
  if (answer.code === 0 && root && gitDir && commonDir) return { root, gitDir, commonDir };
  if (/not a git repository|must be run in a work tree|cannot use bare repository/i.test(answer.stderr)) {
    return null;
  }
  throw new AppError('repository', `Opening the git repository at ${cwd} failed. ${answer.stderr.trim()}`);
}

/** Makes `cwd` a repository. Refuses the home directory and `/` with `AppError('repository')`. */
export async function initRepository(cwd: string, env: Environment): Promise<GitPlace> {
  const directory = await realpath(cwd);
  const home = await realpath(env.HOME ?? homedir()).catch(() => '');
  if (directory === '/' || directory === home) {
    throw new AppError(
      'repository',
      `No repository is made in ${directory}: it would hold everything you have. Make a folder for the project and start there.`,
    );
  }
  await createGit(directory, env).run(['init', '--quiet']);
  const place = await openRepository(directory, env);
  if (place === null) {
    throw new AppError(
      'repository',
      `git init in ${directory} made no repository. Run it by hand to see why.`,
    );
  }
  return place;
}
