// Gives a key press the name under which the keymap knows it.
import type { Key } from 'ink';
import { functionKeyName } from './key-codes.ts';

/** `enter`, `ctrl+c`, `alt+1`, `shift+tab`, or the character itself. Undefined: text, or nothing that has a name. */
export function nameKey(input: string, key: Key): string | undefined {
  const typed = specialName(input, key);
  if (typed === undefined) return undefined;
  const name = key.ctrl || key.meta ? typed.toLowerCase() : typed;
  const shift = key.shift && name.length > 1 ? 'shift+' : '';
  return `${key.ctrl ? 'ctrl+' : ''}${key.meta ? 'alt+' : ''}${shift}${name}`;
}

function specialName(input: string, key: Key): string | undefined {
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  if (key.tab) return 'tab';
  if (key.backspace) return 'backspace';
  if (key.delete) return 'delete';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  if (key.end) return 'end';
  // Ink passes a line feed on as it is.
  if (input === '\n') return 'ctrl+j';
  return functionKeyName(input) ?? ([...input].length === 1 && input >= ' ' ? input : undefined);
}
