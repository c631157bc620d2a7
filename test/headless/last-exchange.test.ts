// What stays on the normal screen when the full screen has left it.
import { expect, test } from 'vitest';
import { lastExchange } from '../../source/headless/last-exchange.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import { answer, opened, stateAfter } from '../support/events.ts';

function left(...events: readonly SessionEvent[]): string {
  const { conversation, turns } = stateAfter(opened, ...events);
  return lastExchange(conversation, turns.running !== undefined);
}

const begun: readonly SessionEvent[] = [
  { type: 'prompt.accepted', text: 'fix it\nsoon' },
  { type: 'turn.started', prompt: 2 },
  { type: 'step.started', turn: 3, inputs: [] },
];
const commit = {
  type: 'commit.created',
  sha: '3f2a1c0d',
  subject: 'slug: fold emoji',
  paths: [],
  decisions: [],
  verdict: { kind: 'green' },
} as unknown as SessionEvent;

test('nothing was said, nothing is left', () => {
  expect(left()).toBe('');
});

test('a ship leaves its closing words and its commit', () => {
  const ship = { id: 'c', name: 'ship', argument: '{"subject":"slug","say":"I fold it."}' };
  const ended: SessionEvent = { type: 'turn.ended', turn: 3, outcome: 'shipped' };
  expect(left(...begun, answer(4, 'First I look.', ship), commit, ended)).toBe(
    '› fix it\n  soon\n\nI fold it.\n\n✓ 3f2a1c0 slug: fold emoji\n',
  );
});

test('only the last exchange is left, and how it ended where that says more', () => {
  const ended: SessionEvent = { type: 'turn.ended', turn: 3, outcome: 'failed', reason: 'no key\x1b[2J' };
  expect(left(...begun, answer(4, 'old'), ...begun, ended)).toBe('› fix it\n  soon\n\n■ failed: no key\n');
});

test('a turn that runs is cut off by leaving', () => {
  expect(left(...begun, answer(4, 'half'))).toBe(
    '› fix it\n  soon\n\nhalf\n\n■ interrupted by leaving; open hullspeed again to go on\n',
  );
});

test('what is left is clean and bounded', () => {
  const long = Array.from({ length: 500 }, () => `\x1b]52;c;x\x07${'w'.repeat(5_000)}`).join('\n');
  const text = left(...begun, answer(4, long));
  expect(text.length).toBeLessThan(20_000);
  expect(text).not.toMatch(/\x1b|\x07/);
  expect(text).toContain('… 460 more lines');
});
