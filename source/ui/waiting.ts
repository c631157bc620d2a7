// What keys do with the prompts that wait: choose one, edit it in the composer, move it, take it out.
import type { Waiting } from '../session/queue.ts';
import { isReading } from './editing/chips.ts';
import { sentBy } from './editing/sent.ts';
import { type Buffer, emptyBuffer, isEmpty } from './editor.ts';
import { focus } from './focus.ts';
import { anyKeyFor } from './keys/any-key.ts';
import { selectedItem } from './panes/queue.ts';
import { restore } from './restore.ts';
import { waitingItems } from './rows/queue-rows.ts';
import type { Stage } from './stage.ts';
import { say, send } from './submit.ts';

/** To the list and back. */
export function focusQueue(stage: Stage): void {
  const { queue } = stage.engine.session.getState();
  if (stage.view.getState().focus === 'queue') focus(stage, 'composer');
  else if (waitingItems(queue).length === 0)
    say(stage, `nothing waits: ${anyKeyFor(stage.keymap, 'submit', 'queue')} queues while a turn runs`);
  else focus(stage, 'queue');
}

/** Below the last one is the composer. */
export function selectWaiting(stage: Stage, by: 1 | -1): void {
  aboutItem(stage, (item, items) => {
    const at = items.indexOf(item) + by;
    if (at >= items.length) focus(stage, 'composer');
    else stage.view.setState({ waiting: items[Math.max(0, at)]?.id });
  });
}

/** One place earlier, or (with 1) later. */
export function moveWaiting(stage: Stage, by: 1 | -1): void {
  aboutItem(stage, (item) => {
    const { items } = stage.engine.session.getState().queue;
    const at = items.findIndex(({ id }) => id === item.id);
    const last = by > 0 && at === items.length - 1;
    if (at >= 0 && (last || (by < 0 && at === 0)))
      return say(stage, last ? 'it is the last' : 'it is the first');
    const before = by < 0 ? items[at - 1] : items[at + 2];
    send(stage, { do: 'move', item: item.id, before: before?.id ?? null });
  });
}

export function removeWaiting(stage: Stage): void {
  aboutItem(stage, (item, items) => {
    const at = items.indexOf(item);
    if (!send(stage, { do: 'remove', item: item.id })) return;
    stage.view.setState({ waiting: (items[at + 1] ?? items[at - 1])?.id });
    stage.prompts.add(stage.keepDraft(restore(emptyBuffer, item, stage.engine.fetch)));
    const key = anyKeyFor(stage.keymap, 'search prompts');
    say(stage, `deleted${key === '' ? '' : `; ${key} in the composer finds it again`}`);
  });
}

export function swapWaiting(stage: Stage): void {
  aboutItem(stage, (item) => void send(stage, { do: 'swap', item: item.id }));
}

export function turnWhenGreen(stage: Stage): void {
  aboutItem(stage, (item) => void send(stage, { do: 'when green', item: item.id }));
}

export function turnPause(stage: Stage): void {
  const { paused } = stage.engine.session.getState().queue;
  send(stage, { do: paused === undefined ? 'pause' : 'resume' });
}

/** Its words in the composer; what stood there comes back afterwards. Another that is being edited is put back first. */
export function editWaiting(stage: Stage): void {
  aboutItem(stage, (item) => {
    const { editing, draft } = stage.view.getState();
    if (editing?.item === item.id) return focus(stage, 'composer');
    if (editing !== undefined && isReading(draft.chips)) return say(stage, 'the image is being read');
    if (editing !== undefined && !putBack(stage)) return;
    focus(stage, 'composer');
    stage.view.setState(({ draft: before }) => ({
      draft: restore(before, item, stage.engine.fetch),
      recalled: undefined,
      editing: { item: item.id, draft: before },
    }));
  });
}

/** Puts the edited words in the place of the old ones. False where they stay in the composer; why is said. */
export function putBack(stage: Stage): boolean {
  const { editing, draft } = stage.view.getState();
  if (editing === undefined) return false;
  const { text, images } = sentBy(draft);
  if (send(stage, { do: 'edit', item: editing.item, text, images })) {
    leave(stage, editing.draft);
    return true;
  }
  // Refused for what it says, it is edited on.
  if (waitingItems(stage.engine.session.getState().queue).some(({ id }) => id === editing.item)) return false;
  // It went to the model meanwhile, with the old words: the new ones are a prompt of their own. The draft that they stand
  // in front of is not lost.
  const typed = !isEmpty(editing.draft);
  if (typed) stage.prompts.add(stage.keepDraft(editing.draft));
  stage.view.setState({ editing: undefined });
  const key = anyKeyFor(stage.keymap, 'submit', 'send now');
  const kept = typed ? '; what you typed before is an earlier prompt' : '';
  say(stage, `it was delivered meanwhile as it was; ${key} sends this as a prompt of its own${kept}`);
  return false;
}

/** Leaves the item as it was. False where none is edited. */
export function leaveAsItWas(stage: Stage): boolean {
  const { editing } = stage.view.getState();
  if (editing === undefined) return false;
  leave(stage, editing.draft);
  return true;
}

/** Takes the keys away from a list that has become empty. Returns the way to stop. */
export function leaveEmptyQueue({ engine, view }: Pick<Stage, 'engine' | 'view'>): () => void {
  return engine.session.subscribe(({ queue }) => {
    if (view.getState().focus === 'queue' && waitingItems(queue).length === 0)
      view.setState({ focus: 'composer' });
  });
}

function leave(stage: Stage, draft: Buffer): void {
  stage.view.setState({ draft, editing: undefined, recalled: undefined });
  if (waitingItems(stage.engine.session.getState().queue).length > 0) focus(stage, 'queue');
}

function aboutItem(stage: Stage, work: (item: Waiting, items: readonly Waiting[]) => void): void {
  const session = stage.engine.session.getState();
  const item = selectedItem(session, stage.view.getState());
  if (item === undefined) return;
  // From now on it is this one, wherever it moves.
  stage.view.setState({ waiting: item.id });
  work(item, waitingItems(session.queue));
}
