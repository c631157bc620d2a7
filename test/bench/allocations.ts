// Counts what is allocated, in a process of its own that collects nothing meanwhile and compiles nothing: the same each time.
// Prints its counts as JSON; `counts.test.ts` starts it.
import type { SessionEvent } from '../../source/session/events.ts';
import { initialState, reduce, type SessionState } from '../../source/session/state.ts';

/** For `node`. With so much room for what is new, nothing is moved or freed between two looks. */
export const flags = [
  '--expose-gc',
  '--no-opt',
  '--no-sparkplug',
  '--no-maglev',
  '--single-threaded',
  '--min-semi-space-size=64',
  '--max-semi-space-size=64',
];

const usage = { input: 100, cached: 40, output: 10, reasoning: 2 };
const text = 'Part **7** is done:\n\n- it was small\n- its tests pass\n';

/** A turn with one call; `seq` is that of the last event before it. */
function turnAfter(seq: number): SessionEvent[] {
  const [prompt, turn, step, call] = [seq + 1, seq + 2, seq + 3, `call ${seq}`];
  const items = [
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: `${seq} ${text}` }] },
    { type: 'function_call', call_id: call, name: 'exec_command', arguments: '{"cmd":"npm test"}' },
  ];
  return [
    { type: 'prompt.accepted', text: `make part ${seq} work` },
    { type: 'turn.started', prompt },
    { type: 'step.started', turn, inputs: [] },
    { type: 'step.finished', step, items, usage, model: 'm', host: 'h' },
    { type: 'call.started', step, call },
    { type: 'call.finished', call, outcome: 'ok', output: `all ${seq} tests passed`, ms: 5, exit: 0 },
    { type: 'turn.ended', turn, outcome: 'answered' },
  ];
}

const TURNS_A_CONTEXT = 50;

function foldTurns(before: SessionState, turns: number): SessionState {
  let state = before;
  const record = (event: SessionEvent): void => {
    const seq = state.seq + 1;
    state = reduce(state, { v: 1, seq, at: 1_700_000_000_000 + seq, mono: seq, ...event });
  };
  for (let turn = 1; turn <= turns; turn++) {
    for (const event of turnAfter(state.seq)) record(event);
    if (turn % TURNS_A_CONTEXT === 0)
      record({ type: 'context.compacted', by: 'new', keepFrom: state.seq + 2, carry: [], before: 1, ms: 0 });
  }
  return state;
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function count(): Record<string, number> {
  let state = foldTurns(initialState, 500);
  const [seq, before] = [state.seq, heapBytes()];
  state = foldTurns(state, 100);
  const allocated = process.memoryUsage().heapUsed - before;
  const events = state.seq - seq;
  const early = heapBytes();
  state = foldTurns(state, 500);
  const kept = heapBytes() - early;
  // It is to be there until here.
  if (state.seq === 0) throw new Error('nothing was folded');
  return { 'bytes allocated': Math.ceil(allocated / events), 'bytes kept a turn': Math.ceil(kept / 500) };
}

if (import.meta.main) console.log(JSON.stringify(count()));
