import { describe, expect, test } from 'vitest';
import { type Command, decide, due } from '../../source/session/commands.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import type { RunVerdict } from '../../source/session/facts.ts';
import { opened, stateAfter } from '../support/events.ts';

const accepted: SessionEvent = { type: 'prompt.accepted', text: 'do it' };
const running: SessionEvent[] = [opened, accepted, { type: 'turn.started', prompt: 2 }];
const queued: SessionEvent = { type: 'prompt.queued', text: 'later' };
const paused: SessionEvent = { type: 'queue.paused', reason: 'interrupted' };
const asked: SessionEvent = { type: 'step.started', turn: 3, inputs: [] };
const ended: SessionEvent = { type: 'turn.ended', turn: 3, outcome: 'interrupted' };

const whenGreen: SessionEvent = { type: 'prompt.changed', item: 2, change: { to: 'when green', on: true } };

function claims(path: string): SessionEvent {
  const about = { kind: 'claims', claimed: [{ path, by: 'command' }], released: [] } as const;
  return { type: 'notice.raised', level: 'info', text: '', about };
}

function leftOut(path: string, out: boolean): SessionEvent {
  return { type: 'notice.raised', level: 'info', text: '', about: { kind: 'left out', path, out } };
}

function ran(verdict: RunVerdict, run: number): SessionEvent[] {
  return [
    { type: 'run.started', purpose: 'asked', command: 't', tree: 'x' },
    { type: 'run.finished', run, verdict, exit: 0, ms: 1, failures: [], tail: '' },
  ];
}

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
    'a steer keeps its place among the steers',
    [...running, { type: 'prompt.steered', text: 'a' }],
    { do: 'move', item: 4, before: null },
    'steers go to the model together, in the order in which they came',
  ],
  [
    'a queued prompt is made to wait for green',
    [opened, queued],
    { do: 'when green', item: 2 },
    [{ type: 'prompt.changed', item: 2, change: { to: 'when green', on: true } }],
  ],
  [
    'and once more, not to',
    [opened, queued, whenGreen],
    { do: 'when green', item: 2 },
    [{ type: 'prompt.changed', item: 2, change: { to: 'when green', on: false } }],
  ],
  [
    'a steer does not wait for green',
    [...running, { type: 'prompt.steered', text: 'a' }],
    { do: 'when green', item: 4 },
    'a steer goes with the next request, whatever the tests say',
  ],
  [
    'a prompt passes a queue that waits for green: it may be what makes it green',
    [opened, queued, whenGreen],
    { do: 'prompt', text: 'a' },
    [{ type: 'prompt.accepted', text: 'a' }],
  ],
  [
    'a claimed path is taken out of what is shipped',
    [opened, claims('a.ts')],
    { do: 'leave out', path: 'a.ts', out: true },
    [leftOut('a.ts', true)],
  ],
  [
    'and put back',
    [opened, claims('a.ts'), leftOut('a.ts', true)],
    { do: 'leave out', path: 'a.ts', out: false },
    [leftOut('a.ts', false)],
  ],
  [
    'a path that is nobody of ours is not shipped anyway',
    [opened],
    { do: 'leave out', path: 'a.ts', out: true },
    "that file is not the session's: it is not shipped anyway",
  ],
  [
    'what is left out does not ship',
    [opened, claims('a.ts'), leftOut('a.ts', true)],
    { do: 'ship' },
    "there is nothing to ship: you left out all 1 of the session's files",
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
  test('a prompt that waits for green waits for the last run, and holds up what is behind it', () => {
    const behind: SessionEvent = { type: 'prompt.queued', text: 'last' };
    expect(due(stateAfter(opened, queued, whenGreen, behind))).toBeUndefined();
    expect(due(stateAfter(opened, queued, whenGreen, behind, ...ran('red', 5)))).toBeUndefined();
    expect(due(stateAfter(opened, queued, whenGreen, behind, ...ran('green', 5)))?.text).toBe('later');
  });
  test('nothing is due while a turn runs, a prompt is accepted, or the queue is paused', () => {
    expect(due(stateAfter(...running, queued))).toBeUndefined();
    expect(due(stateAfter(opened, queued, accepted))).toBeUndefined();
    expect(due(stateAfter(opened, queued, paused))).toBeUndefined();
  });
});
