// The rows above the composer: steers on their way to the model, and prompts that wait their turn.
import type { PauseReason } from '../../session/facts.ts';
import type { Queue, Waiting } from '../../session/queue.ts';
import { plural } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';
import { beside } from '../text/fit.ts';
import { cut } from '../text/width.ts';
import type { Theme } from '../theme.ts';

/** Prompts that are shown while the list has no keys: it is for working through that the rest is there. */
const glance = 3;
/** More than any row shows of a prompt. */
const maxCharacters = 1_000;
/** The prompt itself says more than its state. */
const textShare = 0.6;

const reasons: Readonly<Record<PauseReason, string>> = {
  interrupted: 'after the interrupt',
  red: 'the tests are red',
  held: 'the commit was held',
  failed: 'the turn failed',
  restart: 'after the restart',
  person: 'by you',
};

export interface QueueLook {
  /** Rows at most. */
  readonly most: number;
  /** The key that lets a paused queue go on. */
  readonly key: string;
  /** The item that keys are about, where the list has them. */
  readonly selected?: number;
  /** The item whose words stand in the composer. */
  readonly editing?: number;
  /** Why the first prompt waits for green tests, where it does: what the last run said. */
  readonly waits?: string;
}

/** Steers first: they go to the model before any of the queue. */
export function waitingItems({ steers, items }: Queue): readonly Waiting[] {
  return [...steers, ...items];
}

/** `queue 1 ▸ add a changelog entry`; no rows where nothing waits. What holds the queue up stands in the last row. */
export function queueRows(queue: Queue, width: number, look: QueueLook, theme: Theme): string[] {
  const all = waitingItems(queue);
  if (all.length === 0 || look.most < 1) return [];
  const held = heldRow(queue, look, theme);
  const foot = held === '' ? [] : [cut(held, width)];
  if (look.selected !== undefined) return focusedRows(queue, width, look, foot, theme);
  const room = Math.max(1, look.most - foot.length);
  const least = queue.steers.length + glance;
  const shown = all.length <= Math.min(room, least) ? all.length : Math.min(least, Math.max(1, room - 1));
  const more = room > shown && all.length > shown ? [`… ${all.length - shown} more`] : [];
  // What is edited stays in sight, for it is what the composer is about.
  const from = Math.max(0, all.findIndex((item) => item.id === look.editing) - shown + 1);
  return [
    ...all.slice(from, from + shown).map((item) => itemRow(queue, item, width, look, theme)),
    ...more.map((words) => cut(theme.sgr('dim', words), width)),
    ...foot,
  ].slice(-look.most);
}

/** A title with the place of the selected item among all, and the items around it. */
function focusedRows(
  queue: Queue,
  width: number,
  look: QueueLook,
  foot: readonly string[],
  theme: Theme,
): string[] {
  const all = waitingItems(queue);
  const at = Math.max(
    0,
    all.findIndex((item) => item.id === look.selected),
  );
  const room = Math.max(1, look.most - foot.length - 1);
  const top = Math.max(0, Math.min(at - Math.floor(room / 2), all.length - room));
  const title = `${theme.sgr('focus', '▸QUEUE')}  ${theme.sgr('dim', `${at + 1} of ${all.length}`)}`;
  return [
    cut(title, width),
    ...all.slice(top, top + room).map((item, nth) => {
      const row = itemRow(queue, item, width, look, theme);
      return top + nth === at ? theme.sgr('selection', row) : row;
    }),
    ...foot,
  ].slice(-look.most);
}

function itemRow(queue: Queue, item: Waiting, width: number, look: QueueLook, theme: Theme): string {
  const at = queue.items.indexOf(item);
  const label = at < 0 ? 'steer' : `queue ${at + 1}`;
  const text = clean(item.text.slice(0, maxCharacters), { newlines: false });
  const images = item.images?.length ?? 0;
  const states = [
    { text: item.id === look.editing ? theme.sgr('accent', 'in the composer') : '', rank: 3 },
    { text: images > 0 ? theme.sgr('dim', plural(images, 'image')) : '', rank: 1 },
    { text: item.green ? theme.sgr('ok', 'when green') : '', rank: 2 },
    { text: look.selected === undefined ? '' : theme.sgr('dim', stateOf(queue, at, look)), rank: 0 },
  ];
  return beside(`${theme.sgr('dim', label)} ${theme.sgr('accent', '▸')} ${text}`, states, width, textShare);
}

function stateOf(queue: Queue, at: number, look: QueueLook): string {
  if (at < 0) return 'with the next request';
  const first = queue.steers.length === 0 && at === 0;
  return first && queue.paused === undefined && look.waits === undefined ? 'next' : '';
}

function heldRow({ paused }: Queue, { key, waits }: QueueLook, theme: Theme): string {
  const words = key === '' ? '' : ` · ${key} goes on`;
  if (paused !== undefined) return theme.sgr('warn', `‖ paused: ${reasons[paused]}${words}`);
  return waits === undefined ? '' : theme.sgr('warn', `‖ waits for green tests: ${waits}`);
}
