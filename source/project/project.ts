// The project as the engine sees it: its instructions, its tests, and a few words on where it is.
import { readdir, stat } from 'node:fs/promises';
import { release, type } from 'node:os';
import { join } from 'node:path';
import type { Clock, Project } from '../engine/ports.ts';
import type { Config } from './config.ts';
import { decisionReader } from './decisions/read-decisions.ts';
import { createDocsReader } from './docs-pages.ts';
import type { Places } from './environment.ts';
import { matchesGlob } from './glob.ts';
import { readInstructions } from './instructions.ts';
import { createSeen, type Seen } from './seen.ts';
import { findStartCommand } from './start-command.ts';
import { describeTests } from './suites.ts';
import { fastCommand, findTests } from './test-command.ts';

export interface ProjectOptions {
  /** Root of the worktree, and the folder in it where hullspeed was started. */
  readonly root: string;
  readonly cwd: string;
  readonly places: Places;
  readonly config: Config;
  readonly clock: Clock;
}

/** Looks anew at each call: files change while a session lives. */
export function createProject({ root, cwd, places, config, clock }: ProjectOptions): Project {
  const { values } = config;
  const skips = (path: string): boolean => values['tests.skip'].some((pattern) => matchesGlob(path, pattern));
  const find = (seen: Seen) =>
    findTests(root, { command: values['tests.command'], suites: values['tests.suites'], skips }, seen);
  const tests = keepFound(find, clock.now);
  return {
    reader: decisionReader,
    tests,
    beforeCommit: () => fastCommand(config.values['tests.before_commit']),
    start: () => findStartCommand(root, config.values['run.command']),
    instructions: () => readInstructions({ root, cwd, home: places.home, config: places.config }),
    docs: createDocsReader(root, config.values['docs.include']),
    skips,
    stamp: () => stampEnvironment(root),
    environment: async () => {
      const testing = describeTests(await tests());
      return `System: ${type()} ${release()}. Date: ${dayOf(new Date(clock.now()))}. Directory: ${root}. ${testing}`;
    },
  };
}

/** What was found last, as long as all is as it was where it was found: each command of the model asks for it. */
function keepFound<T>(find: (seen: Seen) => Promise<T>, now: () => number): () => Promise<T> {
  let kept: { readonly found: Promise<T>; readonly seen: Seen } | undefined;
  return () => {
    if (!kept?.seen.stands()) {
      const seen = createSeen(now);
      kept = { found: find(seen), seen };
    }
    return kept.found;
  };
}

/** Names, sizes and times of the `.env` files at the root. */
async function stampEnvironment(root: string): Promise<string> {
  const names = (await readdir(root).catch(() => [])).filter((name) => name.startsWith('.env')).sort();
  const stamps = names.map(async (name) => {
    const { size, mtimeMs } = await stat(join(root, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
    return `${name}:${size}:${mtimeMs}`;
  });
  return (await Promise.all(stamps)).join(',');
}

/** On this machine. Node's own formatter loads its tables first: 10 ms between the first prompt and its request. */
function dayOf(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
