// What git says of a project that nobody has trusted: its last commits and what is changed there. Nothing of it is run.
import { lstat, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProjectLook } from '../engine/neighbours-port.ts';
import { createGit, type Git, type RunOptions } from './git.ts';
import { readConfig } from './git-config.ts';
import type { Environment } from './git-environment.ts';
import { parseHead, parseStatus } from './git-status.ts';

/** Longest that a look may take, in ms; it is taken while the model thinks. */
const LIMIT_MS = 2_000;
const HEAD_LIMIT_MS = 500;
/** Paths that differ from HEAD, and bytes of their list, above which nothing is said of them. */
const MOST = { paths: 2_000, bytes: 1_000_000 };

export interface BesideCommit {
  readonly sha: string;
  readonly date: string;
  readonly subject: string;
}

/** The newest first; none where there is no repository of its own, or git refuses to read it. */
export async function lastCommits(path: string, count: number, env: Environment): Promise<BesideCommit[]> {
  const fields = await withGit(path, env, (git) =>
    git.fields(['log', '-z', `-${count}`, '--format=%H%x09%cs%x09%s'], { limitMs: HEAD_LIMIT_MS }),
  );
  return (fields ?? []).map((field) => {
    const [sha = '', date = '', ...subject] = field.split('\t');
    return { sha, date, subject: subject.join(' ') };
  });
}

export async function headBeside(path: string, env: Environment): Promise<string | undefined> {
  const head = await withGit(path, env, (git) =>
    git.text(['rev-parse', '--verify', '--quiet', 'HEAD'], { codes: [1], limitMs: HEAD_LIMIT_MS }),
  );
  return head || undefined;
}

export async function lookBeside(path: string, env: Environment): Promise<ProjectLook | undefined> {
  return withGit(path, env, async (plain) => {
    const options: RunOptions = { limitMs: LIMIT_MS, most: MOST.bytes };
    const git = createGit(path, closed(path, env), (await readConfig(plain)).withoutFilters);
    const [status, log] = await Promise.all([
      git.run(
        ['status', '--porcelain=v2', '--branch', '-z', '--ignore-submodules=all', '--no-renames'],
        options,
      ),
      git.text(['rev-parse', '--path-format=absolute', '--git-path', 'logs/HEAD'], options),
    ]);
    const fields = status.stdout.toString('utf8').split('\0');
    const entries = parseStatus(fields);
    if (status.cut || entries.length > MOST.paths) return undefined;
    const dirty = await Promise.all(
      entries.map(async ({ path: inside, xy }) => {
        const found = await lstat(join(path, inside)).catch(() => undefined);
        const stamp = `${xy} ${found ? `${found.size} ${found.ctimeMs} ${found.mode}` : ''}`;
        return [inside, { stamp, at: found?.ctimeMs ?? (await changedAt(path, inside)) }] as const;
      }),
    );
    const movedAt = await stat(log).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.NaN,
    );
    return { head: parseHead(fields).sha, movedAt, dirty: new Map(dirty) };
  });
}

/** ctime of a path, or of the nearest folder above it that is there. */
export async function changedAt(path: string, inside: string): Promise<number> {
  for (let at = join(path, inside); at.length >= path.length; at = dirname(at)) {
    const found = await lstat(at).catch(() => undefined);
    if (found !== undefined) return found.ctimeMs;
  }
  return 0;
}

/** Undefined where the folder is no repository itself: what lies around it is none of ours. */
async function withGit<T>(
  path: string,
  env: Environment,
  read: (git: Git) => Promise<T>,
): Promise<T | undefined> {
  try {
    await lstat(join(path, '.git'));
    const git = createGit(path, closed(path, env));
    const top = await git.text(['rev-parse', '--show-toplevel'], { limitMs: HEAD_LIMIT_MS });
    // Its config may say that its files are elsewhere.
    return top === path ? await read(git) : undefined;
  } catch {
    return undefined;
  }
}

/** No repository above it is looked for, and nothing that is missing in it is fetched. */
function closed(path: string, env: Environment): Environment {
  return {
    ...env,
    GIT_CEILING_DIRECTORIES: dirname(path),
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
  };
}
