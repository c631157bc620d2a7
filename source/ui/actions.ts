// What keys do: every action by its name, as a function of the stage. A table a place, in `actions/`.
import { backgroundActions } from './actions/background.ts';
import { commitsActions } from './actions/commits.ts';
import { completionActions } from './actions/completion.ts';
import { composerActions } from './actions/composer.ts';
import { conversationActions } from './actions/conversation.ts';
import { everywhereActions } from './actions/everywhere.ts';
import { helpActions } from './actions/help.ts';
import { paneActions } from './actions/panes.ts';
import { queryActions } from './actions/query.ts';
import { queueActions } from './actions/queue.ts';
import { readingActions } from './actions/reading.ts';
import { recallActions } from './actions/recall.ts';
import { runActions } from './actions/run.ts';
import { searchActions } from './actions/search.ts';
import { testsActions } from './actions/tests.ts';
import type { Stage } from './stage.ts';

export const actions = {
  ...composerActions,
  ...completionActions,
  ...recallActions,
  ...everywhereActions,
  ...paneActions,
  ...conversationActions,
  ...queueActions,
  ...testsActions,
  ...runActions,
  ...commitsActions,
  ...readingActions,
  ...backgroundActions,
  ...searchActions,
  ...queryActions,
  ...helpActions,
};

export type ActionName = keyof typeof actions;

/** Does what a key is bound to. What the key before it was answered with is taken away first. */
export function perform(stage: Stage, action: ActionName): void {
  const { message, leaving, rewinding = false, replacing = false } = stage.view.getState();
  if (message !== undefined || leaving || rewinding || replacing)
    stage.view.setState({
      message: undefined,
      leaving: leaving && action === 'cancel',
      rewinding: rewinding && action === 'back or edit',
      replacing: replacing && (action === 'submit' || action === 'send now'),
    });
  if (dropsPush(stage, action)) return;
  actions[action](stage);
}

/** A push that is shown waits for the next key alone. True: all that Esc does is to leave it. */
function dropsPush({ view }: Stage, action: ActionName): boolean {
  if (view.getState().push === undefined || action === 'push' || action === 'open commit') return false;
  view.setState({ push: undefined });
  return action === 'back';
}
