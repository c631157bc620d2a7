// Keeps what stands above the composer for the next opening, which shows it in its first frame: to load git, Ink and the
// session takes several times as long. Written whenever the screen rests, so that a kill loses nothing.
import { emptyBuffer } from './editor.ts';
import { layOut } from './layout.ts';
import { type LastFrame, writeFrame } from './opening/last-frame.ts';
import { titled } from './panes/titled.ts';
import { keepComposer } from './parts/kept-composer.ts';
import { upperRows } from './parts/upper-rows.ts';
import { isResting, type Screen, takeScreen } from './screen.ts';
import type { Stage } from './stage.ts';
import type { Size } from './terminal/display.ts';
import { steady } from './text/steady.ts';
import type { ColourLevel } from './theme.ts';
import { initialView } from './view.ts';

const AFTER_MS = 300;

/** `save` takes the text of a frame and does not throw. Returns the way to stop. */
export function keepLastFrame(
  stage: Stage,
  measure: () => Size,
  colours: ColourLevel,
  save: (text: string) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    timer = undefined;
    if (!isResting(stage.screen.getState())) return;
    const frame = takeFrame(stage, measure(), colours);
    if (frame !== undefined) save(writeFrame(frame));
  };
  const unsubscribe = stage.screen.subscribe((now, before) => {
    if (!isResting(now) || isSame(now, before)) return;
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER_MS).unref();
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

/** Whether the next opening would show nothing else. */
function isSame(now: Screen, before: Screen): boolean {
  return (['session', 'log', 'work', 'run', 'columns', 'rows'] as const).every(
    (part) => now[part] === before[part],
  );
}

/** As it will be opened: nothing scrolled, nothing over it, nothing typed. Undefined where something else was read than that would show. */
function takeFrame(stage: Stage, size: Size, colours: ColourLevel): LastFrame | undefined {
  // Layouts of its own: those of the screen stay what they are.
  const sources = { ...stage, layOut, composer: keepComposer(stage.theme) };
  const screen = takeScreen(sources, initialView(emptyBuffer), size, 0);
  const { layout, log, now, columns, rows } = screen;
  const isNewest = now && log.branch !== undefined && log.from === 0 && !log.decided;
  if (layout.kind === 'too small' || !isNewest) return undefined;
  const panes = {
    conversation: titled.conversation(screen, stage),
    tests: titled.tests(screen, stage),
    commits: titled.commits(screen, stage),
  };
  return { columns, height: rows, colours, rows: upperRows(layout, panes, stage.theme).map(steady) };
}
