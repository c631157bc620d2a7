// Hands an open session to the full screen, and says the last word when the terminal is plain again.

import { AppError } from '../engine/errors.ts';
import type { Config } from '../project/config.ts';
import { commandEnvironment } from '../project/environment.ts';
import { nearest } from '../project/nearest.ts';
import { createDesk } from '../services/desk.ts';
import type { GitPlace } from '../services/git-place.ts';
import { createScreen } from '../services/screen.ts';
import type { ThemeName } from '../ui/choose-theme.ts';
import type { Keymap } from '../ui/keymap.ts';
import { makeKeymap, type Preset } from '../ui/rebind.ts';
import { startFullScreen } from '../ui/start.tsx';
import type { Opened, Program } from '../wire.ts';
import type { Writers } from './writers.ts';

/** What the person's config makes of the screen. */
export interface Appearance {
  readonly keymap: Keymap;
}

/** Reads it before anything is opened, so that a mistake is a plain error. Throws `AppError('config')`. */
export function readAppearance({ values, bindings }: Config): Appearance {
  // The config's choices are the presets there are.
  const keymap = makeKeymap(values.keys as Preset, bindings);
  if (!('refused' in keymap)) return { keymap };
  const { wish, reason, word, among } = keymap.refused;
  const hint = among === undefined ? '' : `; the nearest is "${nearest(word ?? '', among)}"`;
  const said = bindings.find(
    (each) => each === wish || (each.where === wish.where && each.action === wish.action),
  );
  throw said?.refuse(`${reason}${hint}`) ?? new AppError('config', `${reason}.`);
}

export interface Setting extends Program, Appearance {
  readonly place: GitPlace;
  readonly config: Config;
  readonly directory: string;
  /** Prompts that stand ready, see `FullScreen`. */
  readonly drafts?: readonly string[];
}

/** Resolves with the exit code. */
export async function showFullScreen(
  { engine, warm }: Opened,
  setting: Setting,
  { stderr }: Writers,
): Promise<number> {
  const { config, environment, directory, drafts, place, keymap } = setting;
  const screen = await createScreen({ columns: 80, rows: 24 });
  // Loading the client takes as long as several frames: it waits until the first ones are drawn.
  const warming = setTimeout(() => void warm(), 300);
  try {
    return await startFullScreen({
      engine,
      screen,
      keymap,
      environment,
      desk: createDesk({ environment: commandEnvironment(environment), root: place.root }),
      stdin: process.stdin,
      stdout: process.stdout,
      mouse: config.values.mouse,
      // The config's choices are the themes there are.
      theme: config.values.theme as ThemeName,
      ...(drafts && { drafts }),
      onExit({ reason, error }) {
        if (reason === 'crash') {
          const what = error instanceof Error ? error.stack : String(error);
          stderr.write(`hullspeed met a bug and stopped. Everything recorded is in ${directory}\n${what}\n`);
        }
      },
    });
  } finally {
    clearTimeout(warming);
    screen.close();
  }
}
