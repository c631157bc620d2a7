import { expect, test } from 'vitest';
import type { LiveState, Settings } from '../../../source/engine/face.ts';
import { idleLive } from '../../../source/engine/live.ts';
import { initialState, type SessionState } from '../../../source/session/state.ts';
import { statusRow, terminalTitle } from '../../../source/ui/rows/status-row.ts';
import { dark, expectSound, hostile, plain } from '../text/sound-rows.ts';

const settings: Settings = {
  model: 'gpt-5.2-codex',
  effort: 'high',
  autoShip: false,
  shipWhen: 'known',
  maxRed: 5,
  maxSteps: 500,
  compactAt: 233_000,
  contextWindow: 272_000,
  testTimeoutMs: 600_000,
  testSilenceMs: 300_000,
  speculative: true,
  patienceMs: 60_000,
  attribution: '',
};
const live: LiveState = {
  ...idleLive(),
  activity: 'testing',
  time: { model: 94, commands: 6, tests: 0, git: 0, harness: 0, hidden: 0 },
};
const running: SessionState = {
  ...initialState,
  turns: { running: { id: 1, prompt: 1, at: 0, mono: 8_000, steps: 1, open: [] } },
  context: { ...initialState.context, tokens: 111_520 },
  queue: { items: [{ id: 1, text: 'next' }], steers: [] },
  pace: {
    ...initialState.pace,
    current: {
      usage: { input: 80_000, cached: 49_600, output: 1_200, reasoning: 0 },
      requests: 1,
      you: 0,
      said: '',
    },
  },
};

function row(
  state: SessionState,
  width = 120,
  now: LiveState = live,
  branch: string | null = 'main',
): string {
  const text = statusRow({ state, live: now, settings, branch, mono: 200_000, width, theme: dark });
  expectSound([text], width);
  return plain([text])[0] ?? '';
}

test('the row says everything where there is room', () => {
  expect(row(running)).toBe(
    '● 3m12 testing · gpt-5.2-codex high · context 41% · model 94% · 81k tokens · cached 62% · queue 1 · main',
  );
});

test('narrow rows lose the least important parts first, and what goes on last', () => {
  expect(row(running, 80)).toBe(
    '● 3m12 testing · gpt-5.2-codex high · context 41% · model 94% · queue 1 · main',
  );
  expect(row(running, 50)).toBe('● 3m12 testing · context 41% · queue 1 · main');
  expect(row(running, 20)).toBe('● 3m12 testing');
  expect(row(running, 8)).toBe('● 3m12 …');
});

test('a turn that runs is never called ready', () => {
  expect(row(running, 120, { ...live, activity: 'idle' })).toMatch(/^● 3m12 working · /);
});

test('a request that waits counts down', () => {
  expect(row(running, 120, { ...live, retry: { reason: '503', until: 204_500 } })).toMatch(
    /^● 3m12 waiting for the model, again in 5s · /,
  );
});

test('between turns the row says how the last one ended, and that the queue is paused', () => {
  const rest: SessionState = {
    ...running,
    turns: { last: { turn: 1, outcome: 'red' } },
    queue: { ...running.queue, paused: 'red' },
  };
  expect(row(rest, 120, { ...live, activity: 'idle', time: null }, null)).toBe(
    '✕ red · gpt-5.2-codex high · context 41% · 81k tokens · cached 62% · queue 1 paused · detached',
  );
  expect(row(initialState, 120, { ...live, activity: 'idle' })).toBe(
    '○ ready · gpt-5.2-codex high · context 0% · main',
  );
});

test('the title is short, rests while the clock runs, and is clean', () => {
  expect(terminalTitle({ state: running, live, root: '/home/ann/slugs/' })).toBe(
    '● testing · slugs · queue 1',
  );
  expect(
    terminalTitle({ state: initialState, live: { ...live, activity: 'idle' }, root: '/a\x1b]0;x\x07\nb' }),
  ).toBe('○ ready · a b');
});

test.each(hostile.map((text) => [text.slice(0, 30), text.slice(0, 1_000)]))(
  '%j in a name is drawn soundly',
  (_, text) => {
    for (const width of [1, 10, 80]) {
      row(running, width, live, text);
    }
    expect(terminalTitle({ state: running, live, root: text })).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
  },
);

test('a sign behind the time says that a turn takes far longer than turns do', () => {
  const turns = Array.from({ length: 10 }, (_, at) => ({
    ...{ turn: at, outcome: 'shipped' as const, at: 0, you: 0, requests: 1, said: '' },
    ...{ time: { ...live.time!, model: 30_000 }, usage: running.pace.usage },
  }));
  const state = { ...running, pace: { ...running.pace, turns } };
  expect(row(state)).toContain('● 3m12≫ testing');
  expect(row({ ...state, turns: { running: { ...running.turns.running!, mono: 140_000 } } })).toContain(
    '● 1m00 testing',
  );
  const slow = { ...turns[0]!, turn: 11, time: { ...live.time!, model: 200_000 } };
  const ended = { last: { turn: 11, outcome: 'shipped' as const } };
  expect(
    row({ ...state, turns: ended, pace: { ...state.pace, turns: [...turns, slow] } }, 120, idleLive()),
  ).toContain('✓ shipped≫');
});
