import { describe, expect, test } from 'vitest';
import { type Command, decide, due } from '../../source/session/commands.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import { opened, stateAfter } from '../support/events.ts';

const accepted: SessionEvent = { type: 'prompt.accepted', text: 'do it' };
const running: SessionEvent[] = [opened, accepted, { type: 'turn.started', prompt: 2 }];
const queued: SessionEvent = { type: 'prompt.queued', text: 'later' };
const paused: SessionEvent = { type: 'queue.paused', reason: 'interrupted' };
const asked: SessionEvent = { type: 'step.started', turn: 3, inputs: [] };
const ended: SessionEvent = { type: 'turn.ended', turn: 3, outcome: 'interrupted' };

const cases: [string, SessionEvent[], Command, SessionEvent[] | string][] = [
  [
    'a prompt at rest is accepted',
    [opened],
    { do: 'prompt', text: 'a' },
    [{ type: 'prompt.accepted', text: 'a' }],
  ],
  [
    'a prompt during a turn waits',
    running,
    { do: 'prompt', text: 'a' },
    [{ type: 'prompt.queued', text: 'a' }],
  ],
  [
    'a prompt never overtakes one that was accepted',
    [opened, accepted],
    { do: 'prompt', text: 'a' },
    [{ type: 'prompt.queued', text: 'a' }],
  ],
  [
    'a prompt while the queue is paused runs first and the queue goes on after it',
    [...running, asked, queued, ended, paused],
    { do: 'prompt', text: 'a' },
    [{ type: 'queue.resumed' }, { type: 'prompt.accepted', text: 'a' }],
  ],
  [
    'an empty prompt is refused',
    [opened],
    { do: 'prompt', text: ' \n' },
    'nothing to send: the composer is empty',
  ],
  [
    'a prompt of an image alone is a prompt',
    [opened],
    { do: 'prompt', text: '', images: ['b'] },
    [{ type: 'prompt.accepted', text: '', images: ['b'] }],
  ],
  [
    'a steer during a turn waits for the next step',
    running,
    { do: 'steer', text: 'a' },
    [{ type: 'prompt.steered', text: 'a' }],
  ],
  [
    'a steer at rest is a prompt',
    [opened],
    { do: 'steer', text: 'a' },
    [{ type: 'prompt.accepted', text: 'a' }],
  ],
  [
    'a prompt from elsewhere joins the queue at rest, from which it is due at once',
    [opened],
    { do: 'queue', text: 'a' },
    [{ type: 'prompt.queued', text: 'a' }],
  ],
  [
    'a prompt from elsewhere leaves a paused queue paused',
    [opened, queued, paused],
    { do: 'queue', text: 'a' },
    [{ type: 'prompt.queued', text: 'a' }],
  ],
  [
    'an empty prompt from elsewhere is refused',
    [opened],
    { do: 'queue', text: '' },
    'nothing to send: the composer is empty',
  ],
  ['there is nothing to interrupt at rest', [opened], { do: 'interrupt' }, 'nothing runs'],
  ['a queue that is not paused cannot go on', [opened], { do: 'resume' }, 'the queue is not paused'],
  ['a paused queue goes on', [opened, queued, paused], { do: 'resume' }, [{ type: 'queue.resumed' }]],
  [
    'a queue that is paused cannot be paused',
    [opened, paused],
    { do: 'pause' },
    'the queue is paused already',
  ],
  [
    'a waiting prompt is edited',
    [opened, queued, paused],
    { do: 'edit', item: 2, text: 'b' },
    [{ type: 'prompt.changed', item: 2, change: { to: 'text', text: 'b' } }],
  ],
  [
    'a waiting prompt edited to nothing goes',
    [opened, queued, paused],
    { do: 'edit', item: 2, text: '' },
    [{ type: 'prompt.changed', item: 2, change: { to: 'removed' } }],
  ],
  [
    'a prompt that runs can be changed no more',
    running,
    { do: 'remove', item: 2 },
    'that prompt was delivered already',
  ],
  [
    'a queued prompt becomes a steer',
    [...running, queued],
    { do: 'swap', item: 4 },
    [{ type: 'prompt.changed', item: 4, change: { to: 'steer' } }],
  ],
  [
    'at rest there is nobody to steer',
    [opened, queued, paused],
    { do: 'swap', item: 2 },
    'no turn is running: there is nobody to steer',
  ],
  [
    'nothing to ship is said',
    [opened],
    { do: 'ship' },
    'there is nothing to ship: the session has changed no file since its last commit',
  ],
  [
    'a new context waits for the turn',
    running,
    { do: 'new' },
    'a turn is running: interrupt it first (Esc), then new',
  ],
];

describe('decide', () => {
  test.each(cases)('%s', (_, given, when, outcome) => {
    const decision = decide(stateAfter(...given), when);
    if (typeof outcome === 'string') expect(decision).toEqual({ refused: outcome });
    else expect(decision).toEqual({ events: outcome });
  });
});

describe('due', () => {
  test('the queue runs in its order', () => {
    expect(due(stateAfter(opened, queued, { type: 'prompt.queued', text: 'last' }))?.text).toBe('later');
  });
  test('a steer that was left over goes before the queue', () => {
    const steered: SessionEvent = { type: 'prompt.steered', text: 'first' };
    expect(
      due(stateAfter(...running, asked, queued, steered, { type: 'turn.ended', turn: 3, outcome: 'shipped' }))
        ?.text,
    ).toBe('first');
  });
  test('nothing is due while a turn runs, a prompt is accepted, or the queue is paused', () => {
    expect(due(stateAfter(...running, queued))).toBeUndefined();
    expect(due(stateAfter(opened, queued, accepted))).toBeUndefined();
    expect(due(stateAfter(opened, queued, paused))).toBeUndefined();
  });
});
