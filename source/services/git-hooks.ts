// Runs one of the repository's hooks as git would, but against a private index, with a time limit and an end to its children.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { endTree } from '../processes/process-tree.ts';
import type { Git } from './git.ts';
import type { GitConfig } from './git-config.ts';
import { type Environment, hookEnvironment } from './git-environment.ts';
import { cleanOutput } from './git-output.ts';
import type { GitPlace } from './git-place.ts';
import { createLimit } from './limit.ts';

export type Hook = 'pre-commit' | 'prepare-commit-msg' | 'commit-msg';

/** The end of a hook's output says why it failed, in characters. */
const OUTPUT_CHARACTERS = 65_536;
/** A daemon that a hook leaves behind may hold its output open, in ms. */
const DRAIN_MS = 100;

export interface HookRun {
  readonly args: readonly string[];
  /** What the hook sees as staged, and may change. */
  readonly index: string;
  readonly env: Environment;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** Absolute path of the repository's hooks, as its config has it (`core.hooksPath`). */
export async function hooksFolder(git: Git, place: GitPlace, config: GitConfig): Promise<string> {
  if (config.hooksPath === undefined) return join(place.commonDir, 'hooks');
  return resolve(git.root, await git.text(['rev-parse', '--git-path', 'hooks'], { trusted: true }));
}

/** Path of a hook that git would run, or undefined. */
export async function findHook(folder: string, hook: Hook): Promise<string | undefined> {
  const path = join(folder, hook);
  return access(path, constants.X_OK).then(
    () => path,
    () => undefined,
  );
}

/** Undefined: it had nothing against it. Else its output, both streams in the order in which they came. */
export async function runHook(root: string, path: string, run: HookRun): Promise<string | undefined> {
  run.signal.throwIfAborted();
  const limit = createLimit(run.limitMs, run.signal);
  const { code, output } = await runProgram(path, root, run, limit.signal).finally(limit.end);
  run.signal.throwIfAborted();
  const text = cleanOutput(output).trimEnd();
  if (limit.isPassed()) {
    return `${text}\nThe hook ran longer than ${run.limitMs / 1000} s and was stopped.`.trimStart();
  }
  return code === 0 ? undefined : text || `${path} ended with exit code ${code} and said nothing.`;
}

function runProgram(
  path: string,
  cwd: string,
  run: HookRun,
  stop: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  return new Promise((settle, reject) => {
    const id = randomUUID();
    const env = { ...hookEnvironment(run.env, run.index), HULLSPEED_HOOK: id };
    // A shell, because git too runs a hook without a `#!` line as a shell script.
    const child = spawn('/bin/sh', ['-c', 'exec "$0" "$@"', path, ...run.args], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-OUTPUT_CHARACTERS);
      });
    }
    const kill = (): void =>
      void endTree({ leader: child.pid, marker: `HULLSPEED_HOOK=${id}` }).then(() =>
        settle({ code: null, output }),
      );
    stop.addEventListener('abort', kill, { once: true });
    child.once('error', reject);
    child.once('exit', (code) => {
      stop.removeEventListener('abort', kill);
      const drained = setTimeout(() => {
        for (const stream of [child.stdout, child.stderr]) stream.destroy();
        settle({ code, output });
      }, DRAIN_MS);
      child.once('close', () => {
        clearTimeout(drained);
        settle({ code, output });
      });
    });
  });
}
