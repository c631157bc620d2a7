// The session at work: commands come in, prompts are run one after the other, facts go out. One inbox, strict order.
import { type Command, decide } from '../session/commands.ts';
import { FORMAT } from '../session/events.ts';
import type { SessionState } from '../session/state.ts';
import { createBackground } from './background.ts';
import { createBriefing } from './briefing.ts';
import { type Changes, createChanges } from './changes.ts';
import { beginAnew } from './compaction.ts';
import { createRequests } from './context.ts';
import type { Engine, Settings } from './face.ts';
import type { Committer, Repository } from './git-ports.ts';
import { createImages } from './images.ts';
import { createLateTests } from './late-tests.ts';
import { createLive, type LiveWriter } from './live.ts';
import { createManifests } from './manifests.ts';
import type { Neighbours } from './neighbours-port.ts';
import type {
  Clock,
  Journal,
  Model,
  Project,
  ResizeImage,
  SpeculationLock,
  Terminal,
  Tools,
} from './ports.ts';
import { createPusher } from './push.ts';
import { openSession } from './recovery.ts';
import { createReferenceWatch } from './references.ts';
import { createRunTerminal } from './run-terminal.ts';
import { createSpeculator } from './speculate.ts';
import { counted, createStopwatch, type Stopwatch } from './stopwatch.ts';
import { createStore, type Store } from './store.ts';
import type { TurnPorts } from './turn.ts';
import { createVerifier } from './verify.ts';
import { createWorker, type Worker } from './worker.ts';

export interface EngineOptions {
  readonly state: SessionState;
  readonly journal: Journal;
  readonly model: Model;
  readonly tools: Tools;
  readonly resizeImage: ResizeImage;
  readonly terminal: Terminal;
  readonly project: Project;
  readonly repository: Repository;
  readonly committer: Committer;
  readonly neighbours: Neighbours;
  readonly clock: Clock;
  readonly speculation: SpeculationLock;
  readonly settings: Settings;
  readonly app: string;
  readonly pid: number;
  /** False: one prompt and no more; the queue waits for the full screen (`hullspeed run`). */
  readonly drains: boolean;
  /** What was found damaged at opening, a sentence each: said to the person. */
  readonly notes: readonly string[];
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
  for (const text of options.notes) store.record({ type: 'notice.raised', level: 'warning', text });
  // What the faces read of git meanwhile is not the turn's.
  const turns = {
    ...options,
    repository: counted(repository, 'git', stopwatch),
    committer: counted(committer, 'git', stopwatch),
  };
  const ports = wirePorts(turns, store, live, stopwatch);
  return createInbox(options, ports, createWorker(ports, options));
}

function wirePorts(options: EngineOptions, store: Store, live: LiveWriter, stopwatch: Stopwatch): TurnPorts {
  const { tools, clock } = options;
  const running = (): boolean => tools.background().some((command) => command.ended === undefined);
  const verifier = createVerifier({
    ...options,
    store,
    live,
    stopwatch,
    disturbed: running,
    watched: () => changes.span('run'),
  });
  const manifests = createManifests({ ...options, store, reader: options.project.reader });
  const changes: Changes = createChanges({
    ...options,
    store,
    manifests,
    reader: options.project.reader,
    now: clock.now,
    background: tools.background,
    settle: tools.settle,
    left: options.state.at,
    green: async () => (await verifier.known()).full.green,
    onChanged: verifier.findAgain,
    onHidden: verifier.nextEpoch,
    onStale: (files) => live.change((state) => Object.assign(state, { staleFiles: files })),
  });
  const late = createLateTests({ ...options, store, verifier });
  const speculator = createSpeculator({ ...options, store, verifier, changes, disturbed: running });
  const readImage = createImages((id) => options.journal.fetch(id));
  const watch = createReferenceWatch({ ...options, store, background: tools.background });
  const briefing = createBriefing({ ...options, store });
  const requestOf = createRequests({ ...options, readImage });
  return {
    ...options,
    requestOf,
    store,
    live,
    stopwatch,
    verifier,
    speculator,
    late,
    changes,
    manifests,
    readImage,
    watch,
    briefing,
  };
}

function createInbox(options: EngineOptions, ports: TurnPorts, worker: Worker): Engine {
  const { store, live, verifier, late } = ports;
  const pusher = createPusher(ports, options.onFatal);
  if (options.drains) goOnWhenGreen(store, worker);
  late.begin(options.drains ? worker.next : () => undefined);
  const { close: closeTerminal, ...terminal } = createRunTerminal({ ...ports, ...options });
  const effects = {
    push: pusher.push,
    test: () => void testAgain(ports).catch(options.onFatal),
    'stop tests': () => void Promise.all([verifier.stop(), late.stop()]).catch(options.onFatal),
    new: () => beginAnew(ports),
    compact: () => worker.compact(),
  };
  return {
    session: store,
    live,
    settings: options.settings,
    repository: options.repository,
    terminal,
    background: createBackground(options.tools, store),
    runLog: ({ log }) => (log === undefined ? null : options.journal.path(log)),
    onEvent: store.onEvent,
    resizeTests: verifier.resize,
    typeTests: verifier.type,
    testCommand: verifier.command,
    keep: (bytes) => options.journal.keep(bytes),
    fetch: (id, most) => options.journal.fetch(id, most),
    history: (fromSeq, count) => options.journal.read(fromSeq, count),
    prepare: ports.briefing.look,
    idle: worker.idle,
    tested: (since) => late.settled(since),
    notify: (text) => void store.record({ type: 'notice.raised', level: 'info', text }),
    send(command: Command) {
      // A compaction by hand is no turn, but is interrupted like one.
      if (command.do === 'interrupt' && worker.interrupt()) return undefined;
      const decision = decide(store.getState(), command);
      if ('refused' in decision) return decision;
      const recorded = decision.events.map((event) => store.record(event));
      if (command.do === 'prompt' && worker.isEnding())
        for (const { type, seq } of recorded) if (type === 'prompt.queued') worker.correct(seq);
      if (decision.effect !== undefined) effects[decision.effect]();
      worker.next();
      return undefined;
    },
    async close(reason) {
      await Promise.all([worker.close(), pusher.close()]);
      await Promise.all([verifier.stop(), late.stop()]);
      await Promise.all([options.tools.close(), closeTerminal()]);
      // What was done since the last step is told from what others do until the session is opened again.
      await ports.changes.settle();
      store.record({ type: 'session.closed', reason });
      if (reason !== 'crash') await options.journal.snapshot(store.getState());
      await options.journal.close();
    },
  };
}

/** A prompt may have waited for what a run between turns has just said. */
function goOnWhenGreen(store: Store, worker: Worker): void {
  store.onEvent((event) => {
    if (event.type === 'run.finished' && store.getState().queue.items[0]?.green) queueMicrotask(worker.next);
  });
}

/** A run that the person asks for is a new one, whatever is known of the tree. */
async function testAgain({ verifier, live, late }: TurnPorts): Promise<void> {
  await verifier.stop();
  verifier.nextEpoch();
  late.again();
  await live.during('testing', () => verifier.run({ purpose: 'asked', full: true }));
}
