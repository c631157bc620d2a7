import { expect, test } from 'vitest';
import { printPace } from '../../source/headless/pace.ts';
import type { Recorded, SessionEvent } from '../../source/session/events.ts';
import type { TimeSplit } from '../../source/session/facts.ts';
import { isLong, paceReport } from '../../source/session/pace-report.ts';
import { initialState, reduce, type SessionState } from '../../source/session/state.ts';
import { captureWriter } from './capture.ts';

const DAY = 86_400_000;
const start = Date.UTC(2026, 0, 2, 9, 30);
const usage = { input: 20_000, cached: 15_000, output: 1_000, reasoning: 400 };
const none = { model: 0, commands: 0, tests: 0, git: 0, harness: 0, hidden: 0 };

interface Told {
  readonly said: string;
  readonly time?: Partial<TimeSplit>;
  readonly you?: number;
  readonly at: number;
  readonly host?: string;
}

/** The state after turns that took what is told. */
function after(turns: readonly Told[], ...more: readonly SessionEvent[]): SessionState {
  let state = initialState;
  const record = (event: SessionEvent, at: number): number => {
    const stamped = { ...event, v: 1, seq: state.seq + 1, at, mono: 0 } as Recorded;
    state = reduce(state, stamped);
    return stamped.seq;
  };
  for (const { said, time, you, at, host = 'api.openai.com' } of turns) {
    const prompt = record({ type: 'prompt.accepted', text: said }, at);
    const turn = record({ type: 'turn.started', prompt, ...(you !== undefined && { you }) }, at);
    const step = record({ type: 'step.started', turn, inputs: [] }, at);
    record({ type: 'step.finished', step, items: [], usage, model: 'gpt-5.2-codex', host }, at);
    record({ type: 'turn.ended', turn, outcome: 'shipped', time: { ...none, ...time } }, at);
  }
  for (const event of more) record(event, start);
  return state;
}

const answer = { waiting: 4_000, reasoning: 20_000, output: 6_000 };
const day: readonly Told[] = [
  { said: 'yesterday', time: { model: 9_000 }, at: start - DAY },
  {
    said: 'make slug()\n handle emoji \u001b[2J and 漢字',
    time: { model: 30_000, answer, commands: 2_000, tests: 27_000, git: 900, harness: 100, hidden: 8_000 },
    you: 120_000,
    at: start,
  },
  {
    said: 'again',
    time: { model: 3_000, answer: { waiting: 3_000, reasoning: 0, output: 0 } },
    at: start + 60_000,
  },
];
const run: readonly SessionEvent[] = [
  { type: 'run.started', purpose: 'ship', command: 'npm test', tree: 't' },
  {
    ...{ type: 'run.finished', run: 16, verdict: 'green', exit: 0, ms: 44_000, failures: [], tail: '' },
    slow: [
      { name: 'test/slow.test.ts', ms: 41_200 },
      { name: 'test/slug.test.ts', ms: 900 },
    ],
  },
];

function printed({ pace, tests }: SessionState, columns = 80, json = false): string {
  const stdout = captureWriter();
  printPace({ pace, tests, columns, now: start + 120_000, json, stdout });
  return stdout.text;
}

test('the pace is bars of the day and of each turn, under what there is to mend', () => {
  expect(printed(after(day, ...run))).toBe(`\
tests are 38% of the last 3 turns
41 of 44 s in test/slow.test.ts: make that one faster first

today · 2 turns · 1m03 · 2 requests · 42k tokens · cached 75% · $0.05
  model       █████████████████▊                  52%   33.0s
   waiting    ███▊                                11%    7.0s
   reasoning  ██████████▊                         32%   20.0s
   output     ███▎                                10%    6.0s
  commands    █▏                                   3%    2.0s
  tests       ██████████████▋                     43%   27.0s  +8.0s hidden
  git         ▌                                    1%   900ms
  harness     ▏                                   <1%   100ms
  you         2m00 between turns

turns, the newest first   █ model  ▓ commands  ▒ tests  ░ git and harness
  09:31 ✓   3.0s  ████████████████████████  $0.03  again
  09:30 ✓   1m00  ████████████▓▒▒▒▒▒▒▒▒▒▒▒  $0.03  make slug() handle emoji an…
  09:30 ✓   9.0s  ████████████████████████  $0.03  yesterday

days before
  2026-01-01   9.0s  ████████████████████████  1 turn · 21k tokens · cached 75%
`);
});

test('it fits 40 columns, and says so where there is nothing to say', () => {
  const rows = printed(after(day), 40).split('\n');
  expect(rows.filter((row) => row.length > 40)).toEqual([]);
  const narrow = printed(after(day, ...run), 40);
  expect(narrow).toContain('\n41 of 44 s in test/slow.test.ts: make\nthat one faster first\n');
  expect(printed(initialState)).toBe('no turn has ended yet in this session\n');
});

test('as JSON it is one object: turns, days, and the bottleneck', () => {
  const told = JSON.parse(printed(after(day, ...run), 80, true));
  expect(told).toMatchObject({
    turns: [
      { said: 'yesterday', wallMs: 9_000, long: false, you: 0 },
      { said: 'make slug() handle emoji \u001b[2J and 漢字', wallMs: 60_000, you: 120_000, requests: 1 },
      { said: 'again', outcome: 'shipped', usage, model: 'gpt-5.2-codex' },
    ],
    days: [
      { day: '2026-01-01', turns: 1 },
      { day: '2026-01-02', turns: 2, wallMs: 63_000, time: { model: 33_000, answer: { waiting: 7_000 } } },
    ],
    bottleneck: { what: 'tests', turns: 3, mend: expect.stringContaining('41 of 44 s') },
  });
  expect(told.since).toBe(undefined);
  expect(told.turns[0].cost).toBeCloseTo((5_000 * 1.75 + 15_000 * 0.175 + 1_000 * 14) / 1e6);
});

test('what a model of an unknown price costs is not told, but by the config', () => {
  const state = after([{ said: 'go', time: { model: 1 }, at: start, host: 'localhost:11434' }]);
  const costs = (price?: { input: number; cached: number; output: number }) =>
    paceReport({ ...state, price }).days.map(({ cost }) => cost);
  expect(costs()).toEqual([undefined]);
  expect(costs({ input: 1, cached: 0, output: 10 })).toEqual([0.015]);
});

test('a turn runs long beyond a minute and three times what nine of ten turns before it took', () => {
  const turns = (ms: number, count: number) =>
    after(Array.from({ length: count }, () => ({ said: '', time: { model: ms }, at: start }))).pace.turns;
  expect(isLong(90_001, turns(30_000, 10))).toBe(true);
  expect(isLong(90_000, turns(30_000, 10))).toBe(false);
  expect(isLong(900_000, turns(30_000, 9))).toBe(false);
  expect(isLong(60_000, turns(1_000, 10))).toBe(false);
});

test('only the newest turns are told, and since when', () => {
  const turns = Array.from({ length: 201 }, (_, at) => ({
    said: `${at}`,
    time: { model: 1_000 },
    at: start + at,
  }));
  const state = after(turns);
  expect(paceReport(state).since).toBe(start + 1);
  expect(printed(state)).toContain('the newest 200 turns, since 2026-01-02');
  expect(printed(state)).toContain('the model is 100% of the last 20 turns');
});
