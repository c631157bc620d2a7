// Habits from Codex, as changes of the tables: `keys = "codex"` in the config.
import type { Wish } from '../rebind.ts';

export const codexKeys: readonly Wish[] = [
  // Enter goes to the model now, Tab waits.
  { where: 'composer', action: 'submit', keys: [] },
  { where: 'composer', action: 'send now', keys: ['enter'] },
  { where: 'composer', action: 'steer', keys: [] },
  { where: 'composer', action: 'queue', keys: ['tab'] },
  // Esc interrupts; at rest, twice on an empty line has the last prompt back to be changed.
  { where: 'composer', action: 'back or edit', keys: ['escape'] },
  { where: 'everywhere', action: 'transcript', keys: ['ctrl+t'] },
];
