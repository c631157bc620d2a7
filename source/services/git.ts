// The one door to git: simple-git, with settings under which nothing of the repository's runs and nobody is asked.
import { setImmediate as comeRound } from 'node:timers/promises';
import { simpleGit } from 'simple-git';
import { AppError } from '../engine/errors.ts';
import { type Environment, findGit, gitEnvironment } from './git-environment.ts';
import { cleanOutput } from './git-output.ts';
import { createLimit, type Limit } from './limit.ts';

/** Longest time that git may take, in ms, so that a server without an answer holds nobody up. */
const LIMIT_MS = 60_000;

/** Reads run none of these, whatever the repository's config says. */
const HARDENED = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.pager=cat',
  'diff.external=',
  'log.showSignature=false',
  'commit.gpgSign=false',
];
/** For every call. An index that we write is one whole file. */
const ALWAYS = [
  'safe.bareRepository=explicit',
  'core.splitIndex=false',
  'core.quotePath=false',
  'i18n.commitEncoding=UTF-8',
];

/** simple-git refuses these settings and variables in general; here they are ours, never a repository's or a model's. */
const OURS = {
  allowUnsafeCustomBinary: true,
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafePager: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeFilter: true,
  allowUnsafeAskPass: true,
  allowUnsafeSshCommand: true,
  allowUnsafeConfigPaths: true,
};

export interface RunOptions {
  /** For standard input, which is closed otherwise. */
  readonly input?: string | Uint8Array;
  /** Absolute path of another index than the worktree's. */
  readonly index?: string;
  /** The repository's own hooks, filters and programs may run. Only for what the engine does after trust was given. */
  readonly trusted?: boolean;
  readonly signal?: AbortSignal;
  readonly limitMs?: number;
  readonly cwd?: string;
  /** Exit codes that are answers, beside 0. */
  readonly codes?: readonly number[];
  /** Bytes of standard output after which git is stopped, and what came until then is the answer. */
  readonly most?: number;
  /** For the one command that knows no literal pathspecs. */
  readonly magic?: true;
  /** Command that git uses for ssh. */
  readonly ssh?: string;
}

export interface Answer {
  readonly code: number;
  readonly stdout: Buffer;
  /** Cleaned of control sequences. */
  readonly stderr: string;
  /** There was more than `most`. */
  readonly cut?: true;
}

/** All reject with `AppError('git')` on another exit code or after the limit, and with the signal's reason when aborted. */
export interface Git {
  /** Top of the worktree. */
  readonly root: string;
  run(args: readonly string[], options?: RunOptions): Promise<Answer>;
  /** Standard output as UTF-8 without the last newline. */
  text(args: readonly string[], options?: RunOptions): Promise<string>;
  /** The NUL-separated fields of standard output. */
  fields(args: readonly string[], options?: RunOptions): Promise<string[]>;
}

/** `overrides`: further `key=value` settings for calls that are not trusted. Paths of commands are relative to `root`. */
export function createGit(root: string, env: Environment, overrides: readonly string[] = []): Git {
  const binary = findGit(env, root);
  const environment = gitEnvironment(env);

  async function run(args: readonly string[], options: RunOptions = {}): Promise<Answer> {
    // Starting a process holds the loop for 6 ms, so what is about to be written, as a key's line, comes first.
    await comeRound();
    options.signal?.throwIfAborted();
    const limitMs = options.limitMs ?? LIMIT_MS;
    const limit = createLimit(limitMs, options.signal);
    const config = options.trusted ? ALWAYS : [...ALWAYS, ...HARDENED, ...overrides];
    const answer = await spawnGit(args, {
      binary,
      config,
      limit,
      env: withOptions(environment, options),
      cwd: options.cwd ?? root,
      input: options.input,
      most: options.most,
    }).finally(limit.end);
    options.signal?.throwIfAborted();
    if (answer === undefined) throw failure(args, root, `it took longer than ${limitMs / 1000} s`);
    if (answer.code === 0 || options.codes?.includes(answer.code)) return answer;
    throw failure(args, root, answer.stderr.trim() || `exit code ${answer.code}`);
  }

  async function text(args: readonly string[], options?: RunOptions): Promise<string> {
    return (await run(args, options)).stdout.toString('utf8').replace(/\n$/, '');
  }

  async function fields(args: readonly string[], options?: RunOptions): Promise<string[]> {
    const whole = (await run(args, options)).stdout.toString('utf8');
    return whole === '' ? [] : whole.replace(/\0$/, '').split('\0');
  }

  return { root, run, text, fields };
}

interface Spawn {
  readonly binary: string;
  readonly config: readonly string[];
  readonly limit: Limit;
  readonly env: Record<string, string>;
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  readonly most?: number;
}

/** Undefined where the limit or the caller's signal came first. */
async function spawnGit(args: readonly string[], spawn: Spawn): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  const abort = spawn.limit.signal;
  try {
    const git = simpleGit({
      baseDir: spawn.cwd,
      binary: spawn.binary,
      config: [...spawn.config],
      abort,
      // The default takes what was read 50 ms after the exit for the whole output.
      completion: { onClose: true, onExit: false },
      // Empty bytes close standard input; undefined would leave it open.
      input: () => Buffer.from(spawn.input ?? ''),
      errors(_, { exitCode, stdOut, stdErr }) {
        const stderr = cleanOutput(Buffer.concat(stdErr).toString('utf8'));
        answer ??= { code: exitCode, stdout: Buffer.concat(stdOut), stderr };
        // simple-git would join them once more and make text of it: 14 MB for 100,000 files.
        stdOut.length = 0;
        return undefined;
      },
      allowEnvironment: Object.keys(spawn.env),
      unsafe: OURS,
    });
    git.env(spawn.env);
    git.outputHandler((_, stdout) => {
      // simple-git waits 50 ms for more where nothing was printed; an empty chunk at the end tells it that all is there.
      stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
      if (spawn.most === undefined) return;
      takeAtMost(stdout, spawn.most, (bytes) => {
        answer = { code: 0, stdout: bytes, stderr: '', cut: true };
        spawn.limit.abort();
      });
    });
    await Promise.race([git.raw([...args]), aborted(abort)]);
  } catch (cause) {
    if (answer === undefined && !abort.aborted) {
      throw new AppError(
        'git',
        `Starting git in ${spawn.cwd} failed: ${cause}. Is that folder still there?`,
        { cause },
      );
    }
  }
  return abort.aborted && !answer?.cut ? undefined : answer;
}

/** Calls back with the first `most` bytes once there are more. */
function takeAtMost(stdout: NodeJS.ReadableStream, most: number, onMore: (bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stdout.on('data', (chunk: Buffer) => {
    if (bytes > most) return;
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > most) onMore(Buffer.concat(chunks).subarray(0, most));
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function withOptions(environment: Record<string, string>, options: RunOptions): Record<string, string> {
  return {
    ...environment,
    ...(options.magic && { GIT_LITERAL_PATHSPECS: '0' }),
    ...(options.index !== undefined && { GIT_INDEX_FILE: options.index }),
    ...(options.ssh !== undefined && { GIT_SSH_COMMAND: options.ssh }),
  };
}

function failure(args: readonly string[], root: string, reason: string): AppError {
  return new AppError('git', `git ${args[0]} in ${root} failed: ${reason}`);
}
