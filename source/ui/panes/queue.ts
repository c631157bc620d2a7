// The queue at the foot of the conversation: how much room it takes, and which of its items keys are about.
import { waitsForGreen } from '../../session/commands.ts';
import type { Waiting } from '../../session/queue.ts';
import type { SessionState } from '../../session/state.ts';
import { anyKeyFor } from '../keys/any-key.ts';
import { queueRows, waitingItems } from '../rows/queue-rows.ts';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';
import type { View } from '../view.ts';

/** The share of the pane that waiting prompts may take: at a glance, and while one works through them. */
const SHARE = { glance: 1 / 3, focused: 1 / 2 };
/** Title, item and what holds it up. */
const LEAST_FOCUSED = 3;

/** Rows of at most `width` columns for a pane of so many rows; fewer than the pane has. */
export function pageQueue(
  { session, view }: Pick<Screen, 'session' | 'view'>,
  width: number,
  height: number,
  { theme, keymap }: Pick<Stage, 'theme' | 'keymap'>,
): readonly string[] {
  const focused = view.focus === 'queue';
  const most = focused
    ? Math.min(height, Math.max(LEAST_FOCUSED, Math.floor(height * SHARE.focused)))
    : Math.floor(height * SHARE.glance);
  const look = {
    most,
    key: anyKeyFor(keymap, focused ? 'turn pause' : 'submit'),
    ...(focused && { selected: selectedItem(session, view)?.id }),
    ...(view.editing && { editing: view.editing.item }),
    ...(waitsForGreen(session) && { waits: lastRun(session) }),
  };
  return queueRows(session.queue, width, look, theme);
}

/** By its id, so that what comes or goes elsewhere moves nothing; the first one where it is gone. */
export function selectedItem({ queue }: SessionState, { waiting }: View): Waiting | undefined {
  const items = waitingItems(queue);
  return items.find((item) => item.id === waiting) ?? items[0];
}

function lastRun({ tests }: SessionState): string {
  if (tests.running !== undefined) return 'they are running';
  return tests.last === undefined ? 'there was no run yet' : `the last run was ${tests.last.verdict}`;
}
