// The terminal of the tests pane: shows the run that prints now, and until it prints, the one before.

import type { Engine } from '../../engine/face.ts';
import { newestEnded } from '../../session/tests.ts';
import { type Emulator, type ShownTerminal, showTerminal } from './shown-terminal.ts';

export interface RunScreen extends ShownTerminal {
  /** Whether the rows are those of the run that is going on. */
  isCurrent(): boolean;
}

/** The end of the last run's output is shown first, when the session knows one from before. */
export function createRunScreen(engine: Engine, terminal: Emulator, onChange: () => void): RunScreen {
  let begun = false;
  let current = false;

  const tail = newestEnded(engine.session.getState().tests)?.tail;
  if (tail) terminal.write(tail.replace(/\r?\n/g, '\r\n'));
  const stopOutput = engine.live.onRun((chunk) => {
    if ('start' in chunk) {
      begun = true;
      current = false;
      return;
    }
    if (begun) terminal.clear();
    begun = false;
    current = true;
    terminal.write(chunk.bytes);
  });
  const program = { type: engine.typeTests, resize: engine.resizeTests };
  return { ...showTerminal(terminal, program, onChange, stopOutput), isCurrent: () => current };
}
