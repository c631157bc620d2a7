// Keeps what stands above the composer for the next opening, which shows it in its first frame: to read the session, lay
// it out and load Ink takes some 500 ms, where the first frame takes 130. Written at rest, so that a kill loses nothing.
import { emptyBuffer } from './editor.ts';
import { layOut } from './layout.ts';
import { type LastFrame, writeFrame } from './opening/last-frame.ts';
import { titled } from './panes/titled.ts';
import { keepComposer } from './parts/kept-composer.ts';
import { upperRows } from './parts/upper-rows.ts';
import { isTicking, type Screen, takeScreen } from './screen.ts';
import type { Stage } from './stage.ts';
import type { Size } from './terminal/display.ts';
import { steady } from './text/steady.ts';
import type { ColourLevel } from './theme.ts';
import { initialView } from './view.ts';

const AFTER_MS = 300;

export interface Keeper {
  /** Once more, whatever goes on. */
  keep(): void;
  /** Not by itself any more. */
  stop(): void;
}

/** `save` takes the text of a frame and does not throw. */
export function keepLastFrame(
  stage: Stage,
  measure: () => Size,
  colours: ColourLevel,
  save: (text: string) => void,
): Keeper {
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    const frame = takeFrame(stage, measure(), colours);
    if (frame !== undefined) save(writeFrame(frame));
  };
  const due = (): void => {
    timer = undefined;
    if (rests(stage.screen.getState())) keep();
  };
  const unsubscribe = stage.screen.subscribe((now, before) => {
    if (!rests(now) || isSame(now, before)) return;
    clearTimeout(timer);
    timer = setTimeout(due, AFTER_MS).unref();
  });
  return {
    keep,
    stop() {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}

function rests(screen: Screen): boolean {
  return screen.live.activity === 'idle' && !isTicking(screen);
}

/** Whether the next opening would show nothing else. */
function isSame(now: Screen, before: Screen): boolean {
  return (['session', 'log', 'work', 'run', 'columns', 'rows'] as const).every(
    (part) => now[part] === before[part],
  );
}

/** As it will be opened: nothing scrolled, nothing over it, nothing typed. */
function takeFrame(stage: Stage, size: Size, colours: ColourLevel): LastFrame | undefined {
  // Layouts of its own: those of the screen stay what they are.
  const sources = { ...stage, layOut, composer: keepComposer(stage.theme) };
  const screen = takeScreen(sources, initialView(emptyBuffer), size, 0);
  const { layout, columns } = screen;
  if (layout.kind === 'too small') return undefined;
  const panes = {
    conversation: titled.conversation(screen, stage),
    tests: titled.tests(screen, stage),
    commits: titled.commits(screen, stage),
  };
  return { columns, colours, rows: upperRows(layout, panes, stage.theme).map(steady) };
}
