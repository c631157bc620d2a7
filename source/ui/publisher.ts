// Makes one frame: takes everything at this moment and hands it to what draws.

import { bodyOf, type Layout } from './layout.ts';
import { terminalTitle } from './rows/status-row.ts';
import { isTicking, takeScreen } from './screen.ts';
import type { Stage } from './stage.ts';
import type { Display } from './terminal/display.ts';

/** `renew` is called when the terminal may have moved the frame before. */
export function createPublisher(
  stage: Stage,
  display: Display,
  renew: () => void,
): () => { ticking: boolean } {
  let title = '';
  let renewals = 0;
  const fit = createFitter(stage);
  return () => {
    const size = display.measure();
    if (display.isMoved(size)) {
      renew();
      renewals += 1;
    }
    const screen = takeScreen(stage, stage.view.getState(), size, renewals);
    fit(screen.layout);
    const { session: state, live } = screen;
    const next = terminalTitle({ state, live, root: state.root });
    if (next !== title) display.modes.name(next);
    title = next;
    stage.screen.setState(screen, true);
    readAnchored(stage);
    if (screen.view.search === undefined) stage.hits.stop();
    else stage.hits.extend(state.seq);
    return { ticking: !stage.reducedMotion && isTicking(screen) };
  };
}

/**
 * Both terminals have one size, for they share one place. Hidden, they keep the one they had, or begin with the room that
 * there would be.
 */
function createFitter({ run, own }: Stage): (layout: Layout) => void {
  let fitted = false;
  return (layout) => {
    if (layout.kind === 'too small') return;
    const begin = layout.kind === 'single' && !fitted ? layout.area.body : undefined;
    const body = bodyOf(layout, 'tests') ?? begin;
    if (body === undefined) return;
    fitted = true;
    run.fit(body.width, body.height);
    own.fit(body.width, body.height);
  };
}

/** What is being read stays on the screen when the session's window has moved past it. */
function readAnchored({ screen, past, request }: Stage): void {
  const { view, items, session } = screen.getState();
  const first = items[0]?.seq ?? 0;
  if (view.conversation === undefined || view.conversation.seq >= first) return;
  void past.earlier(session.conversation).then(request);
}
