// Hands an open session to the full screen, and says the last word when the terminal is plain again.

import { setTimeout as sleep } from 'node:timers/promises';
import { fitImage } from '../engine/images.ts';
import { lastExchange } from '../headless/last-exchange.ts';
import { writeLastFrame } from '../journal/last-frame-file.ts';
import { readView, writeView } from '../journal/view-file.ts';
import type { Config } from '../project/config.ts';
import { commandEnvironment } from '../project/environment.ts';
import { projectNames } from '../project/neighbours.ts';
import { createDesk } from '../services/desk.ts';
import type { GitPlace } from '../services/git-place.ts';
import { createCollector, keepYoungSmall } from '../services/heap.ts';
import { resizeImage } from '../services/resize-image.ts';
import { createScreen } from '../services/screen.ts';
import type { Opening } from '../ui/opening/opening.ts';
import { startFullScreen } from '../ui/start.tsx';
import { warmDrawing } from '../ui/warm-drawing.tsx';
import type { Opened, Program } from '../wire.ts';
import type { Appearance } from './appearance.ts';
import type { Writers } from './writers.ts';

export interface Setting extends Program {
  readonly appearance: Appearance;
  readonly place: GitPlace;
  readonly config: Config;
  readonly directory: string;
  readonly opening: Opening;
  /** Prompts that stand ready, see `FullScreen`. */
  readonly drafts?: readonly string[];
}

/** Of an emulator until a pane gives it its own. */
const SIZE = { columns: 80, rows: 24 };
/** The exit code of SIGHUP, and of a terminal that went away. */
const HUNG_UP = 129;

/** Resolves with the exit code. */
export async function showFullScreen(
  { engine, warm }: Opened,
  setting: Setting,
  { stdout, stderr }: Writers,
): Promise<number> {
  const { appearance, config, environment, directory, drafts, opening, place } = setting;
  const screen = await createScreen(SIZE);
  const ownScreen = await createScreen(SIZE);
  // Loading the client takes as long as several frames: it waits until the first ones are drawn.
  const over = new AbortController();
  const warming = setTimeout(
    () =>
      void warm()
        .then(() => warmScreen(over.signal))
        .then(() => keepYoungSmall(over.signal)),
    300,
  );
  try {
    return await startFullScreen({
      engine,
      screen,
      ownScreen,
      environment,
      ...appearance,
      desk: createDesk({
        environment: commandEnvironment(environment),
        root: place.root,
        editor: config.values['editor.command'],
        editorPane: config.values['editor.tmux_pane'],
        fitImage: (name, bytes) => fitImage(name, bytes, resizeImage),
      }),
      memory: {
        load: () => readView(directory),
        save: (text) => writeView(directory, text),
      },
      tidy: createCollector(),
      saveFrame: (text) => writeLastFrame(directory, text),
      named: projectNames(config.open),
      stdin: process.stdin,
      stdout: process.stdout,
      takeOver: opening.handOver,
      ...(drafts && { drafts }),
      onExit({ reason, code, error }) {
        if (reason === 'crash') {
          const what = error instanceof Error ? error.stack : String(error);
          stderr.write(`hullspeed met a bug and stopped. Everything recorded is in ${directory}\n${what}\n`);
        }
        // A terminal that hung up shows nothing to anybody.
        if (code === HUNG_UP) return;
        const { conversation, turns } = engine.session.getState();
        stdout.write(lastExchange(conversation, turns.running !== undefined));
      },
    });
  } finally {
    clearTimeout(warming);
    over.abort();
    screen.close();
    ownScreen.close();
  }
}

/** Longer than a key takes until it is on the screen, in ms. */
const PAUSE_MS = 20;

async function warmScreen(signal: AbortSignal): Promise<void> {
  const unseen = await createScreen(SIZE);
  await warmDrawing(unseen, () => sleep(PAUSE_MS, undefined, { signal, ref: false }));
  unseen.close();
}
