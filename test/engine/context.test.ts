// The request's input, as a pure function of the session's state.
import { expect, test } from 'vitest';
import { createRequests, INTERRUPTED, inputOf } from '../../source/engine/context.ts';
import type { Model, Tools } from '../../source/engine/ports.ts';
import { backoffMs } from '../../source/engine/step.ts';
import type { Context, Entry } from '../../source/session/context.ts';
import type { WireItem } from '../../source/session/facts.ts';
import { initialState } from '../../source/session/state.ts';

const reasoning: WireItem = { type: 'reasoning', encrypted_content: 'gAAA', summary: [] };
const words: WireItem = { type: 'message', role: 'assistant', content: [], phase: 'commentary' };
const patch: WireItem = { type: 'custom_tool_call', name: 'apply_patch', call_id: 'c1', input: '' };
const command: WireItem = { type: 'function_call', name: 'exec_command', call_id: 'c2', arguments: '{}' };
const made = { name: 'a-model', host: 'api.example.com' };

function context(more: Partial<Context> = {}): Context {
  const items = [reasoning, words, patch, command];
  return {
    ...initialState.context,
    entries: [
      { kind: 'answer', seq: 5, items, model: made.name, host: made.host },
      { kind: 'output', seq: 7, call: 'c1', output: 'done' },
    ],
    ...more,
  };
}
const outputs = [
  { type: 'custom_tool_call_output', call_id: 'c1', output: 'done' },
  { type: 'function_call_output', call_id: 'c2', output: INTERRUPTED },
];

test('an answer is replayed word for word, and each of its calls has one output of its kind behind it', () => {
  expect(inputOf(context(), made, () => null)).toEqual([reasoning, words, patch, command, ...outputs]);
});

test.for([
  ['another model', { ...made, name: 'b-model' }, {}],
  ['another host', { ...made, host: 'localhost:1' }, {}],
  ['the model that has refused it', made, { reasoningFrom: 6 }],
] as const)('reasoning is not shown to %s, all else is', ([, model, more]) => {
  expect(inputOf(context(more), model, () => null)).toEqual([words, patch, command, ...outputs]);
});

test('a provider’s compaction is not shown to another model either', () => {
  const compaction: WireItem = { type: 'compaction', encrypted_content: 'gBBB' };
  const compacted = { items: [compaction], model: made.name, host: made.host };
  const own = context({ entries: [], compacted });
  expect(inputOf(own, made, () => null)).toEqual([compaction]);
  expect(inputOf(own, { ...made, name: 'b-model' }, () => null)).toEqual([]);
});

test('a request has the items of the one before as the same objects, and is what it would be without it', () => {
  const model = { ...made, custom: true } as unknown as Model;
  const readImage = (blob: string): string => `data:${blob}`;
  const tools = { definitions: () => [] } as unknown as Tools;
  const requestOf = createRequests({ model, tools, cacheKey: 'key', readImage });
  const input = (seq: number, images?: string[]): Entry => ({
    kind: 'input',
    seq,
    input: { kind: 'prompt', text: `prompt ${seq}`, ...(images && { images }) },
  });
  const asked = (seq: number, call: string): Entry => ({
    kind: 'answer',
    seq,
    items: [reasoning, { ...command, call_id: call }],
    model: made.name,
    host: made.host,
  });
  const output = (seq: number, call: string): Entry => ({ kind: 'output', seq, call, output: `of ${seq}` });
  const first = [input(1), asked(2, 'c1'), output(3, 'c1')];
  const second = [...first, input(4), asked(5, 'c1'), output(6, 'c1')];
  const owing = [...second, asked(7, 'c2'), input(8)];
  const late = [...owing, output(9, 'c2')];
  const seen = [...late, input(10, ['blob']), asked(11, 'c3'), output(12, 'c3')];
  const cut = seen.map((entry): Entry => (entry.kind === 'output' ? { ...entry, output: 'cut' } : entry));
  /** How many of each request's items are those of the one before. */
  const shared = [
    [{ entries: first }, 0],
    [{ entries: second }, 4],
    [{ entries: owing }, 8],
    [{ entries: late }, 10],
    [{ entries: seen }, 12],
    [{ entries: seen, imagesFrom: 11 }, 0],
    [{ entries: cut, imagesFrom: 11 }, 0],
    [{ entries: cut, imagesFrom: 11, reasoningFrom: 13 }, 0],
    [{ entries: cut.slice(6), compacted: { items: [], summary: 'so far' } }, 0],
  ] as const;
  let before: readonly WireItem[] = [];
  for (const [more, same] of shared) {
    const of = context(more);
    const { input } = requestOf(of);
    expect(input).toEqual(inputOf(of, model, readImage));
    expect([more, input.findIndex((item, at) => item !== before[at])]).toEqual([more, same]);
    before = input;
  }
});

test('the wait between two tries grows to a minute, is never the same, and heeds the server', () => {
  const failure = { kind: 'again', code: '500', reason: '' } as const;
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const waits = Array.from({ length: 50 }, () => backoffMs(failure, attempt));
    const ceiling = 1_000 * 2 ** attempt;
    expect(waits.filter((ms) => ms < 500 || ms > 500 + ceiling)).toEqual([]);
    expect(new Set(waits).size).toBeGreaterThan(1);
  }
  expect([6, 7, 100].map((attempt) => backoffMs(failure, attempt))).toEqual([60_000, 60_000, 60_000]);
  const told = [0, 20_000, 3_600_000].map((ms) => backoffMs({ ...failure, retryAfterMs: ms }, 3));
  expect(told).toEqual([0, 20_000, 600_000]);
  expect(backoffMs({ ...failure, kind: 'reasoning' }, 0)).toBe(0);
});
