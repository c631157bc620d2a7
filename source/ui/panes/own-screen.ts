// The terminal of the person's own commands: shows what runs there, or what ran there last.
import type { Engine } from '../../engine/face.ts';
import { type Emulator, type ShownTerminal, showTerminal } from './shown-terminal.ts';

export function createOwnScreen(engine: Engine, terminal: Emulator, onChange: () => void): ShownTerminal {
  const stopOutput = engine.terminal.onOutput((chunk) => {
    if ('start' in chunk) terminal.clear();
    else terminal.write(chunk.bytes);
  });
  return showTerminal(terminal, engine.terminal, onChange, stopOutput);
}
