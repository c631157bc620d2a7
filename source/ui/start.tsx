// Opens the full screen over an engine, and gives the terminal back whatever happens.
import { createStore } from 'zustand/vanilla';
import type { Desk, Engine } from '../engine/face.ts';
import type { Clock, StartCommand, TestCommand } from '../engine/ports.ts';
import { recordedDecisions } from '../session/decisions.ts';
import { titleOf } from '../session/tests.ts';
import { watchForCalls } from './calling.ts';
import { chooseTheme, followsBackground, type ThemeChoice } from './choose-theme.ts';
import { createFinder } from './completion/finder.ts';
import { createDrawing, type Drawing } from './drawing.tsx';
import { type Buffer, bufferOf, emptyBuffer, isEmpty } from './editor.ts';
import { createEars } from './hear.ts';
import { type Keymap, standardKeys } from './keymap.ts';
import { keepLayout } from './layout.ts';
import { keepLastFrame } from './leaving.ts';
import { listen } from './listening.ts';
import { type Memory, recollect } from './memory.ts';
import type { HandedOver } from './opening/opening.ts';
import { typeAhead } from './opening/type-ahead.ts';
import { createSearches, type Pages, pagesIn } from './pages.ts';
import { createCommitLog } from './panes/commit-log.ts';
import { createOwnScreen } from './panes/own-screen.ts';
import { createPast } from './panes/past.ts';
import { createRunScreen } from './panes/run-screen.ts';
import { createShippedPast } from './panes/shipped-past.ts';
import type { Emulator } from './panes/shown-terminal.ts';
import { createPublisher } from './publisher.ts';
import { type Sources, takeScreen } from './screen.ts';
import type { Stage } from './stage.ts';
import { callSequence } from './terminal/attention.ts';
import { colourLevel, type TerminalEnvironment } from './terminal/colour-level.ts';
import { createDisplay } from './terminal/display.ts';
import { crashed, type Ending, hungUp, listenForEndings, quitting } from './terminal/endings.ts';
import { createFrames, type Frames } from './terminal/frames.ts';
import { createKeyboard } from './terminal/keyboard.ts';
import { createLease, type Lease } from './terminal/lease.ts';
import { questions } from './terminal/reports.ts';
import { listenForResizes } from './terminal/resizes.ts';
import { initialView } from './view.ts';

export interface FullScreen {
  readonly engine: Engine;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly environment: TerminalEnvironment;
  /** Takes the terminal, and what was typed, from who holds it since the start. */
  readonly takeOver?: () => HandedOver;
  /** Prompts for the composer: the first at once, and after each turn the next, when nothing is typed and nothing waits. */
  readonly drafts?: readonly string[];
  /** Names of other projects in the config, offered behind an `@`. */
  readonly named?: readonly string[];
  /** What it remembers from one opening to the next. */
  readonly memory?: Memory;
  /** Takes the text of what stands above the composer, for the next opening; does not throw. */
  readonly saveFrame?: (text: string) => void;
  /** An empty terminal emulator for the runs of the tests. */
  readonly screen: Emulator;
  /** Another for the person's own commands. */
  readonly ownScreen: Emulator;
  readonly theme?: ThemeChoice;
  /** Whether the mouse scrolls and clicks from the start. */
  readonly mouse?: boolean;
  /** Whether the person is called back, by bell and notification; true where absent. */
  readonly notify?: boolean;
  /** No clock ticks by itself. */
  readonly reducedMotion?: boolean;
  /** Made by `makeKeymap`. */
  readonly keymap?: Keymap;
  readonly desk: Desk;
  /** Called once behind each piece of work, when nobody does anything: see `tidyAtRest`. */
  readonly tidy?: () => void;
  /** The engine's clock, where it is not the process's own. */
  readonly clock?: Pick<Clock, 'now' | 'mono'>;
  /** Called when the terminal is plain again and the engine still open: the place for a last message. */
  readonly onExit?: (ending: Ending) => void;
}

const processClock = { now: () => Date.now(), mono: () => performance.now() };
/** An engine that does not close by then does not hold the terminal any longer. */
const CLOSE_MS = 5_000;
/** Of a frame that is not drawn. */
const still = { ticking: false };

/** Resolves with the exit code (see `Ending`), when the terminal was restored and the engine closed. */
export async function startFullScreen(options: FullScreen): Promise<number> {
  const { stdin, stdout } = options;
  const tmux = Boolean(options.environment.TMUX);
  const over = Promise.withResolvers<Ending>();
  const { entered, typed } = options.takeOver?.() ?? { entered: false, typed: '' };
  const level = colourLevel(options.environment);
  const display = createDisplay(stdout, { composes: tmux, colours: level > 0, entered });
  const crash = (error: unknown): void => over.resolve(crashed(error));
  const request = (): void => frames.request();
  const { draft, ...kept } = recollect(options.memory, options.engine);
  const sources = { ...gatherSources(options, request), ...kept };
  const ahead = typeAhead(firstDraft(options, draft, typed), typed);
  const view = createStore(() => ({ ...initialView(ahead.draft), mouse: options.mouse ?? false }));
  const stage: Stage = {
    ...sources,
    keymap: options.keymap ?? standardKeys,
    reducedMotion: options.reducedMotion ?? false,
    desk: options.desk,
    send: display.send,
    lend: (work) => lease.lend(work).catch(crash),
    view,
    screen: createStore(() => takeScreen(sources, view.getState(), display.measure(), 0)),
    ...createSearches(() => stage),
    request,
    redraw: () => {
      display.move();
      frames.draw();
    },
    quit: () => over.resolve(quitting),
    suspend: () => lease.suspend(),
  };
  const ears = createEars(stage, display, dresser(options, stage));
  const keyboard = createKeyboard(stdin, { ...ears, onEnd: () => over.resolve(hungUp) }, ahead.rest);
  const drawing = createDrawing(stage, keyboard, display, crash);
  const publish = createPublisher(stage, display, drawing.renew);
  const frames = createFrames(() => (lease.isGiven() ? still : publish()), sources.clock.mono);
  const show = (): void => putUp(frames, drawing, crash);
  const lease = createLease(drawing, keyboard, show);
  const stopKeeping = keepLastFrame(stage, display.measure, level, options.saveFrame ?? (() => undefined));
  const stopEndings = listenForEndings(over.resolve, display.restore, lease.isGiven);
  const stops = [
    listen(stage, frames, display, options),
    watchForCalls(stage, (text) => wants(options, lease) && display.send(callSequence(text, tmux))),
    listenForResizes(stdout, display.move, request),
    stopKeeping,
  ];
  stdout.on('error', () => over.resolve(hungUp));
  sources.log.refresh();
  show();
  display.send(questions(options.environment, ears.asksBackground));

  const ending = await over.promise;
  lease.close();
  frames.close();
  for (const stop of stops) stop();
  drawing.hide();
  keyboard.close();
  options.onExit?.(ending);
  await closeInTime(options.engine, ending);
  stopEndings();
  return ending.code;
}

function putUp(frames: Frames, drawing: Drawing, crash: (error: unknown) => void): void {
  try {
    // The terminal may have another size than when it was hidden.
    frames.draw();
    drawing.show();
  } catch (error) {
    crash(error);
  }
}

/** What was being written comes before what stands ready, and so does what was typed on the first frame. */
function firstDraft({ drafts = [] }: FullScreen, draft: Buffer, typed: string): Buffer {
  const begun = !isEmpty(typeAhead(emptyBuffer, typed).draft);
  return isEmpty(draft) && !begun ? bufferOf(drafts[0] ?? '') : draft;
}

/** Puts the stage into the theme for a light or a dark background, once it is known; undefined where that says nothing. */
function dresser(
  { theme = 'auto', environment }: FullScreen,
  stage: Stage,
): ((light: boolean) => void) | undefined {
  if (!followsBackground(theme, environment)) return undefined;
  return (light) => {
    const next = chooseTheme(theme, environment, light);
    if (next.name === stage.theme.name) return;
    Object.assign(stage, pagesIn(next));
    stage.redraw();
  };
}

/** Whether the person is to be called: not while an editor of theirs has the terminal. */
function wants({ notify = true }: FullScreen, lease: Lease): boolean {
  return notify && !lease.isGiven();
}

async function closeInTime(engine: Engine, { reason }: Ending): Promise<void> {
  const late = new Promise<void>((resolve) => void setTimeout(resolve, CLOSE_MS).unref());
  await Promise.race([engine.close(reason), late]);
}

function gatherSources(options: FullScreen, request: () => void): Omit<Sources, 'prompts'> & Pages {
  const { engine, environment, screen, ownScreen, theme = 'auto', clock = processClock } = options;
  let tests: TestCommand | undefined;
  let start: StartCommand | undefined;
  // Where the project cannot be read the headers have no command; a run will say why.
  engine.testCommand().then((found) => {
    tests = found;
    request();
  }, request);
  engine.terminal.found().then((found) => {
    start = found;
    request();
  }, request);
  return {
    engine,
    clock,
    log: createCommitLog(engine.repository, request, () => [
      ...recordedDecisions(engine.session.getState().commits).keys(),
    ]),
    shipped: createShippedPast((fromSeq, count) => engine.history(fromSeq, count)),
    ...pagesIn(chooseTheme(theme, environment)),
    finder: createFinder(engine.repository, request, clock.mono, options.named),
    layOut: keepLayout(),
    past: createPast((fromSeq, count) => engine.history(fromSeq, count)),
    run: createRunScreen(engine, screen, request),
    own: createOwnScreen(engine, ownScreen, request),
    testCommand: () => tests && titleOf(tests),
    startCommand: () => start,
  };
}
