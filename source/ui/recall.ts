// Brings prompts back into the composer: the last one that waits, or those of before.
import { bufferOf, isEmpty } from './editor.ts';
import { restore } from './restore.ts';
import type { Stage } from './stage.ts';
import { send } from './submit.ts';

/** The prompt before the one that is shown now; from an empty composer first the last queued one, for editing. */
export function recallEarlier(stage: Stage): void {
  const { draft, recalled, editing } = stage.view.getState();
  const { queue } = stage.engine.session.getState();
  const waiting = queue.items.at(-1) ?? queue.steers.at(-1);
  if (waiting !== undefined && recalled === undefined && editing === undefined && isEmpty(draft)) {
    if (send(stage, { do: 'remove', item: waiting.id }))
      stage.view.setState({ draft: restore(draft, waiting, stage.engine.fetch) });
    return;
  }
  const index = (recalled?.index ?? 0) + 1;
  const text = prompts(stage).at(-index);
  if (text === undefined) return;
  stage.view.setState({ draft: bufferOf(text), recalled: { index, draft: recalled?.draft ?? draft } });
}

/** The prompt after it; behind the newest, the draft that was there before. */
export function recallLater(stage: Stage): void {
  const { recalled } = stage.view.getState();
  if (recalled === undefined) return;
  const index = recalled.index - 1;
  const text = index > 0 ? prompts(stage).at(-index) : undefined;
  if (text === undefined) stage.view.setState({ draft: recalled.draft, recalled: undefined });
  else stage.view.setState({ draft: bufferOf(text), recalled: { ...recalled, index } });
}

/** Oldest first, the same one in a row once. */
function prompts(stage: Stage): readonly string[] {
  const texts = stage.engine.session
    .getState()
    .conversation.items.flatMap((item) => (item.kind === 'prompt' ? [item.text] : []));
  return texts.filter((text, index) => text !== texts[index - 1]);
}
