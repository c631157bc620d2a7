// Who listens to what while the full screen is open, and why: session, live and view become frames, readings of git and
// what is kept.
import { shownRun } from '../session/tests.ts';
import { agesChangeAt } from './ages.ts';
import { layOutAhead } from './ahead.ts';
import { layOutDrafts } from './drafts.ts';
import { remember } from './memory.ts';
import { watchProgram } from './program.ts';
import { tellPushes } from './pushing.ts';
import { tidyAtRest } from './resting.ts';
import type { Stage } from './stage.ts';
import type { FullScreen } from './start.tsx';
import type { Display } from './terminal/display.ts';
import type { Frames } from './terminal/frames.ts';
import { isWatching } from './view.ts';
import { leaveEmptyQueue } from './waiting.ts';

/**
 * The commits are read by some eight processes of git, and starting one holds the program up for 6 ms: while a turn goes
 * on they wait until what it does next, a request or a commit, has begun.
 */
const READ_AFTER_MS = 200;

/** Turns what happens in session, live and view into frames and readings of the log. */
export function listen(
  stage: Stage,
  frames: Frames,
  display: Display,
  { drafts = [], memory, tidy }: Pick<FullScreen, 'drafts' | 'memory' | 'tidy'>,
): () => void {
  const { engine, view, log } = stage;
  let { activity } = engine.live.state;
  const readSoon = once(log.refresh, READ_AFTER_MS);
  const keepKeyboard = watchProgram(stage);
  const ahead = layOutAhead(stage, display.flush);
  const stops = [
    view.subscribe(keepKeyboard),
    view.subscribe((after, before) => {
      // The person's own files change without a word.
      if (after.focus === 'commits' && before.focus !== 'commits') log.refresh();
      frames.draw();
    }),
    engine.session.subscribe((after, before) => {
      const moved = after.commits.made !== before.commits.made || after.claims !== before.claims;
      if (moved || after.turns.last !== before.turns.last) readSoon.ask();
      const shown = shownRun(after.tests);
      if (shown !== undefined && shown.id !== shownRun(before.tests)?.id) view.setState({ tests: undefined });
      keepKeyboard();
      frames.request();
    }),
    engine.live.subscribe(() => {
      keepKeyboard();
      const left = activity;
      activity = engine.live.state.activity;
      const rests = activity === 'idle' && engine.session.getState().turns.running === undefined;
      // The branch moves with a push and with what a person did while nothing ran.
      if (left !== activity && (left === 'pushing' || rests)) readSoon.ask();
      ahead.ask();
      frames.request();
    }),
    engine.background.subscribe((what) => {
      if (what === 'list' || isWatching(view.getState())) frames.request();
    }),
    keepAges(stage),
    keepMouse(stage, display),
    layOutDrafts(stage, drafts),
    memory ? remember(memory, stage) : () => undefined,
    tidy ? tidyAtRest(stage, tidy) : () => undefined,
    leaveEmptyQueue(stage),
    tellPushes(stage),
    engine.repository.watch(readSoon.ask),
    readSoon.stop,
    ahead.stop,
    stage.run.close,
    stage.own.close,
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Does it once for all who ask until then. */
function once(work: () => void, afterMs: number): { readonly ask: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    ask() {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, afterMs).unref();
    },
    stop: () => clearTimeout(timer),
  };
}

/** The terminal reports the mouse while the view says so. */
function keepMouse({ view }: Stage, display: Display): () => void {
  const keep = (): void => display.modes.want('mouse', view.getState().mouse);
  keep();
  return view.subscribe(keep);
}

/** Draws when an age changes. Most frames change nothing of when that is. */
function keepAges({ screen, clock, request }: Stage): () => void {
  let timer: NodeJS.Timeout | undefined;
  let due: number | undefined;
  const draw = (): void => {
    due = undefined;
    request();
  };
  const wait = (): void => {
    const at = agesChangeAt(screen.getState());
    if (at === due) return;
    clearTimeout(timer);
    due = at;
    if (at !== undefined) timer = setTimeout(draw, at - clock.now()).unref();
  };
  wait();
  const stop = screen.subscribe(wait);
  return () => {
    stop();
    clearTimeout(timer);
  };
}
