// What keys do in the person's own terminal, and in whichever terminal a program has the keyboard.
import { startPrompt } from '../focus.ts';
import { ownPrompt, ownText } from '../own-text.ts';
import { giveKeyboard, startProject, startThere, takeKeyboard } from '../program.ts';
import type { Stage } from '../stage.ts';
import { copy, say } from '../submit.ts';

export const runActions = {
  'give keyboard': giveKeyboard,
  'take keyboard': takeKeyboard,
  'start run': (stage: Stage) => void startThere(stage, false),
  'start project': (stage: Stage) => void startProject(stage),
  'stop run': (stage: Stage) => {
    const refusal = stage.engine.terminal.stop();
    if (refusal !== undefined) say(stage, refusal.refused);
  },
  'prompt run': (stage: Stage) => withText(stage, (text) => startPrompt(stage, ownPrompt(stage, text))),
  'copy run': (stage: Stage) => withText(stage, (text) => void copy(stage, text, 'the screen')),
};

function withText(stage: Stage, work: (text: string) => void): void {
  const text = ownText(stage);
  if (text === '') say(stage, 'the terminal is empty');
  else work(text);
}
