// Brings prompts back into the composer: the last one that waits, or those of before.
import { isEmpty } from './editor.ts';
import { lay, restore } from './restore.ts';
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
  const earlier = stage.prompts.all().at(-index);
  if (earlier === undefined) return;
  stage.view.setState({
    draft: lay(draft, earlier, stage.engine.fetch),
    recalled: { index, draft: recalled?.draft ?? draft },
  });
}

/** The prompt after it; behind the newest, the draft that was there before. */
export function recallLater(stage: Stage): void {
  const { recalled } = stage.view.getState();
  if (recalled === undefined) return;
  const index = recalled.index - 1;
  const later = index > 0 ? stage.prompts.all().at(-index) : undefined;
  if (later === undefined) stage.view.setState({ draft: recalled.draft, recalled: undefined });
  else
    stage.view.setState({
      draft: lay(recalled.draft, later, stage.engine.fetch),
      recalled: { ...recalled, index },
    });
}
