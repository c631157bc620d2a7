import { expect, test } from 'vitest';
import type { LiveState } from '../../../source/engine/face.ts';
import { idleLive } from '../../../source/engine/live.ts';
import type { CallItem, Item } from '../../../source/session/conversation.ts';
import { createConversationRows } from '../../../source/ui/rows/conversation-rows.ts';
import { dark, expectSound, hostile, mono, plain } from '../text/sound-rows.ts';

const patch = '*** Begin Patch\n*** Update File: source/slug.ts\n@@\n-a b\n+a c\n*** End Patch';
const time = { model: 39_000, commands: 2_000, tests: 900, git: 100, harness: 20, hidden: 10 };
const usage = { input: 3_000, cached: 1_200, output: 100, reasoning: 0 };

function call(change: Partial<CallItem>): CallItem {
  const argument = '{"cmd":"rg -n slug source"}';
  return {
    kind: 'call',
    seq: 1,
    call: 'c',
    name: 'exec_command',
    argument,
    status: 'ok',
    output: '',
    ...change,
  };
}

/** A subject, and what stands at the right edge. */
function spread(subject: string, results: string, columns = 60): string {
  return subject.padEnd(columns - results.length) + results;
}

function drawn(item: Item, columns = 60, open = false, now = 10_000): string[] {
  const rows = createConversationRows(dark).item(item, columns, { open, now });
  expectSound(rows, columns);
  return plain(rows);
}

const ship = call({
  name: 'ship',
  argument: JSON.stringify({
    subject: 'slug: fold emoji',
    say: 'I fold **emoji**.',
    decisions: [{ chose: 'zod', over: 'yup', why: 'smaller' }, { chose: 7 }, null],
  }),
});

test.each<[string, Item, string[]]>([
  [
    'a prompt',
    { kind: 'prompt', seq: 1, at: 0, text: 'fix it\nsoon\n', images: 0, steer: false },
    ['', '› fix it', '  soon'],
  ],
  [
    'images',
    { kind: 'prompt', seq: 1, at: 0, text: 'like this', images: 2, steer: false },
    ['', '› like this [2 images]'],
  ],
  [
    'a steer',
    { kind: 'prompt', seq: 1, at: 0, text: 'no, the other', images: 0, steer: true },
    ['', '↳ steer no, the other'],
  ],
  ['an answer', { kind: 'answer', seq: 1, text: '# Done\n- a', reasoning: '' }, ['', 'Done', '• a', '']],
  [
    'reasoning, folded',
    { kind: 'answer', seq: 1, text: 'ok', reasoning: '**Looking**\n\nlong' },
    ['∙ Looking', '', 'ok', ''],
  ],
  ['a command', call({ ms: 104, exit: 0 }), [spread('● exec  rg -n slug source', '0.1s')]],
  ['a command of many lines', call({ argument: '{"cmd":"a\\nb\\nc"}' }), ['● exec  a … 2 more lines']],
  ['a command that waits', call({ status: 'waiting' }), ['○ exec  rg -n slug source']],
  ['a command that runs', call({ status: 'running' }), ['◌ exec  rg -n slug source']],
  ['an exit code', call({ exit: 1, ms: 2_100 }), [spread('● exec  rg -n slug source', 'exit 1  2.1s')]],
  [
    'a command that failed',
    call({ status: 'failed', exit: 2, ms: 50 }),
    [spread('✕ exec  rg -n slug source', 'exit 2  0.1s')],
  ],
  [
    'a refused call',
    call({ status: 'refused', output: 'outside: ../x\nmore' }),
    [spread('✕ exec  rg -n slug source', 'refused'), '  outside: ../x'],
  ],
  [
    'an interrupted call',
    call({ status: 'interrupted', ms: 900 }),
    [spread('■ exec  rg -n slug source', 'interrupted  0.9s')],
  ],
  [
    'a background command',
    call({ session: 3, ms: 9_000 }),
    [spread('● exec  rg -n slug source', 'goes on as 3  9.0s')],
  ],
  [
    'what the model was shown of an output',
    call({ kept: { lines: 200, ofLines: 4_812, bytes: 1, ofBytes: 2 } }),
    [spread('● exec  rg -n slug source', 'kept 200 of 4,812 lines')],
  ],
  [
    'input to a command',
    call({ name: 'write_stdin', argument: '{"session_id":3,"chars":"y\\n"}' }),
    ['● input  to 3  "y"'],
  ],
  ['an unknown tool', call({ name: 'constructor', argument: '{"a":\n1}' }), ['● constructor  {"a": 1}']],
  [
    'a patch',
    call({
      name: 'apply_patch',
      argument: patch,
      changes: [{ path: 'source/slug.ts', before: null, after: null, added: 9, removed: 2 }],
    }),
    [spread('● patch  source/slug.ts', '+9 −2')],
  ],
  [
    'a patch of many files',
    call({
      name: 'apply_patch',
      argument: JSON.stringify({ input: '*** Add File: a\n*** Add File: b\n*** Add File: c' }),
    }),
    ['● patch  a and 2 more files'],
  ],
  [
    'a patch that failed',
    call({ name: 'apply_patch', argument: patch, status: 'failed', output: 'no such lines' }),
    [spread('✕ patch  source/slug.ts', 'failed'), '  no such lines'],
  ],
  [
    'a ship with its words',
    ship,
    ['● ship  slug: fold emoji', '◆ zod over yup: smaller', '', 'I fold emoji.', ''],
  ],
  [
    'a red ship',
    {
      ...ship,
      argument: '{"subject":"s"}',
      status: 'failed',
      output: '1 failed: emoji\n\nexpected a\nto be b',
    },
    [spread('✕ ship  s', 'failed'), '  1 failed: emoji'],
  ],
  [
    'a red ship with names',
    {
      ...ship,
      argument: '{"subject":"s"}',
      status: 'failed',
      output:
        'Red, not committed: `npm test` ended with exit 1 (40 passed, 2 failed).\n\nNew failures: strips emoji; keeps a. These failed before you came: old.\n\nmore',
    },
    [spread('✕ ship  s', 'failed'), '  2 of 42 failed · strips emoji'],
  ],
  [
    'a red ship that was red before',
    {
      ...ship,
      argument: '{"subject":"s"}',
      status: 'failed',
      output:
        'Red, not committed: `npm test` ended with exit 1 (40 passed, 1 failed).\n\nThese 1 failed before you came: strips emoji. If they are your task, go on',
    },
    [spread('✕ ship  s', 'failed'), '  1 of 41 failed, as before · strips emoji'],
  ],
  [
    'a search',
    {
      kind: 'search',
      seq: 1,
      query: 'node url',
      sources: ['https://nodejs.org/a', 'https://nodejs.org/b', 'javascript:x'],
    },
    [spread('● search  node url', 'nodejs.org')],
  ],
  ['a notice', { kind: 'notice', seq: 1, level: 'warning', text: '2 files changed' }, ['! 2 files changed']],
  [
    'a retry',
    { kind: 'retry', seq: 1, at: 9_000, reason: 'It said 503.', inMs: 9_000, text: '' },
    ['⟳ It said 503 · again in 8s'],
  ],
  [
    'a retry that is over',
    { kind: 'retry', seq: 1, at: 0, reason: '503', inMs: 900, text: '' },
    ['⟳ 503 · asked again'],
  ],
  [
    'a commit',
    { kind: 'commit', seq: 1, sha: '3f2a1c0deadbeef', subject: 'slug: fold emoji' },
    ['✓ 3f2a1c0 slug: fold emoji'],
  ],
  [
    'a compaction',
    { kind: 'compaction', seq: 1, by: 'provider', before: 233_000 },
    ['⇣ the context was compacted · 233k tokens before'],
  ],
  [
    'a reference',
    { kind: 'reference', seq: 1, name: '../a', tokens: 1_204, said: 'linked is a link to it' },
    ['+ reference ../a · 1,204 tokens · linked is a link to it'],
  ],
  ['a removed reference', { kind: 'reference', seq: 1, name: '../a' }, ['− reference ../a']],
  ['a fresh context', { kind: 'compaction', seq: 1, by: 'new', before: 0 }, ['⇣ a fresh context']],
  [
    'the end of a turn',
    { kind: 'end', seq: 1, outcome: 'shipped', time },
    ['✓ shipped · 42s · model 93% · commands 5% · tests 2%'],
  ],
  [
    'the tokens of a turn, and how many of them the cache served',
    { kind: 'end', seq: 1, outcome: 'shipped', time, usage },
    ['✓ shipped · 42s · model 93% · 3.1k tokens · cached 40%'],
  ],
  [
    'an end with its reason',
    { kind: 'end', seq: 1, outcome: 'held', reason: 'a.ts overlaps' },
    ['‖ held', '  a.ts overlaps'],
  ],
])('%s', (_, item, rows) => {
  expect(drawn(item)).toEqual(rows);
});

test('an open patch is drawn under its line, as much of it as is asked for', () => {
  const item = call({ name: 'apply_patch', argument: patch });
  expect(drawn(item, 40, true)).toEqual(['● patch  source/slug.ts', '  - a b', '  + a c']);
  const rows = createConversationRows(dark).item(item, 40, { open: true, now: 0, maxPatchRows: 2 });
  expect(plain(rows)).toEqual(['● patch  source/slug.ts', '  … 2 more rows']);
});

test('a dependency that a patch adds is marked while it streams, and when it is folded', () => {
  const argument = '*** Begin Patch\n*** Update File: package.json\n@@\n+    "zod": "^4.6.0",\n';
  const live = { ...idleLive(), calls: [{ name: 'apply_patch', argument }] };
  expect(plain(createConversationRows(dark).live(live, 40, 10))).toEqual([
    spread('◌ patch  package.json', '+1 −0', 40),
    '◆ +zod ^4.6.0',
    '  +     "zod": "^4.6.0",',
  ]);
  expect(drawn(call({ name: 'apply_patch', argument, status: 'running' }), 40)).toEqual([
    '◌ patch  package.json',
    '◆ +zod ^4.6.0',
  ]);
});

test('what an applied patch or a command changed of dependencies is marked, bounded', () => {
  const manifest = 'package.json';
  const dependencies = [
    { name: 'zod', manifest, to: '^4.6.0' },
    { name: 'react', manifest, from: '^18.3.0', to: '^19.1.0' },
    { name: 'yup\u001b[2J', manifest, from: '1' },
  ];
  const rows = ['◆ +zod ^4.6.0', '◆ react ^18.3.0 → ^19.1.0', '◆ −yup'];
  const argument = '*** Begin Patch\n*** Update File: package.json\n@@\n+    "x": "^4.6.0",\n';
  expect(drawn(call({ name: 'apply_patch', argument, dependencies }), 40)).toEqual([
    '● patch  package.json',
    ...rows,
  ]);
  const notice = { kind: 'notice', seq: 1, level: 'info', text: 'dependencies: …' } as const;
  expect(drawn({ ...notice, dependencies }, 40)).toEqual(rows);
  const many = Array.from({ length: 9 }, (_, nth) => ({ name: `p${nth}`, manifest, to: '1' }));
  expect(drawn({ ...notice, dependencies: many }, 40).slice(4)).toEqual(['◆ +p4 1', '  … 4 more']);
});

test('an open command shows what the model was shown of its output, bounded', () => {
  const output = Array.from({ length: 100 }, (_, at) => `line ${at}`).join('\n');
  const rows = drawn(call({ output }), 40, true);
  expect(rows).toHaveLength(21);
  expect([rows[1], rows.at(-1)]).toEqual(['  line 0', '  … 81 more rows']);
});

test('states can be told apart without colours', () => {
  const rows = createConversationRows(mono);
  const states = (['waiting', 'running', 'ok', 'failed', 'interrupted', 'superseded'] as const).map(
    (status) => rows.item(call({ status }), 60, { open: false, now: 0 })[0],
  );
  expect(new Set(states).size).toBe(states.length);
});

test('an item is laid out once for a width, and again for another or when its countdown moves', () => {
  const rows = createConversationRows(dark);
  const answer: Item = { kind: 'answer', seq: 1, text: 'a b', reasoning: '' };
  const retry: Item = { kind: 'retry', seq: 1, at: 0, reason: '503', inMs: 5_000, text: '' };
  const of = (item: Item, width: number, now: number) => rows.item(item, width, { open: false, now });
  expect(of(answer, 20, 0)).toBe(of(answer, 20, 9_000));
  expect(of(answer, 2, 0)).not.toEqual(of(answer, 20, 0));
  expect(of(retry, 40, 100)).toBe(of(retry, 40, 200));
  expect(plain(of(retry, 40, 2_500))).toEqual(['⟳ 503 · again in 3s']);
});

test('a prompt of ten megabytes shows its beginning and says how much more there is', () => {
  const text = 'word '.repeat(2_000_000);
  const rows = drawn({ kind: 'prompt', seq: 1, at: 0, text, images: 0, steer: false }, 80);
  expect(rows.length).toBeLessThan(300);
  expect(rows.at(-1)).toMatch(/… 9,980,000 more characters$/);
});

test('the selected item is marked on its first row', () => {
  const prompt: Item = { kind: 'prompt', seq: 1, at: 0, text: 'fix', images: 0, steer: false };
  const rows = createConversationRows(dark).item(prompt, 20, { open: false, now: 0, selected: true });
  expect(rows[0]).toBe('');
  expect(rows[1]).toMatch(/^\x1b\[7m/);
});

const nothingLive: LiveState = { ...idleLive(), activity: 'thinking' };

test('nothing live draws nothing', () => {
  expect(createConversationRows(dark).live(nothingLive, 40, 10)).toEqual([]);
});

test('an answer, a search, a patch and a ship stream in', () => {
  const live: LiveState = {
    ...nothingLive,
    reasoning: '**Looking**\n\nfolded once there is text',
    text: 'Hello **there**',
    search: 'node url',
    calls: [
      { name: 'apply_patch', argument: JSON.stringify({ input: patch }).slice(0, -19) },
      { name: 'exec_command', argument: '{"cmd":"npm te' },
      { name: 'ship', argument: '{"subject":"slug","say":"Try *it' },
    ],
  };
  expect(plain(createConversationRows(dark).live(live, 40, 10))).toEqual([
    ...['∙ Looking', '', 'Hello there', '', '◌ search  node url'],
    ...[spread('◌ patch  source/slug.ts', '+1 −1', 40), '  - a b', '  + a'],
    ...['◌ exec  npm te', '◌ ship  slug', '', 'Try *it', ''],
  ]);
});

test('of running output the newest rows are drawn', () => {
  const output = 'one\ntwo\nthree\n\x1b[2Jfour\n';
  expect(plain(createConversationRows(dark).output(output, 40))).toEqual([
    '  │ two',
    '  │ three',
    '  │ four',
  ]);
});

test('a patch that streams takes no more rows than it is given, and shows its newest lines', () => {
  const argument = `*** Begin Patch\n*** Add File: a\n${Array.from({ length: 50 }, (_, at) => `+${at}`).join('\n')}\n`;
  const live = { ...nothingLive, calls: [{ name: 'apply_patch', argument }] };
  expect(plain(createConversationRows(dark).live(live, 40, 4))).toEqual([
    spread('◌ patch  a', '+50 −0', 40),
    '  … 48 lines above',
    '  + 48',
    '  + 49',
  ]);
});

test('reasoning that streams shows its newest rows', () => {
  const live = { ...nothingLive, reasoning: `**First**\n\n${'and then more of it '.repeat(20)}end` };
  const rows = plain(createConversationRows(dark).live(live, 40, 10));
  expect(rows).toHaveLength(4);
  expect(rows.at(-1)).toMatch(/end$/);
});

test.each(hostile.map((text) => [text.slice(0, 30), text.slice(0, 2_000)]))(
  '%j in any place of any item is drawn soundly',
  (_, text) => {
    const rows = createConversationRows(dark);
    const items: Item[] = [
      { kind: 'prompt', seq: 1, at: 0, text, images: 1, steer: true },
      { kind: 'answer', seq: 1, text, reasoning: text },
      call({ name: text, argument: text, output: text }),
      call({ argument: JSON.stringify({ cmd: text }), output: text, status: 'failed' }),
      call({ name: 'apply_patch', argument: `*** Add File: ${text}\n+${text}` }),
      call({
        name: 'ship',
        argument: JSON.stringify({
          subject: text,
          say: text,
          decisions: [{ chose: text, over: text, why: text }],
        }),
        output: text,
        status: 'failed',
      }),
      { kind: 'search', seq: 1, query: text, sources: [text, `https://${text}`] },
      { kind: 'notice', seq: 1, level: 'error', text },
      { kind: 'retry', seq: 1, at: 0, reason: text, inMs: 1, text },
      { kind: 'commit', seq: 1, sha: text, subject: text },
      { kind: 'compaction', seq: 1, by: text, before: 1 },
      { kind: 'end', seq: 1, outcome: 'failed', reason: text, time },
    ];
    for (const columns of [1, 3, 20, 80]) {
      for (const item of items)
        for (const open of [true, false]) expectSound(rows.item(item, columns, { open, now: 0 }), columns);
      const calls = [
        { name: text, argument: text },
        { name: 'apply_patch', argument: `*** Add File: a\n+${text}` },
        { name: 'ship', argument: JSON.stringify({ say: text }) },
      ];
      expectSound(
        rows.live({ ...nothingLive, text, reasoning: text, search: text, calls }, columns, 5),
        columns,
      );
      expectSound(rows.output(text, columns), columns);
      expectSound(rows.live({ ...nothingLive, reasoning: text }, columns, 5), columns);
    }
  },
);

test('an answer stands as it streamed, and is not laid out again', () => {
  let styled = 0;
  const sgr = (_token: string, text: string): string => {
    styled += 1;
    return text;
  };
  const rows = createConversationRows({ ...dark, sgr });
  const text = '- **first**\n- `second`\n\n'.repeat(50);
  const streamed = rows.live({ ...nothingLive, text }, 40, 10);
  rows.live(nothingLive, 40, 10);
  const before = styled;
  const answer: Item = { kind: 'answer', seq: 1, text, reasoning: '' };
  expect(rows.item(answer, 40, { open: false, now: 0 })).toEqual(streamed);
  expect(styled - before).toBeLessThan(before / 10);
});
