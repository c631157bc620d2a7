// What a person can ask of a session, and what that means: events, or a refusal with its reason.
// Pure; the same reason greys the key in the help.
import { leftOut, toShip } from './claims.ts';
import type { SessionEvent } from './events.ts';
import type { QueueChange } from './facts.ts';
import { MOST_IMAGES } from './image.ts';
import type { Waiting } from './queue.ts';
import { referenceNamed } from './references.ts';
import type { SessionState } from './state.ts';

export type Command =
  /** Enter: runs now, or waits in the queue while a turn runs. */
  | { readonly do: 'prompt'; readonly text: string; readonly images?: readonly string[] }
  /** Tab: to the model with its next request. */
  | { readonly do: 'steer'; readonly text: string; readonly images?: readonly string[] }
  /** From elsewhere: joins the end of the queue and neither overtakes nor resumes it. Due at once where nothing runs and waits. */
  | { readonly do: 'queue'; readonly text: string; readonly images?: readonly string[] }
  | { readonly do: 'interrupt' }
  /** Enter on an empty composer: the paused queue goes on. */
  | { readonly do: 'resume' }
  | { readonly do: 'pause' }
  /** `images` absent: those that it has stay. */
  | {
      readonly do: 'edit';
      readonly item: number;
      readonly text: string;
      readonly images?: readonly string[];
    }
  | { readonly do: 'move'; readonly item: number; readonly before: number | null }
  | { readonly do: 'remove'; readonly item: number }
  /** Between queue and steer. */
  | { readonly do: 'swap'; readonly item: number }
  /** Turns the item's `only when green` on or off. */
  | { readonly do: 'when green'; readonly item: number }
  /** Takes a claimed path out of what is shipped, or puts it back. */
  | { readonly do: 'leave out'; readonly path: string; readonly out: boolean }
  /** Hands the model text with its next request; `said`: what people read of that. */
  | { readonly do: 'tell'; readonly text: string; readonly said: string }
  /** The branch as it is, by the person's own hand: beside a turn, in the background. */
  | { readonly do: 'push' }
  /** Ships what words left unfinished: a prompt of one word, for the subject is the model's to write. */
  | { readonly do: 'ship' }
  /** Another project is no reference any more; `name` as people say it. */
  | { readonly do: 'remove reference'; readonly name: string }
  | { readonly do: 'test' }
  | { readonly do: 'stop tests' }
  | { readonly do: 'compact' }
  | { readonly do: 'new' };

/** `effect`: what the engine does beside recording; it does nothing on its own account. */
export type Decision =
  | {
      readonly events: readonly SessionEvent[];
      readonly effect?: 'test' | 'stop tests' | 'compact' | 'new' | 'push';
    }
  | { readonly refused: string };

export function decide(state: SessionState, command: Command): Decision {
  const running = state.turns.running !== undefined;
  switch (command.do) {
    case 'prompt':
      return prompt(state, command);
    case 'steer':
      return running ? wait('prompt.steered', command) : prompt(state, command);
    case 'queue':
      return wait('prompt.queued', command);
    case 'interrupt':
      return running ? { events: [] } : { refused: 'nothing runs' };
    case 'resume':
      if (state.queue.paused === undefined) return { refused: 'the queue is not paused' };
      return { events: [{ type: 'queue.resumed' }] };
    case 'pause':
      if (state.queue.paused !== undefined) return { refused: 'the queue is paused already' };
      return { events: [{ type: 'queue.paused', reason: 'person' }] };
    case 'edit':
    case 'move':
    case 'remove':
    case 'swap':
    case 'when green':
      return changeItem(state, command);
    case 'leave out':
      return leaveOut(state, command);
    case 'tell':
      return { events: [told(command)] };
    case 'remove reference':
      return removeReference(state, command.name);
    case 'push':
      return { events: [], effect: 'push' };
    case 'test':
      return state.tests.running ? { refused: 'the tests are running' } : { events: [], effect: 'test' };
    case 'stop tests':
      return state.tests.running || state.tests.beside
        ? { events: [], effect: 'stop tests' }
        : { refused: 'no tests are running' };
    case 'ship':
      if (toShip(state.claims).length === 0) return { refused: nothingToShip(state) };
      return prompt(state, { do: 'prompt', text: 'commit' });
    case 'compact':
    case 'new':
      return running
        ? { refused: `a turn is running: interrupt it first (Esc), then ${command.do}` }
        : { events: [], effect: command.do };
    default:
      return command satisfies never;
  }
}

function wait(
  type: 'prompt.queued' | 'prompt.steered',
  command: Command & { do: 'queue' | 'steer' },
): Decision {
  const refused = unsayable(command);
  return refused === undefined ? { events: [{ type, ...worded(command) }] } : { refused };
}

/** Characters of one prompt: about 100,000 tokens, less than half of a usual window. */
const LONGEST_PROMPT = 400_000;

function prompt(state: SessionState, command: Command & { do: 'prompt' | 'steer' }): Decision {
  const refused = unsayable(command);
  if (refused !== undefined) return { refused };
  const { queue, turns } = state;
  const goes = turns.running !== undefined || turns.accepted !== undefined || due(state) !== undefined;
  if (goes) return { events: [{ type: 'prompt.queued', ...worded(command) }] };
  // A queue that waits, for the person or for green, lets a prompt pass that may be what it waits for.
  const resumed: SessionEvent[] = queue.paused === undefined ? [] : [{ type: 'queue.resumed' }];
  return { events: [...resumed, { type: 'prompt.accepted', ...worded(command) }] };
}

/** Edited to nothing, it goes. */
function edited(command: Command & { do: 'edit' }, changed: (change: QueueChange) => Decision): Decision {
  const { text, images } = command;
  if (text.trim() === '') return changed({ to: 'removed' });
  const refused = unsayable(command);
  return refused === undefined ? changed({ to: 'text', text, ...(images && { images }) }) : { refused };
}

function unsayable(command: { text: string; images?: readonly string[] }): string | undefined {
  if (command.text.trim() === '' && !command.images?.length) return 'nothing to send: the composer is empty';
  const count = command.images?.length ?? 0;
  if (count > MOST_IMAGES) return `the prompt has ${count} images and may have ${MOST_IMAGES}: take some out`;
  if (command.text.length <= LONGEST_PROMPT) return undefined;
  const size = (command.text.length / 1_000_000).toFixed(1);
  return `the prompt has ${size} million characters and the model takes ${LONGEST_PROMPT / 1_000_000} million: save it as a file and name the file`;
}

function worded(command: { text: string; images?: readonly string[] }): {
  text: string;
  images?: readonly string[];
} {
  return command.images?.length ? { text: command.text, images: command.images } : { text: command.text };
}

function changeItem(
  state: SessionState,
  command: Command & { do: 'edit' | 'move' | 'remove' | 'swap' | 'when green' },
): Decision {
  const { items, steers } = state.queue;
  const queued = items.find((each) => each.id === command.item);
  if (!queued && !steers.some((each) => each.id === command.item))
    return { refused: 'that prompt was delivered already' };
  const changed = (change: QueueChange): Decision => ({
    events: [{ type: 'prompt.changed', item: command.item, change }],
  });
  switch (command.do) {
    case 'edit':
      return edited(command, changed);
    case 'move':
      if (!queued) return { refused: 'steers go to the model together, in the order in which they came' };
      return changed({ to: 'before', item: command.before });
    case 'remove':
      return changed({ to: 'removed' });
    case 'swap':
      if (queued && state.turns.running === undefined)
        return { refused: 'no turn is running: there is nobody to steer' };
      return changed({ to: queued ? 'steer' : 'queue' });
    case 'when green':
      if (!queued) return { refused: 'a steer goes with the next request, whatever the tests say' };
      return changed({ to: 'when green', on: queued.green === undefined });
    default:
      return command satisfies never;
  }
}

function told({ text, said }: Command & { do: 'tell' }): SessionEvent {
  const about = { kind: 'tell', input: { kind: 'notice', text } } as const;
  return { type: 'notice.raised', level: 'info', text: said, about };
}

function leaveOut(state: SessionState, { path, out }: Command & { do: 'leave out' }): Decision {
  const claim = state.claims[path];
  if (claim === undefined) return { refused: "that file is not the session's: it is not shipped anyway" };
  if (state.commits.open !== undefined) return { refused: 'a commit is being made: a moment' };
  if ((claim.out !== undefined) === out)
    return { refused: out ? 'that file is left out already' : 'that file is among what is shipped' };
  const about = { kind: 'left out', path, out } as const;
  return { events: [{ type: 'notice.raised', level: 'info', text: '', about }] };
}

function removeReference({ references = [] }: SessionState, words: string): Decision {
  const found = referenceNamed(references, words);
  if (found !== undefined)
    return { events: [{ type: 'reference.removed', name: found.name, path: found.path }] };
  const names = references.map(({ name }) => name).join(', ');
  return {
    refused: `no reference is called ${words}: ${names === '' ? 'there is none' : `there are ${names}`}`,
  };
}

function nothingToShip({ claims }: SessionState): string {
  const out = leftOut(claims).length;
  return out === 0
    ? 'there is nothing to ship: the session has changed no file since its last commit'
    : `there is nothing to ship: you left out all ${out} of the session's files`;
}

/** Whether the queue's first prompt waits for green tests, and nothing else holds it up but a turn. */
export function waitsForGreen({ queue, tests }: SessionState): boolean {
  const green = queue.items[0]?.green !== undefined && queue.steers.length === 0;
  return green && queue.paused === undefined && tests.last?.verdict !== 'green';
}

/** The prompt that is due now that no turn runs: a steer that was left over, else the queue's first, unless it has to wait. */
export function due(state: SessionState): Waiting | undefined {
  if (
    state.turns.running !== undefined ||
    state.turns.accepted !== undefined ||
    state.queue.paused !== undefined ||
    waitsForGreen(state)
  )
    return undefined;
  return state.queue.steers[0] ?? state.queue.items[0];
}
