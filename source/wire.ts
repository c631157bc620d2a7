// Puts a session together from its parts: the one place that sees every folder.
import { join } from 'node:path';
import { startEngine } from './engine/engine.ts';
import { AppError } from './engine/errors.ts';
import type { Engine, Settings } from './engine/face.ts';
import type { Neighbours } from './engine/neighbours-port.ts';
import type { Model } from './engine/ports.ts';
import { takePrompt } from './headless/queue.ts';
import { takeRemoval } from './headless/references.ts';
import { keepHome } from './journal/home.ts';
import { createSpeculationLock } from './journal/lock.ts';
import { openJournal } from './journal/open-journal.ts';
import { sessionDirectory } from './journal/sessions.ts';
import { type Status, writeStatus } from './journal/status.ts';
import { type Config, loadConfig } from './project/config.ts';
import { commandEnvironment, type Environment, type Places } from './project/environment.ts';
import { createNeighbours } from './project/neighbours.ts';
import { createProject } from './project/project.ts';
import { isTrusted, readTrust } from './project/trust.ts';
import { createClock } from './services/clock.ts';
import { createCommitter } from './services/committer.ts';
import { changedAt, headBeside, lastCommits, lookBeside } from './services/git-beside.ts';
import { type GitPlace, openRepository } from './services/git-place.ts';
import { createRepository } from './services/git-repository.ts';
import { createModel } from './services/openai.ts';
import { createTerminal } from './services/pty.ts';
import { resizeImage } from './services/resize-image.ts';
import { openSocket } from './services/socket.ts';
import { createTools } from './tools/tools.ts';

/** Name and version, for the journal, the model's host and the one who comes second. */
export interface Program {
  readonly app: string;
  readonly environment: Environment;
  readonly places: Places;
  readonly cwd: string;
}

export interface SessionFlags {
  readonly session?: string;
  readonly model?: string;
  readonly effort?: string;
  readonly baseUrl?: string;
  readonly trust: boolean;
}

/** A repository, what is configured for it, and where its session lives. Nothing of it has run. */
export interface Located {
  readonly place: GitPlace;
  readonly config: Config;
  readonly directory: string;
}

/** Null where `cwd` lies in no repository. Rejects with `AppError`: `config`, `repository`, `usage`. */
export async function locate(program: Program, flags: SessionFlags): Promise<Located | null> {
  const { environment, places, cwd } = program;
  const place = await openRepository(cwd, environment);
  if (place === null) return null;
  const config = await loadConfig({ places, root: place.root, environment, flags });
  const name = flags.session === undefined ? {} : { name: flags.session };
  const directory = sessionDirectory({
    stateRoot: places.state,
    gitDir: place.gitDir,
    root: place.root,
    ...name,
  });
  return { place, config, directory };
}

/** Whether the person has said that this repository's commands may run. */
export async function isAllowed(program: Program, { place, config }: Located): Promise<boolean> {
  return isTrusted(place.root, [...config.values.trust, ...(await readTrust(program.places.state))]);
}

export interface OpenOptions {
  /** One prompt and no more, and an unreachable model is given up. */
  readonly headless: boolean;
  /** A bug, or a journal that cannot be written. */
  readonly onFatal: (error: unknown) => void;
}

export interface Opened {
  readonly engine: Engine;
  /** Loads the model's client, what the first request says and node-pty, ahead of the first prompt. */
  readonly warm: () => Promise<void>;
}

/** Opens the session of a trusted repository. Rejects with `AppError`: `locked`, `newer`, `journal`, `git`. */
export async function openSession(program: Program, located: Located, options: OpenOptions): Promise<Opened> {
  const { app, environment, places, cwd } = program;
  const { place, config, directory } = located;
  const { root } = place;
  const commands = commandEnvironment(environment);
  const clock = createClock();
  const model = modelOf(config, app);
  // A prompt is there already: the client is loaded while others are waited for. A screen draws first.
  if (options.headless) void model.warm();
  const { journal, state, notes } = await openJournal({ directory, app, clock });
  try {
    keepHome(directory, place.gitDir);
    const terminal = createTerminal({ environment: commands });
    const engine = await startEngine({
      state,
      journal,
      notes,
      model,
      terminal,
      tools: createTools({
        root,
        environment: commands,
        terminal,
        draft: () => journal.draft(),
        writable: config.values['references.write'],
      }),
      resizeImage,
      neighbours: neighboursOf(program, located),
      project: createProject({ root, cwd, places, config, clock }),
      repository: createRepository(place, environment),
      committer: createCommitter(place, { env: commands, planned: join(directory, 'planned-index') }),
      clock,
      speculation: createSpeculationLock(join(places.state, 'speculation.lock')),
      settings: settingsOf(config, options.headless),
      app,
      pid: process.pid,
      drains: !options.headless,
      cacheKey: directory.slice(directory.lastIndexOf('/') + 1),
      onFatal: options.onFatal,
    });
    const writeLast = keepStatus(engine, directory, clock.now);
    const warm = async (): Promise<void> => {
      await Promise.all([model.warm(), engine.prepare()]);
      await terminal.warm();
    };
    return { engine: admitPrompts(engine, directory, options, writeLast), warm };
  } catch (error) {
    await journal.close();
    throw error;
  }
}

/** Projects beside this one: what the words of a prompt lead to, read with a git that runs nothing of theirs. */
function neighboursOf({ environment, places }: Program, { place, config }: Located): Neighbours {
  const git = {
    commits: (path: string) => lastCommits(path, 5, environment),
    head: (path: string) => headBeside(path, environment),
    look: (path: string) => lookBeside(path, environment),
    changedAt,
  };
  const writable = config.values['references.write'];
  return createNeighbours({
    root: place.root,
    home: places.home,
    named: config.open,
    writable,
    clock: createClock(),
    git,
  });
}

/** A person at the screen waits for the model as long as it takes; a script does not. */
function settingsOf({ settings, values }: Config, headless: boolean): Settings {
  return headless ? { ...settings, giveUpMs: values['wire.give_up'] } : settings;
}

/** What stands where a model should be: three ways to have one. */
export const NO_MODEL = `No model answers yet: neither a key nor a server is set. Three ways to start:
1. a key of OpenAI's: export OPENAI_API_KEY=…, then hullspeed
2. a server of your own that speaks the Responses API (Ollama, llama.cpp, vLLM, LM Studio; no key needed): hullspeed --base-url http://localhost:11434/v1 --model NAME
3. neither, to see the whole loop: hullspeed demo`;

/** Whether requests go to OpenAI's own API. */
export function isOfficial({ values }: Config): boolean {
  return values.base_url === undefined || new URL(values.base_url).host === 'api.openai.com';
}

export function hasModel({ apiKey, values }: Config): boolean {
  return apiKey !== undefined || values.base_url !== undefined;
}

function modelOf(config: Config, app: string): Model & { warm(): Promise<void> } {
  const { values, apiKey } = config;
  const customTools = values['wire.custom_tools'];
  const webSearch = values['wire.web_search'];
  const model = createModel({
    model: values.model,
    effort: values.effort,
    silenceMs: values['wire.silence'],
    app,
    ...(apiKey !== undefined && { apiKey }),
    ...(values.base_url !== undefined && { baseUrl: values.base_url }),
    ...(customTools !== undefined && { customTools }),
    ...(webSearch !== undefined && { webSearch }),
  });
  if (hasModel(config)) return model;
  return {
    ...model,
    ask: async () => ({ kind: 'final', code: 'no model', reason: NO_MODEL }),
    compact: async () => null,
  };
}

/** ms that other terminals may hear of it late: a step changes three things at once, and each writing takes 1 ms. */
const STATUS_MS = 250;

/** Tells other terminals what the session is doing: `hullspeed status` reads the file. Call the result at the end. */
function keepStatus(engine: Engine, directory: string, now: () => number): () => void {
  let written = '';
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { root, tests, turns, queue } = engine.session.getState();
    const status: Omit<Status, 'at'> = {
      pid: process.pid,
      root,
      activity: engine.live.state.activity,
      queue: queue.items.length,
      ...(tests.last?.verdict && { verdict: tests.last.verdict }),
      ...(turns.last && { outcome: turns.last.outcome }),
      ...(queue.paused && { paused: queue.paused }),
    };
    const text = JSON.stringify(status);
    if (text === written) return;
    written = text;
    try {
      writeStatus(directory, { ...status, at: now() });
    } catch {
      // A status that cannot be written is old news to whoever reads it, and no reason to stop.
    }
  };
  const soon = (): void => {
    timer ??= setTimeout(write, STATUS_MS).unref();
  };
  engine.live.subscribe(soon);
  engine.session.subscribe(soon);
  write();
  return write;
}

/** Lets `hullspeed queue` and `references remove` in other terminals reach the engine until it is closed. */
function admitPrompts(
  engine: Engine,
  directory: string,
  { headless, onFatal }: OpenOptions,
  onClosed: () => void,
): Engine {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const answer = (request: unknown): unknown =>
    takeRemoval(engine, request) ?? takePrompt(engine, request, { drains: !headless });
  const opening = begun
    .then(() => openSocket({ directory, answer, onFatal }))
    .catch((error: Error) => {
      engine.notify(`hullspeed queue cannot reach this session from other terminals: ${error.message}`);
      return undefined;
    });
  // A headless session hears its own prompt first, and a screen's first frame waits for nothing.
  if (headless) engine.onEvent(({ type }) => type === 'turn.started' && begin());
  else setImmediate(begin);
  return {
    ...engine,
    async close(reason) {
      begin();
      (await opening)?.close();
      await engine.close(reason);
      onClosed();
    },
  };
}

/** The refusal of a repository that nobody has trusted yet. */
export function notTrusted({ place }: Located): AppError {
  return new AppError(
    'trust',
    `${place.root} is not trusted yet: tests, hooks and the model's commands there would run with all your rights. Say --trust for once, or put trust = ["${place.root}"] into your config.toml for good.`,
  );
}
