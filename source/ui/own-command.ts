// `! COMMAND` in the composer: runs it in the person's own terminal, and with `!!` without a word to the model.
import { sentBy } from './editing/sent.ts';
import { cleared } from './editor.ts';
import { anyKeyFor } from './keys/any-key.ts';
import type { Stage } from './stage.ts';
import { clean } from './text/clean.ts';

const USAGE = '! COMMAND runs it in your terminal and tells the model how it ended; !! does not tell';

/** The draft begins with the mark. Where something runs there already, only the second Enter puts this in its place. */
export function runOwn(stage: Stage): void {
  const { draft, replacing } = stage.view.getState();
  const [, mark, command = ''] = /^\s*(!!?)\s*(.*)$/s.exec(sentBy(draft).text) ?? [];
  const { own } = stage.engine.live.state;
  if (command.trim() === '') {
    stage.view.setState({ message: USAGE });
  } else if (own !== null && own.end === undefined && !replacing) {
    const message = `${gist(own.command)} runs there: ${anyKeyFor(stage.keymap, 'submit', 'send now')} again stops it for this`;
    stage.view.setState({ message, replacing: true });
  } else {
    stage.prompts.add(stage.keepDraft(draft));
    stage.engine.terminal.run(command.trim(), { told: mark === '!' });
    // Where there is room for one pane, that is the one to look at now.
    stage.view.setState({
      draft: cleared(draft),
      recalled: undefined,
      replacing: false,
      shown: 'run',
      pane: 'tests',
      own: undefined,
    });
  }
}

/** Its beginning, on one line. */
function gist(command: string): string {
  const line = clean(command, { newlines: false });
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
