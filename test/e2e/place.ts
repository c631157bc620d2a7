// Everything that the built program meets on a machine, made anew for one test: a home, a repository, a model server.
import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Recorded } from '../../source/session/events.ts';
import { type App, openApp } from '../support/app.ts';
import {
  type Piece,
  patch,
  type RequestBody,
  type Script,
  startModelServer,
} from '../support/model-server.ts';

// A wait that is in vain says what it saw before the test's own time is over.
vi.setConfig({ testTimeout: 300_000 });

const launcher = join(import.meta.dirname, '../../bin/hullspeed.cjs');

/** Tests that are found by their Makefile; the shell script that they are prints TAP. */
export function testedBy(script: string): Readonly<Record<string, string>> {
  return { Makefile: 'test:\n\t@sh check.sh\n', 'check.sh': script };
}

export const green = testedBy('echo "ok 1 - floats"; echo 1..1\n');

export function addFile(path: string, text = 'one'): Piece {
  return patch(`*** Begin Patch\n*** Add File: ${path}\n+${text}\n*** End Patch`);
}

type Environment = Readonly<Record<string, string>>;

export interface PlaceOptions {
  readonly script?: Script;
  /** Tokens a second of the model's answers; as fast as possible where absent. */
  readonly pace?: number;
  /** Files of the first commit; null: the folder is no repository. By default green tests. */
  readonly files?: Readonly<Record<string, string>> | null;
  /** The person's config.toml. */
  readonly config?: string;
  readonly env?: Environment;
  /** Of the repository's folder. */
  readonly name?: string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: Environment;
}

export interface OpenOptions extends StartOptions {
  readonly columns?: number;
  readonly rows?: number;
  /** A line of bash that starts the program, which is its `"$@"`, as a job. */
  readonly shell?: string;
}

export interface Place {
  /** The repository. */
  readonly root: string;
  readonly home: string;
  /** Holds the directories of the sessions. */
  readonly state: string;
  readonly baseUrl: string;
  readonly requests: readonly RequestBody[];
  git(...args: string[]): string;
  /** Paths are below the repository. */
  write(path: string, content: string): void;
  read(path: string): string;
  /** The full screen. */
  open(args?: readonly string[], options?: OpenOptions): App;
  /** The program without a terminal. */
  start(args: readonly string[], options?: StartOptions & { readonly input?: string }): Running;
  /** The same, to its end. */
  hullspeed(...args: string[]): Promise<Ended>;
  /** A line of bash, in which `hullspeed` is the program. */
  bash(line: string): Promise<Ended>;
  /** The directory of the one session that there is. */
  session(): string;
  /** What is in its journal, oldest first; a torn last line is left out. */
  journal(): Recorded[];
}

/** Removed with the test. */
export async function createPlace(options: PlaceOptions = {}): Promise<Place> {
  const { files = green, config = '', script = [], pace, name = 'project' } = options;
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'hullspeed-e2e-')));
  const folders = { root: join(base, name), home: join(base, 'home'), state: join(base, 'state') };
  const { root, home, state } = folders;
  const server = await startModelServer(script, pace === undefined ? {} : { pace });
  onTestFinished(async () => {
    await server.close();
    // What a killed program had started may still be writing.
    rmSync(base, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  const env: Environment = { ...environment(folders, base), OPENAI_BASE_URL: server.baseUrl, ...options.env };
  const put = (path: string, content: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  for (const folder of [root, join(base, 'tmp')]) mkdirSync(folder);
  put(join(home, '.config/hullspeed/config.toml'), config);
  put(join(home, '.gitconfig'), '[user]\n\tname = A Person\n\temail = person@example.com\n');
  for (const [path, content] of Object.entries(files ?? {})) put(join(root, path), content);
  if (files !== null) {
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'begin', '--allow-empty');
  }
  const program = (args: readonly string[]) => [process.execPath, launcher, ...args] as const;
  const place: Place = {
    ...folders,
    baseUrl: server.baseUrl,
    requests: server.requests,
    git,
    write: (path, content) => put(join(root, path), content),
    read: (path) => readFileSync(join(root, path), 'utf8'),
    open: (args = ['--trust'], { cwd = root, env: more, shell, ...size } = {}) => {
      const command =
        shell === undefined ? program(args) : (['bash', '-mc', shell, 'bash', ...program(args)] as const);
      return openApp({ command, cwd, env: { ...env, ...more }, ...size });
    },
    start: (args, { cwd = root, env: more, input = '' } = {}) =>
      startProcess(program(args), { cwd, env: { ...env, ...more }, input }),
    hullspeed: (...args) => place.start(args).ended,
    bash: (line) =>
      startProcess(['bash', '-c', `hullspeed() { '${process.execPath}' '${launcher}' "$@"; }; ${line}`], {
        cwd: root,
        env,
        input: '',
      }).ended,
    session: () => onlySession(state),
    journal: () => readJournal(onlySession(state)),
  };
  return place;
}

/** Nothing of the person's who runs the tests gets in but the programs. */
function environment({ home, state }: { home: string; state: string }, base: string): Environment {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    TMPDIR: join(base, 'tmp'),
    XDG_CONFIG_HOME: join(home, '.config'),
    // Of this checkout, so that not every start compiles the program anew.
    XDG_CACHE_HOME: join(import.meta.dirname, '../../node_modules/.cache'),
    HULLSPEED_STATE: state,
    OPENAI_API_KEY: 'sk-nobody-pays-for-this-1234',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
  };
}

function startProcess(
  [file = '', ...args]: readonly string[],
  { cwd, env, input }: { cwd: string; env: Environment; input: string },
): Running {
  const child = spawn(file, args, { cwd, env });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program that refuses early does not read what it is given.
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { ended, kill: (signal) => child.kill(signal) };
}

function onlySession(state: string): string {
  const names = readdirSync(state, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const [name] = names;
  if (name === undefined || names.length > 1) throw new Error(`${names.length} sessions in ${state}`);
  return join(state, name.name);
}

function readJournal(session: string): Recorded[] {
  const lines = readFileSync(join(session, 'journal.jsonl'), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line.slice(line.indexOf(' ') + 1)) as Recorded);
}
