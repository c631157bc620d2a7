// The keys of the composer: writing, sending, steering.
import type { Place } from './place.ts';

export const composerKeys: Place = {
  where: 'composer',
  title: 'In the composer',
  typing: true,
  bindings: [
    {
      keys: ['enter'],
      action: 'submit',
      title: 'send; while a turn runs, queue; on an empty line, go on with a paused queue',
      keeps: 'send',
    },
    {
      keys: ['tab'],
      action: 'steer',
      title: 'while a turn runs, hand the draft to the model now; else the next pane',
    },
    {
      keys: [],
      action: 'send now',
      title: 'send; while a turn runs, hand the draft to the model now',
      keeps: 'send',
    },
    { keys: [], action: 'queue', title: 'while a turn runs, queue; else the next pane' },
    {
      keys: [],
      action: 'back or edit',
      title: 'as everywhere; at rest, twice on an empty line: the last prompt back',
      keeps: 'go back and interrupt',
    },
    {
      keys: ['ctrl+j', 'alt+enter', 'shift+enter'],
      action: 'newline',
      title: 'new line; so does Enter behind a backslash',
    },
    { keys: ['ctrl+g'], action: 'write draft', title: 'write in your editor ($EDITOR)' },
    {
      keys: ['up', 'ctrl+p'],
      action: 'up',
      title: 'line up; at the top, the last queued prompt back, else earlier prompts',
    },
    { keys: ['down', 'ctrl+n'], action: 'down', title: 'line down; at the bottom, later prompts' },
    { keys: ['left', 'ctrl+b'], action: 'left', title: 'left' },
    { keys: ['right', 'ctrl+f'], action: 'right', title: 'right' },
    { keys: ['alt+b', 'alt+left', 'ctrl+left'], action: 'word left', title: 'word left' },
    { keys: ['alt+f', 'alt+right', 'ctrl+right'], action: 'word right', title: 'word right' },
    { keys: ['home', 'ctrl+a'], action: 'line start', title: 'start of the line' },
    { keys: ['end', 'ctrl+e'], action: 'line end', title: 'end of the line' },
    { keys: ['backspace'], action: 'delete left', title: 'delete left' },
    { keys: ['delete'], action: 'delete right', title: 'delete right' },
    { keys: ['ctrl+w', 'alt+backspace'], action: 'kill word', title: 'cut the word before' },
    { keys: ['alt+d'], action: 'kill next word', title: 'cut the word after' },
    { keys: ['ctrl+u'], action: 'kill to start', title: 'cut to the start of the line' },
    { keys: ['ctrl+k'], action: 'kill to end', title: 'cut to the end of the line' },
    { keys: ['ctrl+y'], action: 'yank', title: 'paste what was cut' },
    { keys: ['ctrl+_'], action: 'undo', title: 'undo' },
    { keys: ['alt+_', 'alt+/'], action: 'redo', title: 'redo' },
    { keys: ['ctrl+d'], action: 'quit', title: 'quit, when nothing is typed; else delete right' },
  ],
};
