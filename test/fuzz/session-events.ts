// Sessions that could be, event by event; and events that come when nobody expects them.
import { due } from '../../source/session/commands.ts';
import type { NoticeAbout, SessionEvent } from '../../source/session/events.ts';
import type {
  Failure,
  FileChange,
  RunVerdict,
  ShipVerdict,
  TimeSplit,
  Usage,
} from '../../source/session/facts.ts';
import type { SessionState } from '../../source/session/state.ts';
import { hostileName, hostileText, terminalOutput } from './hostile-text.ts';
import type { Random } from './random.ts';

type Type = SessionEvent['type'];
type Maker<T extends Type> = (random: Random, state: SessionState) => Extract<SessionEvent, { type: T }>;

/** One of each type, about anything: a new type does not compile without a maker here. */
const makers: { readonly [T in Type]: Maker<T> } = {
  'session.opened': (random) => ({
    type: 'session.opened',
    format: 1,
    app: '0',
    root: `/${hostileName(random)}`,
    pid: 1,
  }),
  'session.closed': (random) => ({
    type: 'session.closed',
    reason: random.pick(['quit', 'signal', 'crash'] as const),
  }),
  'prompt.queued': (random) => ({
    type: 'prompt.queued',
    text: hostileText(random),
    ...(random.chance(0.2) && { front: true }),
    ...(random.chance(0.2) && { images: ['b1', 'b2'] }),
  }),
  'prompt.changed': (random, state) => ({
    type: 'prompt.changed',
    item: anyWaiting(random, state),
    change: random.pick([
      { to: 'text', text: hostileText(random) },
      { to: 'before', item: null },
      { to: 'before', item: anyWaiting(random, state) },
      { to: 'removed' },
      { to: 'steer' },
      { to: 'queue' },
    ] as const),
  }),
  'prompt.accepted': (random) => ({ type: 'prompt.accepted', text: hostileText(random) }),
  'prompt.steered': (random) => ({ type: 'prompt.steered', text: hostileText(random) }),
  'queue.paused': (random) => ({
    type: 'queue.paused',
    reason: random.pick(['interrupted', 'red', 'held', 'failed', 'restart', 'person'] as const),
  }),
  'queue.resumed': () => ({ type: 'queue.resumed' }),
  'turn.started': (random, state) => ({
    type: 'turn.started',
    prompt: state.turns.accepted?.seq ?? random.below(state.seq + 1),
  }),
  'turn.ended': (random, state) => ({
    type: 'turn.ended',
    turn: state.turns.running?.id ?? random.below(state.seq + 1),
    outcome: random.pick(['shipped', 'answered', 'red', 'held', 'interrupted', 'failed'] as const),
    ...(random.chance(0.5) && { reason: hostileText(random, 4) }),
    ...(random.chance(0.7) && { time: timeSplit(random) }),
  }),
  'step.started': (random, state) => ({
    type: 'step.started',
    turn: state.turns.running?.id ?? 0,
    inputs: random.some(3, () => ({
      kind: random.pick(['prompt', 'steer', 'notice', 'run', 'card', 'hint', 'decisions'] as const),
      text: hostileText(random),
    })),
    steers: state.queue.steers.map(({ id }) => id),
  }),
  'step.finished': (random, state) => ({
    type: 'step.finished',
    step: state.turns.running?.step ?? random.below(state.seq + 1),
    items: answerItems(random, state),
    usage: usage(random),
    model: 'm',
    host: 'h',
    ...(random.chance(0.1) && { cut: true as const }),
  }),
  'step.failed': (random, state) => ({
    type: 'step.failed',
    step: state.turns.running?.step ?? 0,
    code: hostileName(random),
    reason: hostileText(random, 4),
    text: hostileText(random),
    ...(random.chance(0.7) && { retryInMs: random.below(60_000) }),
  }),
  'call.started': (random, state) => ({ type: 'call.started', step: 0, call: openCall(random, state) }),
  'call.finished': (random, state) => ({
    type: 'call.finished',
    call: openCall(random, state),
    outcome: random.pick(['ok', 'failed', 'refused', 'interrupted', 'superseded'] as const),
    output: hostileText(random, 40),
    ms: random.below(1_000_000),
    ...(random.chance(0.6) && { exit: random.pick([0, 1, 127, -1]) }),
    ...(random.chance(0.3) && { kept: { lines: 200, ofLines: 4812, bytes: 1000, ofBytes: 100_000_000 } }),
    ...(random.chance(0.4) && { changes: random.some(4, () => fileChange(random)) }),
    ...(random.chance(0.1) && { session: random.below(100) }),
  }),
  'run.started': (random) => ({
    type: 'run.started',
    purpose: random.pick(['start', 'ship', 'asked', 'command', 'speculative', 'scratch'] as const),
    command: random.chance(0.7) ? 'npm test' : hostileName(random),
    tree: random.pick(['t1', 't2', 't3']),
  }),
  'run.finished': (random, state) => runFinished(random, state),
  'commit.started': (random) => ({ type: 'commit.started', ref: 'main', base: null, next: sha(random) }),
  'commit.created': (random, state) => ({
    type: 'commit.created',
    sha: sha(random),
    base: null,
    branch: random.chance(0.8) ? 'main' : hostileName(random),
    by: random.pick(['ship', 'command'] as const),
    paths: random.some(3, () => ({ path: hostileName(random), by: 'patch' as const })),
    subject: hostileName(random),
    verdict: shipVerdict(random),
    decisions: random.some(2, () => ({ chose: hostileName(random), why: hostileText(random, 3) })),
    ...(state.turns.running && { turn: state.turns.running.id }),
    ...(random.chance(0.2) && { dirty: random.below(20) }),
  }),
  'commit.failed': (random) => ({
    type: 'commit.failed',
    reason: hostileText(random, 3),
    paths: random.some(3, () => hostileName(random)),
  }),
  'reference.added': (random) => ({
    type: 'reference.added',
    name: hostileName(random),
    path: `/${random.pick(['a', 'b', hostileName(random)])}`,
    tokens: random.below(1_500),
    ...(random.chance(0.3) && { said: hostileText(random) }),
  }),
  'reference.removed': (random) => ({
    type: 'reference.removed',
    name: hostileName(random),
    path: `/${random.pick(['a', 'b'])}`,
  }),
  'context.compacted': (random, state) => ({
    type: 'context.compacted',
    by: random.pick(['provider', 'summary', 'new', 'cut'] as const),
    keepFrom: random.below(state.seq + 2),
    summary: hostileText(random),
    carry: [],
    before: random.below(300_000),
    ms: random.below(100_000),
  }),
  'notice.raised': (random) => notice(random),
};

/** Any event at any time: the reducer and the screen take journals as they are. */
export function wildEvent(random: Random, state: SessionState): SessionEvent {
  return makers[random.pick(Object.keys(makers) as Type[])](random, state);
}

/** The next event of a session that goes its way, whatever keys have done to it meanwhile. */
export function nextEvent(random: Random, state: SessionState): SessionEvent {
  const make = <T extends Type>(type: T): SessionEvent => makers[type](random, state);
  const { running, accepted } = state.turns;
  if (state.tests.running && random.chance(0.2)) return make('run.finished');
  if (!state.tests.running && random.chance(0.06)) return make('run.started');
  if (running === undefined) return betweenTurns(random, state, make);
  if (accepted?.seq === running.prompt || (running.step === undefined && running.open.length === 0))
    return random.weigh([
      [4, () => make('step.started')],
      [running.steps > 0 ? 2 : 0, () => make('turn.ended')],
      [running.steps > 0 ? 1 : 0, () => make('commit.created')],
      [0.5, () => make('context.compacted')],
      [0.3, () => make('commit.started')],
      [0.3, () => make('reference.added')],
      [0.1, () => make('reference.removed')],
      [0.3, () => make('commit.failed')],
    ]);
  if (running.step !== undefined)
    return random.weigh([
      [6, () => make('step.finished')],
      [1, () => make('step.failed')],
      [0.5, () => make('prompt.steered')],
      [0.5, () => make('prompt.queued')],
    ]);
  return make(random.chance(0.4) ? 'call.started' : 'call.finished');
}

function betweenTurns(random: Random, state: SessionState, make: (type: Type) => SessionEvent): SessionEvent {
  if (state.turns.accepted) return make('turn.started');
  const next = due(state);
  if (next !== undefined) return { type: 'prompt.accepted', text: next.text, item: next.id };
  return random.weigh([
    [6, () => make('prompt.accepted')],
    [2, () => make('notice.raised')],
    [1, () => make('prompt.queued')],
    [1, () => make('prompt.changed')],
    [0.5, () => make('queue.paused')],
    [0.5, () => make('queue.resumed')],
    [0.5, () => make('session.opened')],
    [0.3, () => make('commit.created')],
  ]);
}

function runFinished(random: Random, state: SessionState): Extract<SessionEvent, { type: 'run.finished' }> {
  const verdicts: readonly RunVerdict[] = [
    'green',
    'green',
    'red',
    'red',
    'timed out',
    'broken',
    'none',
    'stopped',
  ];
  const verdict = random.pick(verdicts);
  return {
    type: 'run.finished',
    run: state.tests.running?.id ?? 0,
    verdict,
    exit: random.pick([0, 1, null]),
    ms: random.below(1_000_000),
    ...(random.chance(0.8) && {
      counts: { passed: random.below(10_000), failed: random.below(9), skipped: 0 },
    }),
    failures: verdict === 'red' ? random.some(8, () => failure(random)) : [],
    tail: terminalOutput(random),
    ...(random.chance(0.3) && { reason: hostileText(random, 3) }),
    ...(random.chance(0.2) && { wrote: random.some(3, () => hostileName(random)) }),
  };
}

function failure(random: Random): Failure {
  return {
    name: hostileName(random),
    ...(random.chance(0.7) && { file: hostileName(random), line: random.below(100_000) }),
    ...(random.chance(0.7) && { detail: hostileText(random) }),
  };
}

function notice(random: Random): Extract<SessionEvent, { type: 'notice.raised' }> {
  const level = random.pick(['info', 'warning', 'error'] as const);
  const text = random.chance(0.7) ? hostileText(random, 4) : '';
  const about = random.pick<NoticeAbout | undefined>([
    undefined,
    {
      kind: 'claims',
      claimed: random.some(4, () => ({ path: hostileName(random), by: 'command' })),
      released: [],
    },
    { kind: 'known', failures: random.some(3, () => hostileName(random)) },
    { kind: 'pushed', to: hostileName(random), commits: random.below(5) },
    { kind: 'scratch off' },
  ]);
  return { type: 'notice.raised', level, text, ...(about && { about }) };
}

function shipVerdict(random: Random): ShipVerdict {
  return random.pick([
    { kind: 'green', counts: { passed: random.below(5000), failed: 0, skipped: 2 } },
    { kind: 'green', flaky: true, wrote: [hostileName(random)] },
    { kind: 'known', failures: 3 },
    { kind: 'unverified', failures: 12 },
    { kind: 'red' },
    { kind: 'untested' },
    { kind: 'not needed' },
    { kind: 'testing' },
  ] as const);
}

function answerItems(
  random: Random,
  state: SessionState,
): Extract<SessionEvent, { type: 'step.finished' }>['items'] {
  const words = { type: 'message', content: [{ type: 'output_text', text: hostileText(random, 60) }] };
  const thoughts = { type: 'reasoning', summary: [{ type: 'summary_text', text: hostileText(random, 20) }] };
  const search = {
    type: 'web_search_call',
    action: { query: hostileText(random, 3), sources: [{ url: 'x' }] },
  };
  const calls = random
    .some(3, () => state.seq * 10 + random.below(9))
    .map((id, nth) => toolCall(random, `c${id}-${nth}`));
  return [
    ...(random.chance(0.4) ? [thoughts] : []),
    ...(random.chance(0.6) ? [words] : []),
    ...(random.chance(0.1) ? [search] : []),
    ...(random.chance(0.02) ? [{ type: hostileName(random), what: null }] : []),
    ...calls,
  ];
}

function toolCall(random: Random, id: string): { type: string; [key: string]: unknown } {
  const { name, argument } = anyCall(random);
  if (name === 'apply_patch' && random.chance(0.3))
    return { type: 'custom_tool_call', call_id: id, name, input: patchText(random) };
  return { type: 'function_call', call_id: id, name, arguments: argument };
}

/** A call's name and its whole argument as the model writes it, mostly JSON. */
export function anyCall(random: Random): { readonly name: string; readonly argument: string } {
  return random.weigh([
    [4, () => ({ name: 'exec_command', argument: JSON.stringify({ cmd: hostileText(random, 6) }) })],
    [4, () => ({ name: 'apply_patch', argument: JSON.stringify({ input: patchText(random) }) })],
    [
      2,
      () => ({
        name: 'ship',
        argument: JSON.stringify({ subject: hostileName(random), say: hostileText(random, 30) }),
      }),
    ],
    [
      1,
      () => ({
        name: 'write_stdin',
        argument: JSON.stringify({ session_id: 3, chars: hostileText(random, 3) }),
      }),
    ],
    [1, () => ({ name: 'view_image', argument: JSON.stringify({ path: hostileName(random) }) })],
    [1, () => ({ name: hostileName(random), argument: hostileText(random) })],
  ]);
}

function patchText(random: Random): string {
  const line = (): string => `${random.pick(['+', '-', ' ', ''])}${hostileText(random, 4)}`;
  const file = (): string =>
    `*** ${random.pick(['Add', 'Update', 'Delete'])} File: ${hostileName(random)}\n${random.chance(0.5) ? '@@\n' : ''}${random.some(20, line).join('\n')}\n`;
  return `*** Begin Patch\n${random.some(3, file).join('')}${random.chance(0.9) ? '*** End Patch\n' : ''}`;
}

function fileChange(random: Random): FileChange {
  return {
    path: hostileName(random),
    before: random.chance(0.5) ? null : 'b',
    after: random.chance(0.8) ? 'a' : null,
    added: random.below(10_000),
    removed: random.below(10_000),
  };
}

function timeSplit(random: Random): TimeSplit {
  const ms = (): number => random.below(10 ** random.between(1, 7));
  return { model: ms(), commands: ms(), tests: ms(), git: ms(), harness: ms(), hidden: ms() };
}

function usage(random: Random): Usage {
  return {
    input: random.below(300_000),
    cached: random.below(1000),
    output: random.below(9000),
    reasoning: 0,
  };
}

function openCall(random: Random, state: SessionState): string {
  const open = state.turns.running?.open ?? [];
  return open.length > 0 ? random.pick(open).id : 'nobody';
}

function anyWaiting(random: Random, { queue }: SessionState): number {
  const ids = [...queue.items, ...queue.steers].map(({ id }) => id);
  return ids.length > 0 ? random.pick(ids) : 0;
}

export function sha(random: Random): string {
  return Array.from({ length: 40 }, () => random.below(16).toString(16)).join('');
}
