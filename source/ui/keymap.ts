// Every key as data: what it does, where, and what the help says about it.
import { type Command, decide } from '../session/commands.ts';
import type { SessionState } from '../session/state.ts';
import type { ActionName } from './actions.ts';
import { noFailure } from './failures.ts';
import type { Focus, Overlay } from './view.ts';

export type Where = 'everywhere' | 'pane' | Focus | Overlay;

export interface Binding {
  readonly action: ActionName;
  /** As `nameKey` names them. */
  readonly keys: readonly string[];
  readonly where: Where;
  /** For the help. */
  readonly title: string;
  /** For the line above the composer, where this key is worth a word. */
  readonly hint?: string;
  /** What the action asks of the session: its refusal is the reason why the key is not available. */
  readonly command?: Command;
  /** Why the key would do nothing, where that is not for the session to say. */
  readonly against?: (session: SessionState) => string | undefined;
}

export const keymap: readonly Binding[] = [
  {
    where: 'composer',
    keys: ['enter'],
    action: 'submit',
    title: 'send; while a turn runs, queue; on an empty line, go on with a paused queue',
  },
  {
    where: 'composer',
    keys: ['tab'],
    action: 'steer',
    title: 'while a turn runs, hand the draft to the model now; else the next pane',
  },
  {
    where: 'composer',
    keys: ['ctrl+j', 'alt+enter'],
    action: 'newline',
    title: 'new line; so does Enter behind a backslash',
  },
  { where: 'composer', keys: ['ctrl+g'], action: 'write draft', title: 'write in your editor ($EDITOR)' },
  {
    where: 'composer',
    keys: ['up', 'ctrl+p'],
    action: 'up',
    title: 'line up; at the top, the last queued prompt back, else earlier prompts',
  },
  {
    where: 'composer',
    keys: ['down', 'ctrl+n'],
    action: 'down',
    title: 'line down; at the bottom, later prompts',
  },
  { where: 'composer', keys: ['left', 'ctrl+b'], action: 'left', title: 'left' },
  { where: 'composer', keys: ['right', 'ctrl+f'], action: 'right', title: 'right' },
  { where: 'composer', keys: ['alt+b', 'alt+left', 'ctrl+left'], action: 'word left', title: 'word left' },
  {
    where: 'composer',
    keys: ['alt+f', 'alt+right', 'ctrl+right'],
    action: 'word right',
    title: 'word right',
  },
  { where: 'composer', keys: ['home', 'ctrl+a'], action: 'line start', title: 'start of the line' },
  { where: 'composer', keys: ['end', 'ctrl+e'], action: 'line end', title: 'end of the line' },
  { where: 'composer', keys: ['backspace'], action: 'delete left', title: 'delete left' },
  { where: 'composer', keys: ['delete'], action: 'delete right', title: 'delete right' },
  { where: 'composer', keys: ['ctrl+w', 'alt+backspace'], action: 'kill word', title: 'cut the word before' },
  { where: 'composer', keys: ['alt+d'], action: 'kill next word', title: 'cut the word after' },
  { where: 'composer', keys: ['ctrl+u'], action: 'kill to start', title: 'cut to the start of the line' },
  { where: 'composer', keys: ['ctrl+k'], action: 'kill to end', title: 'cut to the end of the line' },
  { where: 'composer', keys: ['ctrl+y'], action: 'yank', title: 'paste what was cut' },
  { where: 'composer', keys: ['ctrl+_'], action: 'undo', title: 'undo' },
  { where: 'composer', keys: ['alt+_', 'alt+/'], action: 'redo', title: 'redo' },
  {
    where: 'composer',
    keys: ['ctrl+d'],
    action: 'quit',
    title: 'quit, when nothing is typed; else delete right',
  },

  {
    where: 'everywhere',
    keys: ['escape'],
    action: 'back',
    title: 'close what lies over the panes, else leave the pane, else interrupt the turn',
  },
  {
    where: 'everywhere',
    keys: ['ctrl+c'],
    action: 'cancel',
    title: 'clear the draft, else interrupt, else twice to quit',
  },
  { where: 'everywhere', keys: ['f1', 'alt+h'], action: 'help', title: 'these keys' },
  { where: 'everywhere', keys: ['alt+1'], action: 'conversation', title: 'conversation' },
  { where: 'everywhere', keys: ['alt+2'], action: 'tests', title: 'tests' },
  { where: 'everywhere', keys: ['alt+3'], action: 'commits', title: 'commits' },
  { where: 'everywhere', keys: ['alt+z'], action: 'zoom', title: 'one pane takes all the room, and back' },
  { where: 'everywhere', keys: ['shift+tab'], action: 'previous pane', title: 'previous pane' },
  {
    where: 'everywhere',
    keys: ['pageup'],
    action: 'page up',
    title: 'page up, in the conversation or the pane in focus',
  },
  { where: 'everywhere', keys: ['pagedown'], action: 'page down', title: 'page down' },
  { where: 'everywhere', keys: ['ctrl+l'], action: 'redraw', title: 'draw the screen again' },
  { where: 'everywhere', keys: ['ctrl+z'], action: 'suspend', title: 'suspend; fg comes back' },

  { where: 'pane', keys: ['tab'], action: 'next pane', title: 'next pane' },
  { where: 'pane', keys: ['up'], action: 'row up', title: 'a row up' },
  { where: 'pane', keys: ['down'], action: 'row down', title: 'a row down' },
  { where: 'pane', keys: ['home', 'g'], action: 'top', title: 'to the top' },
  { where: 'pane', keys: ['end', 'G'], action: 'bottom', title: 'to the end, and follow it' },
  { where: 'conversation', keys: ['k'], action: 'previous call', title: 'previous call', hint: 'calls' },
  { where: 'conversation', keys: ['j'], action: 'next call', title: 'next call' },
  {
    where: 'conversation',
    keys: ['enter'],
    action: 'turn call',
    title: 'open or fold the call',
    hint: 'open or fold',
  },
  { where: 'tests', keys: ['k'], action: 'row up', title: 'a row up' },
  { where: 'tests', keys: ['j'], action: 'row down', title: 'a row down' },
  {
    where: 'tests',
    keys: ['r'],
    action: 'run tests',
    title: 'run the tests again',
    hint: 'run again',
    command: { do: 'test' },
  },
  {
    where: 'tests',
    keys: ['x'],
    action: 'stop tests',
    title: 'stop the run',
    hint: 'stop',
    command: { do: 'stop tests' },
  },
  { where: 'tests', keys: ['n'], action: 'next failure', title: 'next failure', against: noFailure },
  { where: 'tests', keys: ['N'], action: 'previous failure', title: 'previous failure', against: noFailure },
  {
    where: 'tests',
    keys: ['e'],
    action: 'open failure',
    title: 'open the failure at its line in your editor ($EDITOR)',
    hint: 'open',
    against: noFailure,
  },
  {
    where: 'tests',
    keys: ['p'],
    action: 'prompt failure',
    title: 'start a prompt with the failure in it',
    hint: 'fix',
    against: noFailure,
  },
  { where: 'tests', keys: ['y'], action: 'copy failure', title: 'copy the failure', against: noFailure },
  { where: 'commits', keys: ['k'], action: 'row up', title: 'a row up' },
  { where: 'commits', keys: ['j'], action: 'row down', title: 'a row down' },
  { where: 'commits', keys: ['enter'], action: 'open commit', title: 'read the commit', hint: 'diff' },
  { where: 'commits', keys: ['y'], action: 'copy sha', title: 'copy its sha' },
  {
    where: 'commits',
    keys: ['p'],
    action: 'prompt commit',
    title: 'start a prompt about it',
    hint: 'prompt about it',
  },
  {
    where: 'commits',
    keys: ['s'],
    action: 'ship',
    title: 'ship what is not committed',
    hint: 'ship',
    command: { do: 'ship' },
  },

  { where: 'diff', keys: ['up', 'k'], action: 'opened up', title: 'a row up' },
  { where: 'diff', keys: ['down', 'j'], action: 'opened down', title: 'a row down' },
  { where: 'diff', keys: ['home', 'g'], action: 'opened top', title: 'to the top' },
  { where: 'diff', keys: ['end', 'G'], action: 'opened end', title: 'to the end' },
  { where: 'diff', keys: ['n'], action: 'next file', title: 'next file', hint: 'next file' },
  { where: 'diff', keys: ['p'], action: 'previous file', title: 'previous file', hint: 'previous' },
  { where: 'diff', keys: ['y'], action: 'copy sha', title: 'copy its sha', hint: 'copy sha' },

  { where: 'help', keys: ['up', 'k'], action: 'help up', title: 'a row up' },
  { where: 'help', keys: ['down', 'j'], action: 'help down', title: 'a row down' },
];

/** Where a key is looked for, nearest first. Under an overlay nothing but it and what holds everywhere answers. */
export function placesOf(focus: Focus, overlay: Overlay | undefined): readonly Where[] {
  if (overlay !== undefined) return [overlay, 'everywhere'];
  return focus === 'composer' ? ['composer', 'everywhere'] : [focus, 'pane', 'everywhere'];
}

export function findAction(key: string, places: readonly Where[]): ActionName | undefined {
  for (const where of places) {
    const binding = keymap.find((each) => each.where === where && each.keys.includes(key));
    if (binding !== undefined) return binding.action;
  }
  return undefined;
}

/** Why a key would do nothing now; undefined where it would. */
export function reasonAgainst(binding: Binding, session: SessionState): string | undefined {
  if (binding.command === undefined) return binding.against?.(session);
  const decision = decide(session, binding.command);
  return 'refused' in decision ? decision.refused : undefined;
}
