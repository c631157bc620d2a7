// All there is to read of an item, at any width.
import { expect, test } from 'vitest';
import type { CallItem, Item } from '../../../source/session/conversation.ts';
import { rowPlace } from '../../../source/ui/panes/reading.ts';
import { searchText } from '../../../source/ui/parts/search-text.ts';
import { codeBlocks, messageOf } from '../../../source/ui/rows/item-text.ts';
import { layOutItem, pagerTitle } from '../../../source/ui/rows/pager-rows.ts';
import { dark, expectSound, hostile, plain } from '../text/sound-rows.ts';

function call(change: Partial<CallItem>): CallItem {
  return {
    kind: 'call',
    seq: 1,
    call: 'c',
    name: 'exec_command',
    argument: '{"cmd":"npm test"}',
    status: 'ok',
    output: '',
    ...change,
  };
}

test('a command stands over its whole output', () => {
  const item = call({ argument: '{"cmd":"a\\nb"}', output: 'short' });
  expect(plain(layOutItem({ item, output: 'one\n\ntwo\n' }, 40, dark))).toEqual([
    ...['$ a', '  b', '', 'one', '', 'two'],
  ]);
});

test('a command that runs says when its output can be read', () => {
  expect(plain(layOutItem({ item: call({ status: 'running' }) }, 60, dark))).toEqual([
    ...['$ npm test', '', 'its output can be read when it has ended'],
  ]);
});

test('a patch is all there, with what came of it', () => {
  const item = call({ name: 'apply_patch', argument: '*** Begin Patch\n*** Add File: a\n+x\n*** End Patch' });
  expect(plain(layOutItem({ item, output: 'done' }, 40, dark))).toEqual(['a new  +1 −0', '+ x', '', 'done']);
});

test('an answer has all of its reasoning', () => {
  const item: Item = { kind: 'answer', seq: 1, text: '# Done', reasoning: '**Looking**\n\nlong' };
  expect(plain(layOutItem({ item }, 40, dark))).toEqual(['∙ Looking', '', '  long', '', 'Done']);
});

test('the title says which rows are on the screen', () => {
  expect(rowPlace(0, 40, 12)).toBe('12 rows');
  expect(rowPlace(1_000, 40, 1_020)).toBe('1,001-1,020 of 1,020');
  const item = call({ exit: 1, ms: 2_100, kept: { lines: 200, ofLines: 4_812, bytes: 1, ofBytes: 2 } });
  expect(plain([pagerTitle(item, '1-40 of 212', 80, dark)])).toEqual(
    ['▸exec  npm test                 exit 1  kept 200 of 4,812 lines  2.1s  1-40 of 212'].map((row) =>
      row.replace(/ {2,}(?=exit)/, ' '.repeat(80 - row.replace(/ {2,}(?=exit)/, '').length)),
    ),
  );
});

test.each(hostile.map((text) => [text.slice(0, 30), text.slice(0, 2_000)]))(
  '%j is read soundly at any width',
  (_, text) => {
    for (const width of [20, 21, 33, 80]) {
      const items: Item[] = [
        call({ argument: JSON.stringify({ cmd: text }) }),
        call({ name: 'apply_patch', argument: `*** Add File: ${text}\n+${text}` }),
        call({ name: 'ship', argument: JSON.stringify({ subject: text, say: text }) }),
        call({ name: text, argument: text }),
        { kind: 'prompt', seq: 1, at: 0, text, images: 0, steer: false },
        { kind: 'answer', seq: 1, text, reasoning: text },
        { kind: 'notice', seq: 1, level: 'info', text },
      ];
      for (const item of items) {
        expectSound(layOutItem({ item, output: text }, width, dark), width);
        expectSound([pagerTitle(item, '1-40 of 212', width, dark)], width);
      }
    }
  },
);

test('a search keeps its end and its place in sight at any width', () => {
  for (let width = 8; width < 60; width += 1) {
    const { text, cursor } = searchText(
      { query: 'a long query with 漢字 in it', place: '3/17' },
      width,
      dark,
    );
    expectSound([text], width);
    expect(cursor).toBeLessThanOrEqual(width);
    if (width > 12) expect(plain([text])[0]).toMatch(/it {2}3\/17$/);
  }
});

test('code blocks are found with and without their end, in lists too, as they were written', () => {
  expect(codeBlocks('```ts\na\n\tb\n```\n- x\n  ```\n  c\n  ```\n~~~\nd')).toEqual([
    { text: 'a\n\tb', line: 1 },
    { text: 'c', line: 6 },
    { text: 'd', line: 9 },
  ]);
});

test('what is copied of a call is its output, of a ship its words, of a patch the patch', () => {
  expect(messageOf(call({ output: 'short' }), 'whole')).toBe('whole');
  expect(messageOf(call({}))).toBe('npm test');
  expect(messageOf(call({ name: 'ship', argument: '{"say":"done"}', output: 'x' }))).toBe('done');
  expect(messageOf(call({ name: 'apply_patch', argument: '*** Begin Patch', output: 'Success' }))).toBe(
    '*** Begin Patch',
  );
});
