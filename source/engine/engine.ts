// The session at work: commands come in, prompts are run one after the other, facts go out. One inbox, strict order.
import { type Command, decide, due } from '../session/commands.ts';
import { FORMAT, type PauseReason } from '../session/events.ts';
import type { SessionState } from '../session/state.ts';
import { createChanges } from './changes.ts';
import { beginAnew, compact } from './compaction.ts';
import { createLive, type LiveWriter } from './live.ts';
import type {
  Clock,
  Committer,
  Engine,
  Journal,
  Model,
  Project,
  Repository,
  Settings,
  Terminal,
  Tools,
} from './ports.ts';
import { openSession, steersToQueue } from './recovery.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';
import { createStore, type Store } from './store.ts';
import { runTurn, type TurnEnd, type TurnPorts } from './turn.ts';
import { createVerifier } from './verify.ts';

export interface EngineOptions {
  readonly state: SessionState;
  readonly journal: Journal;
  readonly model: Model;
  readonly tools: Tools;
  readonly terminal: Terminal;
  readonly project: Project;
  readonly repository: Repository;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly app: string;
  readonly pid: number;
  /** False: one prompt and no more; the queue waits for the full screen (`hullspeed run`). */
  readonly drains: boolean;
  /** Constant for the session. */
  readonly cacheKey: string;
  /** A bug, or a journal that cannot be written: nothing may go on. */
  readonly onFatal: (error: unknown) => void;
}

/** Opens the session: records it, closes what was left open, and waits for commands. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { journal, repository, committer, app, pid } = options;
  const store = createStore(journal, options.state);
  const live = createLive();
  const stopwatch = createStopwatch(options.clock);
  await openSession({ store, repository, committer }, { app, pid, root: repository.root, format: FORMAT });
  const inbox = createInbox(options, wirePorts(options, store, live, stopwatch));
  return inbox;
}

function wirePorts(options: EngineOptions, store: Store, live: LiveWriter, stopwatch: Stopwatch): TurnPorts {
  const { tools, clock } = options;
  const running = (): boolean => tools.background().some((command) => command.ended === undefined);
  const verifier = createVerifier({ ...options, store, live, stopwatch, disturbed: running });
  const changes = createChanges({
    ...options,
    store,
    now: clock.now,
    background: tools.background,
    green: verifier.green,
  });
  return { ...options, store, live, stopwatch, verifier, changes };
}

function createInbox(options: EngineOptions, ports: TurnPorts): Engine {
  const { store, live, verifier, clock } = ports;
  /** The turn that runs, or a compaction by hand; null: at rest. */
  let work: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;
  let restedAt: number | null = null;
  let closed = false;
  let turns = 0;

  /** `after` runs in the same breath as the end of the work, and before anything else can. */
  const begin = (task: (signal: AbortSignal) => Promise<unknown>, after: () => void): void => {
    const abort = new AbortController();
    const done = task(abort.signal).then(() => {
      work = null;
      after();
    });
    work = { abort, done: done.catch(options.onFatal) };
  };

  /** Starts the turn of the prompt that is accepted, or else due, if nothing runs. */
  const next = (): void => {
    if (work !== null || closed) return;
    acceptDue(store, options.drains || turns === 0);
    const prompt = store.getState().turns.accepted;
    if (prompt === undefined) return;
    turns += 1;
    const you = restedAt === null ? {} : { you: Math.round(clock.mono() - restedAt) };
    const turn = store.record({ type: 'turn.started', prompt: prompt.seq, ...you });
    ports.stopwatch.start();
    const hideTime = showTime(ports);
    let end: TurnEnd = { outcome: 'failed' };
    const run = async (signal: AbortSignal): Promise<void> => {
      end = await runTurn(ports, turn.seq, prompt, signal);
    };
    begin(run, () => {
      hideTime();
      endTurn(ports, turn.seq, end);
      restedAt = clock.mono();
      next();
      void options.journal.snapshot(store.getState());
    });
  };

  const effects = {
    interrupt: () => undefined,
    test: () => void testAgain(ports).catch(options.onFatal),
    'stop tests': () => void verifier.stop().catch(options.onFatal),
    new: () => beginAnew(ports),
    compact: () => work === null && begin((signal) => compact(ports, signal), next),
  };

  return {
    session: store,
    live,
    settings: options.settings,
    repository: options.repository,
    onEvent: store.onEvent,
    resizeTests: verifier.resize,
    testCommand: verifier.command,
    history: options.journal.read,
    send(command: Command) {
      // A compaction by hand is no turn, but can be interrupted like one.
      if (command.do === 'interrupt' && work !== null) return void work.abort.abort();
      const decision = decide(store.getState(), command);
      if ('refused' in decision) return decision;
      for (const event of decision.events) store.record(event);
      if (decision.effect !== undefined) effects[decision.effect]();
      next();
      return undefined;
    },
    async idle() {
      while (work !== null) await work.done;
    },
    async close(reason) {
      closed = true;
      work?.abort.abort();
      await work?.done;
      await verifier.stop();
      await options.tools.close();
      store.record({ type: 'session.closed', reason });
      if (reason !== 'crash') await options.journal.snapshot(store.getState());
      await options.journal.close();
    },
  };
}

function acceptDue(store: Store, drains: boolean): void {
  const waiting = drains ? due(store.getState()) : undefined;
  if (waiting === undefined) return;
  const { id, text, images } = waiting;
  store.record({ type: 'prompt.accepted', text, item: id, ...(images && { images }) });
}

/** A run that the person asks for is a new one, whatever is known of the tree. */
async function testAgain({ verifier, live }: TurnPorts): Promise<void> {
  await verifier.stop();
  verifier.nextEpoch();
  await live.during('testing', () => verifier.run({ purpose: 'asked' }));
}

/** Records the end; what follows is recorded in the same breath (rule 6). */
function endTurn({ store, stopwatch, live }: TurnPorts, turn: number, end: TurnEnd): void {
  store.record({ type: 'turn.ended', turn, ...end, time: stopwatch.stop() });
  live.change((state) => Object.assign(state, { activity: 'idle', time: null, retry: null }));
  const { queue } = store.getState();
  const pause = pauses[end.outcome];
  if (pause === undefined || queue.paused !== undefined) return;
  steersToQueue(store);
  if (store.getState().queue.items.length > 0) store.record({ type: 'queue.paused', reason: pause });
}

const pauses: Partial<Record<TurnEnd['outcome'], PauseReason>> = {
  interrupted: 'interrupted',
  red: 'red',
  held: 'held',
  failed: 'failed',
};

/** Keeps the running turn's split fresh for whoever looks; returns the way to stop. */
function showTime({ live, stopwatch }: TurnPorts): () => void {
  const unsubscribe = live.subscribe(() => (live.state.time = stopwatch.split()));
  return () => unsubscribe();
}
