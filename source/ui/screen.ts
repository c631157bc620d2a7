// One frame's worth of everything that is drawn, taken from session, live and view at one moment.
import type { Engine, LiveState } from '../engine/face.ts';
import type { StartCommand, WatchedCommand } from '../engine/ports.ts';
import type { Item } from '../session/conversation.ts';
import type { SessionState } from '../session/state.ts';
import { type Completion, completionOf } from './completion/completion.ts';
import type { Finder } from './completion/finder.ts';
import { type Layout, type layOut, mostComposerRows } from './layout.ts';
import type { CommitLog, CommitLogReader } from './panes/commit-log.ts';
import type { Past } from './panes/past.ts';
import type { RunScreen } from './panes/run-screen.ts';
import type { ShippedPast } from './panes/shipped-past.ts';
import type { ShownTerminal } from './panes/shown-terminal.ts';
import type { ComposerRows } from './parts/composer-rows.ts';
import type { KeptComposer } from './parts/kept-composer.ts';
import type { Prompts } from './prompts.ts';
import type { Work } from './rows/work-rows.ts';
import { shownIn } from './seeking.ts';
import type { Size } from './terminal/display.ts';
import type { Theme } from './theme.ts';
import type { View } from './view.ts';

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** The same object as long as it is the same layout. */
  readonly layout: Layout;
  readonly composer: ComposerRows;
  /** Names that are offered for the word at the cursor. */
  readonly completion?: Completion;
  readonly session: SessionState;
  readonly live: LiveState;
  readonly view: View;
  /** What the conversation can be scrolled over; `now`: the newest is among them. */
  readonly items: readonly Item[];
  readonly now: boolean;
  readonly log: CommitLog;
  /** The changed files over the commits. */
  readonly work: Work;
  /** Changes with the rows of the tests' terminal. */
  readonly run: number;
  /** The same of the person's own terminal. */
  readonly own: number;
  /** Of the model, as they stand now. */
  readonly background: readonly WatchedCommand[];
  /** Epoch ms, in whole seconds so that panes without a clock stay equal between frames. */
  readonly at: number;
  /** Monotonic ms. */
  readonly mono: number;
  /** How often every cell had to be drawn again. */
  readonly renewals: number;
}

export interface Sources {
  readonly engine: Engine;
  readonly theme: Theme;
  readonly layOut: typeof layOut;
  readonly composer: KeptComposer;
  readonly past: Past;
  readonly prompts: Prompts;
  readonly finder: Finder;
  readonly log: CommitLogReader;
  readonly shipped: ShippedPast;
  readonly run: RunScreen;
  readonly own: ShownTerminal;
  /** As found in the project. */
  readonly testCommand: () => string | undefined;
  readonly startCommand: () => StartCommand | undefined;
  readonly clock: { now(): number; mono(): number };
}

export function takeScreen(sources: Sources, view: View, { columns, rows }: Size, renewals: number): Screen {
  const { engine, past } = sources;
  const session = engine.session.getState();
  const { draft, found } = shownIn(sources, view);
  const composer = sources.composer(draft, { width: columns, most: mostComposerRows(rows) }, found);
  const layout = sources.layOut(columns, rows, {
    pane: view.pane,
    zoomed: view.zoomed,
    composerRows: composer.rows.length,
  });
  return {
    columns,
    rows,
    layout,
    composer,
    completion: completionOf(sources, view),
    session,
    live: copyLive(engine.live.state),
    view,
    items: past.join(session.conversation),
    now: past.reachesNow(session.conversation),
    log: sources.log.current(),
    work: sources.log.work(session.claims),
    run: sources.run.version(),
    own: sources.own.version(),
    background: engine.background.list(),
    at: Math.floor(sources.clock.now() / 1000) * 1000,
    mono: sources.clock.mono(),
    renewals,
  };
}

/** Live state belongs to the engine and changes under us. The output of calls stays shared: it is read while drawing, or not at all. */
function copyLive(live: LiveState): LiveState {
  return { ...live, calls: live.calls.map((call) => ({ ...call })) };
}

/** Whether nothing is under way: no turn, no run of the tests, no push. */
export function isResting(state: Pick<Screen, 'session' | 'live'>): boolean {
  return state.live.activity === 'idle' && !isTicking(state);
}

/** Whether something on the screen moves with the clock. */
export function isTicking({ session, live }: Pick<Screen, 'session' | 'live'>): boolean {
  const { running, beside } = session.tests;
  return (session.turns.running ?? running ?? beside) !== undefined || live.retry !== null;
}
