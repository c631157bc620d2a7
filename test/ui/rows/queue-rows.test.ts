// The rows of what waits: at a glance, and while keys are about them.
import { describe, expect, test } from 'vitest';
import type { Queue } from '../../../source/session/queue.ts';
import { type QueueLook, queueRows } from '../../../source/ui/rows/queue-rows.ts';
import { dark, expectSound, hostile, plain } from '../text/sound-rows.ts';

const items = ['add a\nchangelog', 'two', 'three', 'four', 'five'].map((text, id) => ({ id, text }));
const steers = [{ id: 9, text: 'no, the other' }];

function rows(queue: Partial<Queue>, look: Omit<QueueLook, 'key'>): string[] {
  return plain(queueRows({ items: [], steers: [], ...queue }, 60, { key: 'Enter', ...look }, dark));
}

describe('at a glance', () => {
  test('steers and waiting prompts stand in their order, and what holds them up last', () => {
    expect(rows({ items, steers, paused: 'red' }, { most: 9 })).toEqual([
      'steer ▸ no, the other',
      'queue 1 ▸ add a changelog',
      'queue 2 ▸ two',
      'queue 3 ▸ three',
      '… 2 more',
      '‖ paused: the tests are red · Enter goes on',
    ]);
  });

  test('nothing that waits takes no rows', () => {
    expect(rows({ paused: 'restart' }, { most: 9 })).toEqual([]);
  });

  test('in little room it counts what it does not show, and says whether it goes on', () => {
    expect(rows({ items, steers, paused: 'person' }, { most: 3 })).toEqual([
      'steer ▸ no, the other',
      '… 5 more',
      '‖ paused: by you · Enter goes on',
    ]);
    expect(rows({ items }, { most: 1 })).toEqual(['queue 1 ▸ add a changelog']);
    expect(rows({ items, paused: 'person' }, { most: 1 })).toEqual(['‖ paused: by you · Enter goes on']);
    expect(rows({ items }, { most: 0 })).toEqual([]);
  });

  test('a prompt that waits for green says so, and the last row says what the tests said', () => {
    const waiting = { items: [{ id: 1, text: 'release', green: true as const }] };
    expect(rows(waiting, { most: 3, waits: 'the last run was red' })).toEqual([
      'queue 1 ▸ release                                 when green',
      '‖ waits for green tests: the last run was red',
    ]);
  });
});

test('the prompt that is edited stays in sight', () => {
  expect(rows({ items }, { most: 3, editing: 4 })).toEqual([
    'queue 4 ▸ four',
    'queue 5 ▸ five                               in the composer',
    '… 3 more',
  ]);
});

describe('with the keys', () => {
  test('the selected item is among those that are shown, and its place among all', () => {
    expect(rows({ items, steers }, { most: 4, selected: 3 })).toEqual([
      '▸QUEUE  5 of 6',
      'queue 3 ▸ three',
      'queue 4 ▸ four',
      'queue 5 ▸ five',
    ]);
  });

  test('each says when it goes', () => {
    expect(rows({ items: items.slice(0, 2) }, { most: 4, selected: 0, editing: 1 })).toEqual([
      '▸QUEUE  1 of 2',
      'queue 1 ▸ add a changelog                               next',
      'queue 2 ▸ two                                in the composer',
    ]);
    expect(rows({ items, steers, paused: 'interrupted' }, { most: 4, selected: 9 })).toEqual([
      '▸QUEUE  1 of 6',
      'steer ▸ no, the other                  with the next request',
      'queue 1 ▸ add a changelog',
      '‖ paused: after the interrupt · Enter goes on',
    ]);
  });
});

test.each(hostile.map((text) => [text.slice(0, 30), text.slice(0, 1_000)]))(
  '%j is drawn soundly',
  (_, text) => {
    const queue = { items: [{ id: 1, text, green: true as const }], steers: [{ id: 2, text }] };
    for (const width of [1, 10, 80]) {
      expectSound(queueRows(queue, width, { key: '', most: 9 }, dark), width);
      expectSound(queueRows(queue, width, { key: '', most: 9, selected: 1 }, dark), width);
    }
  },
);
