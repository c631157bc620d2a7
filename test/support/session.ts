// A whole session on real parts: a git repository, a journal, ptys, files, and the `openai` client over HTTP on
// loopback. Only the model's words are scripted, and how tests are found.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startEngine } from '../../source/engine/engine.ts';
import type { Engine, Settings } from '../../source/engine/face.ts';
import type { Project, StartCommand, TestCommand } from '../../source/engine/ports.ts';
import { createSpeculationLock } from '../../source/journal/lock.ts';
import { openJournal } from '../../source/journal/open-journal.ts';
import { decisionReader } from '../../source/project/decisions/read-decisions.ts';
import { createDocsReader } from '../../source/project/docs-pages.ts';
import { createNeighbours } from '../../source/project/neighbours.ts';
import { createClock } from '../../source/services/clock.ts';
import { createCommitter } from '../../source/services/committer.ts';
import { changedAt, headBeside, lastCommits, lookBeside } from '../../source/services/git-beside.ts';
import { openRepository } from '../../source/services/git-place.ts';
import { createRepository } from '../../source/services/git-repository.ts';
import { createModel } from '../../source/services/openai.ts';
import { createTerminal } from '../../source/services/pty.ts';
import { resizeImage } from '../../source/services/resize-image.ts';
import type { Recorded } from '../../source/session/events.ts';
import { createTools } from '../../source/tools/tools.ts';
import { type RawReply, type Script, startModelServer } from './model-server.ts';

export const testSettings: Settings = {
  model: 'scripted',
  effort: 'high',
  autoShip: false,
  shipWhen: 'known',
  maxRed: 5,
  maxSteps: 500,
  compactAt: 233_000,
  contextWindow: 272_000,
  testTimeoutMs: 60_000,
  testSilenceMs: 60_000,
  speculative: true,
  patienceMs: 60_000,
  attribution: '',
};

type Tests = (Pick<TestCommand, 'command'> & Partial<TestCommand>) | null;

export interface SessionOptions {
  /** Files of the first commit; '' values are empty files. */
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Partial<Settings>;
  /** By the folder that the project lies in, or as it is. Null: the project has no tests. By default `sh check.sh`, where there is such a file at the start. */
  readonly tests?: Tests | ((base: string) => Tests);
  /** `tests.before_commit`; null: `none`. */
  readonly beforeCommit?: string | null;
  /** How the project is started. */
  readonly start?: string;
  /** Tokens a second of the model's answers; as fast as possible where absent. */
  readonly pace?: number;
  /** The provider has a compaction of its own, which answers so. */
  readonly compact?: RawReply;
  /** Tests are found only once there is this file, which a shell runs. */
  readonly testsIn?: string;
  /** `references.write` of the person's config names the folder that the project lies in. */
  readonly writable?: true;
  /** No first commit. */
  readonly unborn?: boolean;
  /** Shell scripts by name, found before every other program of that name. */
  readonly programs?: Readonly<Record<string, string>>;
}

export interface TestSession {
  readonly root: string;
  readonly engine: Engine;
  readonly events: readonly Recorded[];
  readonly requests: readonly { readonly input?: unknown }[];
  git(...args: string[]): string;
  write(path: string, content: string): void;
  read(path: string): string;
  /** Sends a prompt and waits until the session rests. */
  prompt(text: string): Promise<void>;
  /** Closes this process' part and opens the session anew, as another process would. `meanwhile`: what happens between. */
  reopen(meanwhile?: () => void): Promise<void>;
  /** Leaves without a word, as SIGKILL would: nothing more is recorded. */
  close(): Promise<void>;
}

const plain = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', LANG: 'C.UTF-8', TERM: 'dumb' };

export async function startSession(script: Script, options: SessionOptions = {}): Promise<TestSession> {
  const { files = {}, settings, unborn = false, programs = {} } = options;
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'hullspeed-session-')));
  const root = join(base, 'project');
  const environment = { ...plain, PATH: `${join(base, 'bin')}:${plain.PATH}` };
  mkdirSync(join(base, 'bin'));
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(base, 'bin', name), `#!/bin/sh\n${script}`, { mode: 0o755 });
  mkdirSync(root);
  const writable = options.writable ? [base] : [];
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  git('init', '-q', '-b', 'main');
  appendFileSync(join(root, '.git/config'), '[user]\n\tname = A Person\n\temail = person@example.com\n');
  for (const [path, content] of Object.entries(files)) write(path, content);
  if (!unborn) {
    git('add', '-A');
    git('commit', '-qm', 'begin', '--allow-empty');
  }
  const { pace, compact } = options;
  const server = await startModelServer(script, {
    ...(pace !== undefined && { pace }),
    ...(compact && { compact }),
  });
  const place = await openRepository(root, environment);
  if (place === null) throw new Error('no repository');
  const events: Recorded[] = [];

  const open = async (): Promise<Engine> => {
    const { journal, state } = await openJournal({ directory: join(base, 'state'), app: 'test' });
    const terminal = createTerminal({ environment });
    const append = journal.append.bind(journal);
    journal.append = (event) => {
      const recorded = append(event);
      events.push(recorded);
      return recorded;
    };
    return startEngine({
      state,
      journal,
      model: createModel({
        baseUrl: server.baseUrl,
        model: 'scripted',
        effort: 'high',
        app: 'test',
        compaction: compact !== undefined,
      }),
      tools: createTools({ root, environment, terminal, writable, draft: () => journal.draft() }),
      resizeImage,
      terminal,
      neighbours: createNeighbours({
        root,
        home: join(base, 'home'),
        named: {},
        writable,
        // However loaded the machine is, a card is whole.
        clock: { sleep: () => new Promise(() => undefined) },
        git: {
          commits: (path) => lastCommits(path, 5, environment),
          head: (path) => headBeside(path, environment),
          look: (path) => lookBeside(path, environment),
          changedAt,
        },
      }),
      project: testProject(
        root,
        () => findTests(options, root),
        options.start ? { command: options.start, source: 'test' } : undefined,
        options.beforeCommit,
      ),
      repository: createRepository(place, environment),
      committer: createCommitter(place, { env: environment, planned: join(base, 'planned-index') }),
      clock: createClock(),
      settings: { ...testSettings, ...settings },
      app: 'test',
      pid: process.pid,
      drains: true,
      cacheKey: 'test-session',
      speculation: createSpeculationLock(join(base, 'speculation.lock')),
      notes: [],
      onFatal: (error) => {
        throw error;
      },
    });
  };
  let engine = await open();
  return {
    root,
    get engine() {
      return engine;
    },
    events,
    requests: server.requests,
    git,
    write,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    async prompt(text) {
      const refused = engine.send({ do: 'prompt', text });
      if (refused) throw new Error(refused.refused);
      await engine.idle();
    },
    async reopen(meanwhile) {
      await engine.close('quit');
      if (meanwhile) {
        // File times tick more slowly than the journal's clock.
        await new Promise((resolve) => setTimeout(resolve, 50));
        meanwhile();
      }
      engine = await open();
    },
    async close() {
      await engine.close('quit');
      await server.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

function findTests({ tests, testsIn, files = {} }: SessionOptions, root: string): Tests {
  if (typeof tests === 'function') return tests(dirname(root));
  if (testsIn !== undefined) return existsSync(join(root, testsIn)) ? { command: `sh ${testsIn}` } : null;
  return tests === undefined ? ('check.sh' in files ? { command: 'sh check.sh' } : null) : tests;
}

/** `✕ NAME` lines are failures, `no tests` means none: a runner as small as can be. */
function testProject(
  root: string,
  find: () => Tests,
  started: StartCommand | undefined,
  beforeCommit: string | null | undefined,
): Project {
  const read = async (output: string): ReturnType<TestCommand['read']> => ({
    failures: [...output.matchAll(/^✕ (.+?)\r?$/gm)].map((match) => ({ name: match[1] ?? '' })),
    ...(/^no tests/m.test(output) && { none: true as const }),
  });
  const before =
    typeof beforeCommit === 'string'
      ? { command: beforeCommit, source: 'test', env: {}, read }
      : beforeCommit;
  return {
    reader: decisionReader,
    instructions: async () => '',
    docs: createDocsReader(root, ['docs/**/*.md']),
    tests: async () => {
      const found = find();
      return found ? { source: 'test', env: {}, read, ...found } : undefined;
    },
    beforeCommit: () => before,
    start: async () => started,
    stamp: async () => '',
    skips: (path) => path.endsWith('.md'),
    environment: async () => 'a test',
  };
}

/** The types of events, and of a turn's end its outcome, of calls their outcome: what a turn did, on one page. */
export function story(events: readonly Recorded[]): string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'turn.ended':
        return `turn.ended ${event.outcome}`;
      case 'call.finished':
        return `call.finished ${event.outcome}`;
      case 'run.started':
        return `run.started ${event.purpose}`;
      case 'run.finished':
        return `run.finished ${event.verdict}`;
      case 'commit.created':
        return `commit.created ${event.verdict.kind}: ${event.subject}`;
      case 'notice.raised':
        return `notice.raised ${event.about?.kind ?? event.text}`;
      default:
        return event.type;
    }
  });
}
