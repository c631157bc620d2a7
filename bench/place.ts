// A repository, a home and a state directory of their own, so that a measurement touches nothing of the person's.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const launcher = join(import.meta.dirname, '../bin/hullspeed.cjs');
const bundle = join(import.meta.dirname, '../dist/cli.mjs');

export interface Place {
  readonly repository: string;
  readonly env: Readonly<Record<string, string>>;
  /** Arguments for Node: the built program in this place, against a model at `baseUrl`. */
  program(baseUrl: string, ...args: readonly string[]): string[];
  remove(): Promise<void>;
}

export async function createPlace(): Promise<Place> {
  if (!existsSync(bundle)) throw new Error('dist/cli.mjs is missing: run npm run build');
  const root = await mkdtemp(join(tmpdir(), 'hullspeed-bench-'));
  const repository = join(root, 'repository');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: join(root, 'home'),
    XDG_CACHE_HOME: join(root, 'cache'),
    XDG_CONFIG_HOME: join(root, 'config'),
    HULLSPEED_STATE: join(root, 'state'),
    OPENAI_API_KEY: 'bench',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
  };
  for (const directory of [repository, env.HOME]) await mkdir(directory);
  await writeFile(join(repository, 'readme.md'), '# bench\n');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, env });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '-m', 'Begin');
  return {
    repository,
    env,
    program: (baseUrl, ...args) => [
      launcher,
      ...args,
      '--trust',
      '--base-url',
      baseUrl,
      '--model',
      'scripted',
    ],
    // What the program had started may still be writing.
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/** Behind a large commit git packs all by itself, with both cores and into what is measured next: here it has done so. */
export function commitAll({ repository, env }: Place, ...message: readonly string[]): void {
  const git = (...args: readonly string[]): void => void execFileSync('git', args, { cwd: repository, env });
  git('config', 'user.name', 'bench');
  git('config', 'user.email', 'bench@localhost');
  git('add', '.');
  git('-c', 'gc.auto=0', 'commit', '--quiet', ...message.flatMap((part) => ['-m', part]));
  git('gc', '--quiet');
}

/** Writes the person's config. */
export function configure({ env }: Place, toml: string): void {
  const directory = join(env.XDG_CONFIG_HOME ?? '', 'hullspeed');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'config.toml'), toml);
}
