// What the terminal says besides our keys: those of a program, whether it is in front, where the mouse was, and what it
// answers.
import { pressMouse, turnWheel } from './mouse.ts';
import { takeForProgram } from './program.ts';
import type { Stage } from './stage.ts';
import type { Display } from './terminal/display.ts';
import type { KeyboardListeners } from './terminal/keyboard.ts';
import { BACKGROUND_QUESTION, type Report } from './terminal/reports.ts';

/** A click that comes with the focus was meant for the window. */
const REFOCUS_MS = 250;

export interface Ears extends Pick<KeyboardListeners, 'onFocus' | 'take'> {
  onReport(report: Report): void;
  /** Whether it matters what the background is. */
  readonly asksBackground: boolean;
}

/** `dress` gives the screen a light or a dark theme; absent where the theme does not follow the background. */
export function createEars(stage: Stage, display: Display, dress?: (light: boolean) => void): Ears {
  const { view, clock, log } = stage;
  let inFrontSince = Number.NEGATIVE_INFINITY;
  let answers = false;
  return {
    asksBackground: dress !== undefined,
    take: (token) => takeForProgram(stage, token),
    onFocus: (inFront) => {
      view.setState({ inFront });
      if (!inFront) return;
      inFrontSince = clock.mono();
      log.refresh();
      // Desktops go dark in the evening.
      if (answers) display.send(BACKGROUND_QUESTION);
    },
    onReport: (report) => {
      switch (report.kind) {
        case 'kitty':
          return display.modes.want('kitty', true);
        case 'wheel arrows':
          return display.modes.want('no wheel arrows', true);
        case 'background':
          answers = true;
          return dress?.(report.light);
        case 'wheel':
          return turnWheel(stage, report);
        case 'press': {
          const { inFront } = view.getState();
          if (inFront !== false && clock.mono() - inFrontSince > REFOCUS_MS) pressMouse(stage, report);
          return;
        }
        default:
          return report satisfies never;
      }
    },
  };
}
