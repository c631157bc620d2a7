import { expect, test } from 'vitest';
import { initialState, type SessionState } from '../../../source/session/state.ts';
import { callFor, callSequence } from '../../../source/ui/terminal/attention.ts';

const turn = { id: 1, prompt: 1, at: 0, mono: 1_000, steps: 1, open: [] };
const running: SessionState = { ...initialState, turns: { running: turn } };

function ended(outcome: 'shipped' | 'red' | 'interrupted', next?: typeof turn): SessionState {
  return { ...initialState, turns: { last: { turn: 1, outcome }, ...(next && { running: next }) } };
}

const call = (after: SessionState, inFront: boolean | undefined, mono = 5_000): string | undefined =>
  callFor(running, after, inFront, mono);

test('whoever looks is not called', () => {
  expect(call(ended('red'), true)).toBeUndefined();
});

test('behind other windows each end calls, but for one that goes on by itself or was asked for', () => {
  expect(call(ended('shipped'), false)).toBe('shipped');
  expect(call(ended('red'), false)).toBe('red');
  expect(call(ended('shipped', turn), false)).toBeUndefined();
  expect(call(ended('interrupted'), false)).toBeUndefined();
  expect(call(running, false)).toBeUndefined();
});

test('a terminal that never says calls when the queue has stopped, and after a long turn', () => {
  expect(call(ended('red'), undefined)).toBe('red');
  expect(call(ended('shipped'), undefined)).toBeUndefined();
  expect(call(ended('shipped'), undefined, 62_000)).toBe('shipped');
});

test('tmux is asked to hand the notification on, and hears the bell itself', () => {
  expect(callSequence('red', false)).toBe('\x07\x1b]9;hullspeed: red\x07');
  expect(callSequence('red', true)).toBe('\x07\x1bPtmux;\x1b\x1b]9;hullspeed: red\x07\x1b\\');
});
