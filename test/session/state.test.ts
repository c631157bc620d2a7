import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../../source/session/events.ts';
import { initialState, reduce } from '../../source/session/state.ts';
import { greenFor, resultFor } from '../../source/session/tests.ts';
import { answer, goOn, opened, stamped, stateAfter, usage } from '../support/events.ts';

const turn: SessionEvent[] = [
  opened,
  { type: 'prompt.accepted', text: 'do it' },
  { type: 'turn.started', prompt: 2 },
];
const step: SessionEvent = {
  type: 'step.started',
  turn: 3,
  inputs: [{ kind: 'prompt', text: 'do it' }],
  begins: { instructions: 'I' },
};
const call = { id: 'c1', name: 'exec_command', argument: '{"cmd":"cat source/a.ts"}' };

describe('a turn', () => {
  test('knows its open calls until each has its output', () => {
    const asked = stateAfter(...turn, step, answer(4, 'hm', call, { ...call, id: 'c2' }));
    expect(asked.turns.running?.open.map((each) => each.id)).toEqual(['c1', 'c2']);
    expect(asked.turns.running?.step).toBeUndefined();
    const answered = goOn(asked, { type: 'call.finished', call: 'c1', outcome: 'ok', output: '', ms: 1 });
    expect(answered.turns.running?.open.map((each) => each.id)).toEqual(['c2']);
  });

  test('keeps its step open while a failed request is sent again', () => {
    const again = stateAfter(...turn, step, {
      type: 'step.failed',
      step: 4,
      code: '500',
      reason: 'r',
      text: 'par',
      retryInMs: 5,
    });
    expect(again.turns.running?.step).toBe(4);
    const given = goOn(again, { type: 'step.failed', step: 4, code: '401', reason: 'r', text: '' });
    expect(given.turns.running?.step).toBeUndefined();
  });

  test('is gone when it has ended, and its outcome stays', () => {
    const state = stateAfter(...turn, step, { type: 'turn.ended', turn: 3, outcome: 'red', reason: 'why' });
    expect(state.turns).toEqual({ last: { turn: 3, outcome: 'red', reason: 'why' } });
  });

  test('keeps its prompt as accepted until a step brings it to the model', () => {
    const state = stateAfter(...turn);
    expect(state.turns.accepted).toMatchObject({ seq: 2 });
    expect(goOn(state, step).turns.accepted).toBeUndefined();
    expect(goOn(state, { type: 'turn.ended', turn: 3, outcome: 'interrupted' }).turns.accepted?.seq).toBe(2);
  });
});

describe('the context', () => {
  test('holds inputs, answers and outputs in order, and the instructions it began with', () => {
    const state = stateAfter(...turn, step, answer(4, 'hm', call), {
      type: 'call.finished',
      call: 'c1',
      outcome: 'ok',
      output: 'text',
      ms: 1,
    });
    expect(state.context.instructions).toBe('I');
    expect(state.context.entries.map((entry) => entry.kind)).toEqual(['input', 'answer', 'output']);
    expect(state.context.tokens).toBe(usage.input + usage.output);
    expect(state.context.ledger.named).toEqual(['source/a.ts']);
  });

  test('a compaction keeps what is newer, puts the rest back as it says, and asks for fresh instructions', () => {
    const before = stateAfter(...turn, step, answer(4, 'hm'), {
      type: 'turn.ended',
      turn: 3,
      outcome: 'answered',
    });
    const state = goOn(before, {
      type: 'context.compacted',
      by: 'summary',
      keepFrom: 5,
      summary: 'S',
      carry: [{ kind: 'notice', text: 'n' }],
      before: 110,
      ms: 1,
    });
    expect(state.context).toMatchObject({ compacted: { items: [], summary: 'S' }, tokens: 0, fresh: false });
    expect(state.context.instructions).toBeUndefined();
    expect(state.context.entries.map((entry) => entry.seq)).toEqual([7, 5]);
  });

  test('what a provider refused stays left out over a compaction', () => {
    const failed = (code: string): SessionEvent => ({
      type: 'step.failed',
      step: 4,
      code,
      reason: 'refused',
      text: '',
      retryInMs: 0,
    });
    const state = stateAfter(...turn, step, failed('reasoning'), failed('images'), answer(4, 'hm'), {
      type: 'context.compacted',
      by: 'summary',
      keepFrom: 4,
      summary: 'S',
      carry: [],
      before: 110,
      ms: 1,
    });
    expect(state.context).toMatchObject({ reasoningFrom: 5, imagesFrom: 6 });
  });

  test('a new context forgets everything but the journal', () => {
    const state = stateAfter(...turn, step, answer(4, 'hm'), {
      type: 'context.compacted',
      by: 'new',
      keepFrom: 6,
      carry: [],
      before: 1,
      ms: 0,
    });
    expect(state.context).toEqual(initialState.context);
    expect(state.conversation.items.length).toBeGreaterThan(0);
  });

  test('outputs that are cut stand in their place', () => {
    const full = stateAfter(...turn, step, answer(4, '', call), {
      type: 'call.finished',
      call: 'c1',
      outcome: 'ok',
      output: 'long',
      ms: 1,
    });
    const state = goOn(full, {
      type: 'context.compacted',
      by: 'cut',
      keepFrom: 0,
      carry: [],
      cut: [{ call: 'c1', output: 'l…' }],
      before: 1,
      ms: 0,
    });
    expect(state.context.entries.at(-1)).toMatchObject({ kind: 'output', output: 'l…' });
    expect(state.context.instructions).toBe('I');
  });
});

describe('runs', () => {
  const run = (
    tree: string,
    verdict: 'green' | 'red',
    failures: string[] = [],
    cacheable = true,
  ): SessionEvent[] => [
    { type: 'run.started', purpose: 'ship', command: 'npm test', tree },
    {
      type: 'run.finished',
      run: 0,
      verdict,
      exit: verdict === 'green' ? 0 : 1,
      ms: 5,
      failures: failures.map((name) => ({ name })),
      tail: '',
      cacheable,
    },
  ];
  const ranAfter = (...runs: SessionEvent[][]): ReturnType<typeof stateAfter> =>
    runs
      .flat()
      .reduce(
        (state, event) => goOn(state, event.type === 'run.finished' ? { ...event, run: state.seq } : event),
        initialState,
      );

  test('a green result answers for its tree alone, and only if it may', () => {
    const { tests } = ranAfter(run('t1', 'green'), run('t2', 'green', [], false));
    expect(greenFor(tests, 't1')?.verdict).toBe('green');
    expect(greenFor(tests, 't2')).toBeUndefined();
    expect(resultFor(tests, 't2')?.verdict).toBe('green');
    expect(resultFor(tests, 't3')).toBeUndefined();
  });

  test('from red to green on the same tree is flaky', () => {
    expect(ranAfter(run('t1', 'red', ['a']), run('t1', 'green')).tests.last?.flaky).toBe(true);
    expect(ranAfter(run('t1', 'red', ['a']), run('t2', 'green')).tests.last?.flaky).toBeUndefined();
  });

  test('known failures are kept until they have been green', () => {
    const known = goOn(ranAfter(run('t1', 'red', ['a', 'b'])), {
      type: 'notice.raised',
      level: 'info',
      text: '',
      about: { kind: 'known', failures: ['a', 'b'] },
    });
    expect(known.tests.known).toEqual(['a', 'b']);
    const fewer = run('t2', 'red', ['b']).reduce(
      (state, event) => goOn(state, event.type === 'run.finished' ? { ...event, run: state.seq } : event),
      known,
    );
    expect(fewer.tests.known).toEqual(['b']);
  });

  test('a stopped run leaves the last verdict as it was', () => {
    const state = goOn(ranAfter(run('t1', 'green')), {
      type: 'run.started',
      purpose: 'asked',
      command: 'npm test',
      tree: 't2',
    });
    const stopped = goOn(state, {
      type: 'run.finished',
      run: state.seq,
      verdict: 'stopped',
      exit: null,
      ms: 1,
      failures: [],
      tail: '',
    });
    expect(stopped.tests.running).toBeUndefined();
    expect(stopped.tests.last?.tree).toBe('t1');
  });
});

describe('claims', () => {
  const patch = (path: string, before: string | null, after: string | null): SessionEvent => ({
    type: 'call.finished',
    call: 'c',
    outcome: 'ok',
    output: '',
    ms: 1,
    changes: [{ path, before, after, added: 1, removed: 0 }],
  });

  test('two patches of a file are one claim from the first content to the last', () => {
    expect(stateAfter(patch('a', 'b0', 'b1'), patch('a', 'b1', 'b2')).claims).toEqual({
      a: { path: 'a', by: 'patch', before: 'b0', after: 'b2' },
    });
  });

  test('a patch on what a command wrote is a claim from HEAD on', () => {
    const commanded: SessionEvent = {
      type: 'notice.raised',
      level: 'info',
      text: '',
      about: { kind: 'claims', claimed: [{ path: 'a', by: 'command' }], released: [] },
    };
    expect(stateAfter(commanded, patch('a', 'b0', 'b1')).claims).toEqual({
      a: { path: 'a', by: 'patch', after: 'b1' },
    });
  });

  test('a commit takes the claims of its paths', () => {
    const state = stateAfter(patch('a', null, 'b1'), patch('b', null, 'b1'), {
      type: 'commit.created',
      sha: 's',
      base: null,
      branch: 'main',
      subject: 'x',
      by: 'ship',
      paths: [{ path: 'a', by: 'patch' }],
      verdict: { kind: 'untested' },
    });
    expect(Object.keys(state.claims)).toEqual(['b']);
  });
});

describe('the queue', () => {
  test('is edited, moved, turned into steers and back', () => {
    const three = stateAfter(
      opened,
      ...['a', 'b', 'c'].map((text): SessionEvent => ({ type: 'prompt.queued', text })),
    );
    const texts = (...events: SessionEvent[]): string[] =>
      goOn(three, ...events).queue.items.map((item) => item.text);
    expect(texts({ type: 'prompt.changed', item: 4, change: { to: 'before', item: 2 } })).toEqual([
      'c',
      'a',
      'b',
    ]);
    expect(texts({ type: 'prompt.changed', item: 2, change: { to: 'before', item: null } })).toEqual([
      'b',
      'c',
      'a',
    ]);
    expect(texts({ type: 'prompt.changed', item: 3, change: { to: 'text', text: 'B' } })).toEqual([
      'a',
      'B',
      'c',
    ]);
    expect(texts({ type: 'prompt.changed', item: 3, change: { to: 'removed' } })).toEqual(['a', 'c']);
    expect(
      texts(
        { type: 'prompt.changed', item: 3, change: { to: 'steer' } },
        { type: 'prompt.changed', item: 3, change: { to: 'queue' } },
      ),
    ).toEqual(['b', 'a', 'c']);
  });

  test('an item that waits for green keeps that wherever it is moved, until it becomes a steer', () => {
    const two = stateAfter(
      opened,
      ...['a', 'b'].map((text): SessionEvent => ({ type: 'prompt.queued', text })),
      { type: 'prompt.changed', item: 3, change: { to: 'when green', on: true } },
      { type: 'prompt.changed', item: 3, change: { to: 'before', item: 2 } },
      { type: 'prompt.changed', item: 3, change: { to: 'text', text: 'B' } },
    );
    expect(two.queue.items).toEqual([
      { id: 3, text: 'B', green: true },
      { id: 2, text: 'a' },
    ]);
    const steered = goOn(two, { type: 'prompt.changed', item: 3, change: { to: 'steer' } });
    expect(steered.queue).toEqual({ items: [{ id: 2, text: 'a' }], steers: [{ id: 3, text: 'B' }] });
  });
});

describe('the conversation', () => {
  const end: SessionEvent = { type: 'turn.ended', turn: 3, outcome: 'answered' };

  test('the end of a turn has the tokens of its steps, and of no other turn', () => {
    const first = stateAfter(...turn, step, answer(4, 'hm', call), step, answer(4, 'ok'), end);
    const both = { input: 2 * usage.input, cached: 2 * usage.cached, output: 2 * usage.output };
    expect(first.conversation.items.at(-1)).toMatchObject({ kind: 'end', usage: both });
    const second = goOn(first, { type: 'turn.started', prompt: 2 }, step, answer(4, 'ok'), end);
    expect(second.conversation.items.at(-1)).toMatchObject({ kind: 'end', usage });
  });

  test('where the start of the turn is unknown its tokens are too', () => {
    const state = stateAfter(answer(4, 'hm'), end);
    expect(state.conversation.items.at(-1)).not.toHaveProperty('usage');
  });

  test('a request that is sent again says why; after the last one the words stay and the end has the reason', () => {
    const failed = { type: 'step.failed', step: 4, code: 'c', reason: 'r', text: 'par' } as const;
    const items = (...events: SessionEvent[]) =>
      stateAfter(...turn, step, ...events).conversation.items.slice(1);
    expect(items({ ...failed, retryInMs: 5 })).toMatchObject([{ kind: 'retry', reason: 'r', inMs: 5 }]);
    expect(items(failed)).toMatchObject([{ kind: 'answer', text: 'par' }]);
    expect(items({ ...failed, text: '' })).toEqual([]);
  });
});

describe('the state', () => {
  test('stays bounded over a long session', () => {
    let state = initialState;
    for (const event of stamped(
      Array.from(
        { length: 3_000 },
        (): SessionEvent => ({ type: 'notice.raised', level: 'info', text: 'n' }),
      ),
    ))
      state = reduce(state, event);
    expect(state.conversation.items.length).toBeLessThanOrEqual(500);
    expect(state.conversation.from).toBe(state.conversation.items[0]?.seq);
  });

  test('is plain JSON', () => {
    const state = stateAfter(...turn, step, answer(4, 'hm', call));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  test('an unknown event changes nothing but the seq', () => {
    const state = stateAfter(opened);
    const unknown = { v: 1, seq: 2, at: 5, mono: 5, type: 'moon.landed' } as never;
    expect(reduce(state, unknown)).toEqual({ ...state, seq: 2, at: 5 });
  });
});
