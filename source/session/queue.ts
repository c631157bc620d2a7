// Prompts that wait, and messages for the running turn. Both survive interrupts and restarts.

import type { Recorded } from './events.ts';
import type { PauseReason } from './facts.ts';

/** A prompt that waits; `id` is the seq of the event that created it. */
export interface Waiting {
  readonly id: number;
  readonly text: string;
  readonly images?: readonly string[];
  /** It runs only while the last run of the tests was green; else it waits, and what is behind it too. */
  readonly green?: true;
}

export interface Queue {
  /** In the order in which they will run. */
  readonly items: readonly Waiting[];
  /** Handed to the model with the next request. */
  readonly steers: readonly Waiting[];
  readonly paused?: PauseReason;
}

export const emptyQueue: Queue = { items: [], steers: [] };

export function reduceQueue(queue: Queue, event: Recorded): Queue {
  switch (event.type) {
    case 'prompt.queued': {
      const item = waiting(event.seq, event.text, event.images);
      return { ...queue, items: event.front ? [item, ...queue.items] : [...queue.items, item] };
    }
    case 'prompt.steered':
      return { ...queue, steers: [...queue.steers, waiting(event.seq, event.text, event.images)] };
    case 'prompt.changed':
      return change(queue, event);
    case 'prompt.accepted':
      return event.item === undefined ? queue : without(queue, [event.item]);
    case 'step.started':
      return event.steers?.length ? without(queue, event.steers) : queue;
    case 'queue.paused':
      return { ...queue, paused: event.reason };
    case 'queue.resumed':
      return { items: queue.items, steers: queue.steers };
    default:
      return queue;
  }
}

function waiting(id: number, text: string, images?: readonly string[]): Waiting {
  return images?.length ? { id, text, images } : { id, text };
}

function without(queue: Queue, ids: readonly number[]): Queue {
  const stays = (item: Waiting): boolean => !ids.includes(item.id);
  return { ...queue, items: queue.items.filter(stays), steers: queue.steers.filter(stays) };
}

function whenGreen({ green: _, ...item }: Waiting, on: boolean): Waiting {
  return on ? { ...item, green: true } : item;
}

function change(queue: Queue, event: Recorded & { type: 'prompt.changed' }): Queue {
  const item = [...queue.items, ...queue.steers].find((each) => each.id === event.item);
  if (item === undefined) return queue;
  const rest = without(queue, [item.id]);
  switch (event.change.to) {
    case 'text': {
      const { text, images = item.images } = event.change;
      // What else is said of it stays.
      const { images: _, ...bare } = item;
      const edited: Waiting = images?.length ? { ...bare, text, images } : { ...bare, text };
      const edit = (each: Waiting): Waiting => (each.id === item.id ? edited : each);
      return { ...queue, items: queue.items.map(edit), steers: queue.steers.map(edit) };
    }
    case 'before': {
      const { item: before } = event.change;
      const at = rest.items.findIndex((each) => each.id === before);
      return { ...rest, items: at < 0 ? [...rest.items, item] : rest.items.toSpliced(at, 0, item) };
    }
    case 'removed':
      return rest;
    case 'steer':
      return { ...rest, steers: [...rest.steers, whenGreen(item, false)] };
    case 'queue':
      return { ...rest, items: [item, ...rest.items] };
    case 'when green': {
      const { on } = event.change;
      return { ...queue, items: queue.items.map((each) => (each === item ? whenGreen(each, on) : each)) };
    }
    default:
      return event.change satisfies never;
  }
}
