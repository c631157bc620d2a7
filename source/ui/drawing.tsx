// Ink on our own streams: it can be taken down and put up again, because nothing of the session lives in it.
import { type Instance, render } from 'ink';
import { App } from './app.tsx';
import type { Stage } from './stage.ts';
import type { Display } from './terminal/display.ts';
import type { Keyboard } from './terminal/keyboard.ts';

export interface Drawing {
  /** Enters the alternate screen, whose cursor is where the shell left it, and draws from its top. */
  show(): void;
  /** The terminal is plain again when this returns. */
  hide(): void;
  /** The next frame draws every cell, at the size that the terminal has now. */
  renew(): void;
}

/** `onError` gets what a component threw. */
export function createDrawing(
  stage: Stage,
  keyboard: Keyboard,
  display: Display,
  onError: (error: unknown) => void,
): Drawing {
  let instance: Instance | undefined;
  const renew = (): void => display.restart(display.measure(), () => instance?.clear());
  return {
    show: () => {
      renew();
      instance = render(<App stage={stage} />, {
        stdin: keyboard.stream,
        stdout: display.stream,
        alternateScreen: true,
        incrementalRendering: true,
        exitOnCtrlC: false,
        patchConsole: true,
        interactive: true,
        // Ink adds no delay of its own. Even of 1 ms it puts the second frame of a round of the loop, a key's, behind all else
        // of that round: the slowest key of 20,000 tokens at once took 38 ms instead of 33 (medians of eight answers).
        maxFps: 0,
      });
      instance.waitUntilExit().catch(onError);
      display.modes.set(true);
    },
    hide: () => {
      try {
        instance?.unmount();
      } finally {
        instance = undefined;
        keyboard.release();
        display.restore();
      }
    },
    renew,
  };
}
