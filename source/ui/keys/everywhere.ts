// The keys that hold everywhere: leaving, help, panes, pages, the terminal itself.
import type { Place } from './place.ts';

export const everywhereKeys: Place = {
  where: 'everywhere',
  title: 'Everywhere',
  typing: true,
  bindings: [
    {
      keys: ['escape'],
      action: 'back',
      title: 'close what lies over the panes, else leave the pane, else interrupt the turn',
      keeps: 'go back and interrupt',
    },
    {
      keys: ['ctrl+c'],
      action: 'cancel',
      title: 'clear the draft, else interrupt, else twice to quit',
      keeps: 'quit',
    },
    { keys: ['f1', 'alt+h'], action: 'help', title: 'these keys' },
    { keys: ['alt+1'], action: 'conversation', title: 'conversation' },
    { keys: ['alt+2'], action: 'tests', title: 'tests' },
    { keys: ['alt+3'], action: 'commits', title: 'commits' },
    { keys: ['alt+q'], action: 'waiting', title: 'the prompts that wait, and back' },
    { keys: ['alt+4'], action: 'run', title: 'the run terminal' },
    { keys: ['alt+5'], action: 'background', title: 'background commands of the model, and back' },
    { keys: ['alt+p'], action: 'pace', title: 'where the time went, and back' },
    { keys: ['alt+z'], action: 'zoom', title: 'one pane takes all the room, and back' },
    { keys: [], action: 'transcript', title: 'the conversation takes all the room, and back' },
    { keys: ['shift+tab'], action: 'previous pane', title: 'previous pane' },
    { keys: ['pageup'], action: 'page up', title: 'page up, in the conversation or the pane in focus' },
    { keys: ['pagedown'], action: 'page down', title: 'page down' },
    { keys: ['alt+m'], action: 'mouse', title: 'the mouse scrolls and clicks here, or selects text again' },
    { keys: ['ctrl+l'], action: 'redraw', title: 'draw the screen again' },
    { keys: ['ctrl+z'], action: 'suspend', title: 'suspend; fg comes back' },
  ],
};
