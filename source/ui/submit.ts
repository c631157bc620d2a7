// What Enter and Tab make of the draft: a prompt, a steer, or one of the few words that are commands.
import type { Command } from '../session/commands.ts';
import { sentBy } from './editing/sent.ts';
import { cleared, edit, isEmpty, textOf } from './editor.ts';
import { orReason } from './full-disk.ts';
import { runOwn } from './own-command.ts';
import { restore } from './restore.ts';
import type { Stage } from './stage.ts';
import { cleanCopy } from './text/clean.ts';
import { paceOpen } from './view.ts';
import { wordOf, words } from './words.ts';

/** A slash, a word and nothing else: a path has more in it, and a prompt more words. */
const slashWord = /^\/[a-z]*$/;

export function submit(stage: Stage, as: 'prompt' | 'steer' = 'prompt'): void {
  if (continues(stage)) return;
  const text = textOf(stage.view.getState().draft).trim();
  if (text === '') {
    if (stage.engine.session.getState().queue.paused !== undefined) send(stage, { do: 'resume' });
    return;
  }
  if (text.startsWith('!')) {
    runOwn(stage);
    return;
  }
  const command = wordOf(text)?.does;
  if (command === undefined) {
    if (slashWord.test(text))
      say(
        stage,
        `${text} is no command; there are ${Object.keys(words)
          .filter((word) => word.startsWith('/'))
          .join(' ')}`,
      );
    else sendDraft(stage, as);
  } else if (command === 'quit') {
    stage.quit();
  } else if (command === 'pace') {
    stage.view.setState(({ draft }) => ({ ...paceOpen, draft: cleared(draft), recalled: undefined }));
  } else if (command === 'help') {
    stage.view.setState(({ draft }) => ({
      help: 0,
      sought: undefined,
      draft: cleared(draft),
      recalled: undefined,
    }));
  } else if (send(stage, command)) {
    stage.view.setState(({ draft }) => ({ draft: cleared(draft), recalled: undefined }));
  }
}

/** Enter behind a backslash makes a new line, as in a shell: a key that every terminal knows. */
export function continues(stage: Stage): boolean {
  const { draft } = stage.view.getState();
  const line = draft.lines[draft.row] ?? '';
  if (!line.endsWith('\\') || draft.column !== line.length) return false;
  const without = edit(draft, { kind: 'delete', to: 'left' });
  stage.view.setState({ draft: edit(without, { kind: 'insert', text: '\n' }), recalled: undefined });
  return true;
}

/** What was saved stands in the composer; where nothing was, the draft is as it was and the reason is said. */
export async function writeDraft(stage: Stage): Promise<void> {
  const { draft } = stage.view.getState();
  const { text, images } = sentBy(draft);
  const written = await stage.desk.write(text);
  if ('failed' in written) {
    say(stage, written.failed);
    return;
  }
  // An image whose words were deleted is not wanted any more.
  const said = restore(draft, { text: written.text, images }, stage.engine.fetch, { unnamed: false });
  stage.view.setState({ draft: said, recalled: undefined });
}

/** As Enter does, but what is said while a turn runs does not wait. */
export function sendNow(stage: Stage): void {
  submit(stage, stage.engine.session.getState().turns.running === undefined ? 'prompt' : 'steer');
}

/** False where no turn runs or nothing is typed: the key means something else then. */
export function isSteerable({ view, engine }: Stage): boolean {
  return !isEmpty(view.getState().draft) && engine.session.getState().turns.running !== undefined;
}

/** Hands the draft to the running turn. */
export function steer(stage: Stage): void {
  sendDraft(stage, 'steer');
}

/** Sends a command; a refusal is shown, also that of a disk which takes nothing. */
export function send(stage: Stage, command: Command): boolean {
  const answer = orReason(() => stage.engine.send(command));
  const refused = 'failed' in answer ? answer.failed : answer.done?.refused;
  if (refused !== undefined) say(stage, refused);
  return refused === undefined;
}

export function say(stage: Stage, message: string): void {
  stage.view.setState({ message });
}

function sendDraft(stage: Stage, as: 'prompt' | 'steer'): void {
  const { draft } = stage.view.getState();
  const { text, images } = sentBy(draft);
  stage.prompts.expect(text);
  if (!send(stage, { do: as, text, ...(images.length > 0 && { images }) })) return;
  stage.past.forget();
  stage.prompts.add(stage.keepDraft(draft));
  stage.view.setState({
    draft: cleared(draft),
    recalled: undefined,
    conversation: undefined,
    selected: undefined,
  });
}

/** Says what comes of a key after a while. What was said in the meantime is newer, and stands. */
export function answerTo({ view }: Stage): (message: string) => void {
  const before = view.getState().message;
  return (message) => {
    const { message: now } = view.getState();
    if (now === undefined || now === before) view.setState({ message });
  };
}

/** Cleaned, for it is pasted into other terminals; what the clipboard has is not replaced by nothing. Says by what route it was copied, and never that it was where nobody says so. */
export async function copy(stage: Stage, text: string, what: string): Promise<void> {
  if (text === '') return say(stage, 'there is nothing to copy');
  const answer = answerTo(stage);
  const route = await stage.desk.copy(cleanCopy(text), stage.send);
  if ('copied' in route) answer(`copied ${what} (${route.copied})`);
  else if ('offered' in route)
    answer(`sent ${what} to ${route.offered}, which does not say whether it took it`);
  else answer(`could not be copied: ${route.failed}`);
}
