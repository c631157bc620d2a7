// A real repository in a temporary home, and the person who works in it beside us.
import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type {
  CommitPlan,
  CommitResult,
  Committer,
  PathPlan,
  Repository,
} from '../../../source/engine/git-ports.ts';
import { type CommitterOptions, createCommitter } from '../../../source/services/committer.ts';
import { type GitPlace, openRepository } from '../../../source/services/git-place.ts';
import { createRepository } from '../../../source/services/git-repository.ts';

export type CommitStarted = Parameters<CommitPlan['onStarted']>[0];

export interface Fixture extends Disposable {
  readonly home: string;
  readonly root: string;
  readonly env: Record<string, string>;
  /** The person's own git; its output without the last newline. */
  git(...args: string[]): string;
  /** The same while we go on. */
  gitLater(...args: string[]): Promise<string>;
  write(path: string, content: string | Uint8Array): void;
  read(path: string): string;
  hook(name: string, script: string): void;
  /** What HEAD, the index and the disk have at a path; null: nothing. */
  three(path: string): { head: string | null; staged: string | null; disk: string | null };
  place(root?: string): Promise<GitPlace>;
  repository(root?: string): Promise<Repository>;
  committer(options?: Partial<CommitterOptions>, root?: string): Promise<Committer>;
  /** Commits these paths; a name alone takes the worktree's content. Where some overlap, the rest without them. */
  ship(
    paths: readonly (string | PathPlan)[],
    plan?: Partial<CommitPlan>,
    options?: Partial<CommitterOptions>,
  ): Promise<CommitResult & { readonly held?: readonly string[] }>;
}

/** With one commit of `files`, unless there are none. */
export function makeFixture(files: Record<string, string> = { 'a.txt': 'one\n' }): Fixture {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'hullspeed-git-')));
  const root = join(home, 'project');
  mkdirSync(root);
  writeFileSync(
    join(home, 'gitconfig'),
    '[user]\n\tname = Ann\n\temail = ann@example.com\n[init]\n\tdefaultBranch = main\n',
  );
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const fixture = makeParts(home, root, env);
  fixture.git('init', '--quiet');
  for (const [path, content] of Object.entries(files)) fixture.write(path, content);
  if (Object.keys(files).length > 0) {
    fixture.git('add', '-A');
    fixture.git('commit', '--quiet', '-m', 'start');
  }
  return fixture;
}

function makeParts(home: string, root: string, env: Record<string, string>): Fixture {
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: root,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replace(/\n$/, '');
  const orNull = (read: () => string): string | null => {
    try {
      return read();
    } catch {
      return null;
    }
  };
  const raw = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const place = async (where = root): Promise<GitPlace> => {
    const found = await openRepository(where, env);
    if (found === null) throw new Error(`no repository at ${where}`);
    return found;
  };
  let committers = 0;
  const committer = async (options: Partial<CommitterOptions> = {}, where = root): Promise<Committer> =>
    createCommitter(await place(where), { env, planned: join(home, `planned-${committers++}`), ...options });
  return {
    home,
    root,
    env,
    git,
    gitLater: async (...args) => (await promisify(execFile)('git', args, { cwd: root, env })).stdout,
    write(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    hook(name, script) {
      mkdirSync(join(root, '.git/hooks'), { recursive: true });
      writeFileSync(join(root, '.git/hooks', name), script);
      chmodSync(join(root, '.git/hooks', name), 0o755);
    },
    three: (path) => ({
      head: orNull(() => raw('show', `HEAD:${path}`)),
      staged: orNull(() => raw('show', `:${path}`)),
      disk: orNull(() => readFileSync(join(root, path), 'utf8')),
    }),
    place,
    repository: async (where) => createRepository(await place(where), env),
    committer,
    async ship(paths, plan = {}, options = {}) {
      const plans = paths.map(
        (each): PathPlan => (typeof each === 'string' ? { path: each, by: 'also' } : each),
      );
      const held: string[] = [];
      for (;;) {
        const rest = plans.filter((each) => !held.includes(each.path));
        const shipping = await committer(options);
        // As a ship does it: what is planned for the tests is kept for the commit. What fails here fails there too.
        const look = await createRepository(await place(), env).status();
        await shipping.tree(rest, look).catch(() => undefined);
        const result = await shipping.commit(planOf(rest, plan));
        if (result.kind === 'overlap') held.push(...result.paths);
        else return result.kind === 'created' || result.kind === 'nothing' ? { ...result, held } : result;
      }
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** A commit of these paths, of which a test says what matters to it. */
export function planOf(paths: readonly PathPlan[], plan: Partial<CommitPlan> = {}): CommitPlan {
  return {
    subject: 'Ship',
    body: '',
    trailers: [],
    onStarted: async () => {},
    signal: new AbortController().signal,
    ...plan,
    paths,
  };
}

/** Does it within one second of the clock, and resolves in a later one: git's own view of times is no finer. */
export async function withinOneSecond(work: () => void): Promise<void> {
  const second = (): number => Math.floor(Date.now() / 1000);
  for (let tries = 0; tries < 10; tries += 1) {
    const before = second();
    await expect.poll(second, { interval: 5 }).toBeGreaterThan(before);
    const began = second();
    work();
    if (second() > began) continue;
    await expect.poll(second, { interval: 5 }).toBeGreaterThan(began);
    return;
  }
  throw new Error('this machine is too slow to do it within a second');
}

/** What a patch of the session plans: its content before and after. */
export function patched(path: string, before: string | null, after: string | null): PathPlan {
  const bytes = (text: string | null): Uint8Array | null => (text === null ? null : Buffer.from(text));
  return { path, by: 'patch', delta: { before: bytes(before), after: bytes(after) } };
}
