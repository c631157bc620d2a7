import { expect, test } from 'vitest';
import type { LogRow } from '../../source/engine/git-ports.ts';
import { printContext } from '../../source/headless/context.ts';
import { printDecisions } from '../../source/headless/decisions.ts';
import { printLog } from '../../source/headless/log.ts';
import { printStatus, type StatusRecord } from '../../source/headless/status.ts';
import { emptyCommits, type ShippedCommit } from '../../source/session/commits.ts';
import { emptyContext } from '../../source/session/context.ts';
import type { Recorded, SessionEvent } from '../../source/session/events.ts';
import { initialState, reduce } from '../../source/session/state.ts';
import { captureWriter, functionCall, message, stamped } from './capture.ts';

const usage = { input: 1200, cached: 0, output: 34, reasoning: 0 };
const story: SessionEvent[] = [
  { type: 'session.opened', format: 1, app: '0.1.0', root: '/r', pid: 1 },
  { type: 'prompt.accepted', text: 'make slug()\nhandle emoji' },
  { type: 'turn.started', prompt: 2 },
  {
    type: 'step.started',
    turn: 3,
    inputs: [
      { kind: 'decisions', text: '- zod over yup: smaller (3f2a1c0)' },
      { kind: 'prompt', text: 'make slug() handle emoji' },
    ],
    begins: { instructions: 'SYSTEM PROMPT\n\nPROJECT RULES' },
  },
  {
    type: 'step.finished',
    step: 4,
    items: [message('I fold emoji.\n\nThen I ship.'), functionCall('c1', 'exec_command', { cmd: 'false' })],
    usage,
    model: 'm',
    host: 'h',
  },
  { type: 'call.finished', call: 'c1', outcome: 'ok', output: 'nothing', ms: 40, exit: 1 },
  { type: 'turn.ended', turn: 3, outcome: 'red', reason: '5 red ships in a row' },
  { type: 'notice.raised', level: 'info', text: '! npm start · stopped · 4.0s' },
  { type: 'notice.raised', level: 'warning', text: 'a torn line was cut' },
];

const commit = (nth: number, ...decisions: string[]): LogRow => ({
  sha: String(nth).padStart(40, 'a'),
  subject: `commit ${nth}`,
  author: 'Ada\u001b[31m',
  at: new Date(2026, 0, 2, 12).getTime(),
  unpushed: false,
  decisions,
});

const branch = { upstream: null, ahead: 0, behind: 0 };
const made: ShippedCommit = {
  ...{ sha: '', seq: 1, at: 0, subject: '', branch: 'main', by: 'command', paths: [], decisions: [] },
  verdict: { kind: 'untested' },
};

test('decisions are printed newest first with day and commit, and as JSON with their parts', async () => {
  const log = [commit(2, 'zod over yup: smaller', 'tabs'), commit(1, 'one \u001b[2Jfile: short\u0007')];
  const repository = {
    log: async (skip: number, count: number) => ({ ...branch, rows: log.slice(skip, skip + count) }),
  };
  const text = captureWriter();
  await printDecisions({ repository, commits: emptyCommits, json: false, stdout: text });
  expect(text.text).toBe(`2026-01-02  aaaaaaa  zod over yup: smaller
2026-01-02  aaaaaaa  tabs
2026-01-02  aaaaaaa  one file: short
`);
  const recorded = {
    count: 1,
    made: [{ ...made, sha: log[1]!.sha, decisions: [{ chose: 'a', over: 'b', why: 'c' }] }],
  };
  const silent = { log: async () => ({ ...branch, rows: [{ ...log[1]!, decisions: [] }] }) };
  const joined = captureWriter();
  await printDecisions({ repository: silent, commits: recorded, json: false, stdout: joined });
  expect(joined.text).toBe('2026-01-02  aaaaaaa  a over b: c\n');
  const none = captureWriter();
  await printDecisions({
    repository: { log: async () => ({ ...branch, rows: [] }) },
    commits: emptyCommits,
    json: false,
    stdout: none,
  });
  expect(none.text).toBe(
    'no commit of this branch says what it decided: a line `Decision: a over b: why` in its message does\n',
  );
  const json = captureWriter();
  await printDecisions({ repository, commits: emptyCommits, json: true, stdout: json });
  expect(json.text).not.toMatch(/[\u001b\u0007]/);
  expect(
    json.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(
    [
      [
        { chose: 'zod', over: 'yup', why: 'smaller' },
        { chose: 'tabs', why: '' },
      ],
      [{ chose: 'one \u001b[2Jfile', why: 'short\u0007' }],
    ].map((decisions, at) => {
      const { sha, subject, author, at: when } = log[at]!;
      return { sha, at: when, author, subject, decisions };
    }),
  );
});

test('decisions are read in pieces, and no further than they are read by somebody', async () => {
  const log = Array.from({ length: 2_000 }, (_, nth) => commit(nth, `${nth}: x`));
  const asked: number[] = [];
  const repository = {
    log: async (skip: number, count: number) => {
      asked.push(skip);
      return { ...branch, rows: log.slice(skip, skip + count) };
    },
  };
  const all = captureWriter();
  await printDecisions({ repository, commits: emptyCommits, json: false, stdout: all });
  expect(all.text.trim().split('\n')).toHaveLength(2_000);
  expect(asked).toEqual([0, 500, 1_000, 1_500, 2_000]);
  asked.length = 0;
  await printDecisions({
    repository,
    commits: emptyCommits,
    json: false,
    stdout: { ...captureWriter(), open: false },
  });
  expect(asked).toEqual([0]);
});

async function* each(events: readonly Recorded[]): AsyncGenerator<Recorded> {
  yield* events;
}

test('the log tells the story in order, with the time of each row', async () => {
  const stdout = captureWriter();
  await printLog({ events: each(stamped(story)), json: false, stdout });
  expect(stdout.text.replaceAll(/^\d{4}-\d\d-\d\d \d\d:\d\d/gm, 'DAY TIME')).toBe(
    `DAY TIME  › make slug() handle emoji
                  I fold emoji.

                  Then I ship.
DAY TIME  ✕ exec_command  false  exit 1  40 ms
DAY TIME  red · 5 red ships in a row
DAY TIME  · ! npm start · stopped · 4.0s
DAY TIME  ! a torn line was cut
`,
  );
});

test('the log as JSON is the events', async () => {
  const stdout = captureWriter();
  const events = stamped(story);
  await printLog({ events: each(events), json: true, stdout });
  expect(
    stdout.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(events);
});

test('the log reads no further when nobody reads it', async () => {
  const stdout = captureWriter();
  let read = 0;
  async function* endless(): AsyncGenerator<Recorded> {
    for (;;) {
      if (++read === 3) stdout.open = false;
      yield* stamped(story.slice(1, 2));
    }
  }
  await printLog({ events: endless(), json: false, stdout });
  expect(read).toBe(3);
});

const session: StatusRecord = {
  name: 'slug',
  root: '/home/me/slug',
  held: true,
  pid: 7,
  activity: 'idle',
  verdict: 'green',
  outcome: 'shipped',
  queue: 0,
  at: 1_000,
};
const { verdict: _, outcome: __, ...fresh } = session;
const sessions: StatusRecord[] = [
  session,
  { ...session, name: 'api #(rm)', activity: 'testing' },
  { ...session, name: 'web', activity: 'thinking', verdict: 'red' },
  { ...session, name: 'old', verdict: 'red', held: false },
  { ...fresh, name: 'new', at: 60_000 },
  { ...session, name: 'next', queue: 2, paused: 'restart' },
  { ...session, name: 'sad', verdict: 'timed out' },
];

test('the status names every session and what it does', () => {
  const stdout = captureWriter();
  printStatus({ sessions, format: 'text', now: 61_000, stdout });
  expect(stdout.text).toBe(
    `slug       green            1m00 ago   /home/me/slug
api #(rm)  testing          1m00 ago   /home/me/slug
web        working          1m00 ago   /home/me/slug
old        closed           1m00 ago   /home/me/slug
new        waiting for you  1.0 s ago  /home/me/slug
next       waiting for you  1m00 ago   /home/me/slug
sad        red              1m00 ago   /home/me/slug
`,
  );
});

test('the status for tmux is one line without anything that tmux obeys', () => {
  const stdout = captureWriter();
  printStatus({ sessions, format: 'tmux', now: 0, stdout });
  expect(stdout.text).toBe(
    'slug green · api (rm) testing · web working · new waiting for you · next waiting for you · sad red\n',
  );
});

test('the status as JSON is a record a line', () => {
  const stdout = captureWriter();
  printStatus({ sessions: [session], format: 'json', now: 0, stdout });
  expect(JSON.parse(stdout.text)).toEqual({ ...session, status: 'green' });
});

test('no sessions are said in words', () => {
  const stdout = captureWriter();
  printStatus({ sessions: [], format: 'text', now: 0, stdout });
  expect(stdout.text).toContain('no sessions');
});

test('the context is told by section, in the order of the request', () => {
  const { context } = stamped(story).reduce(reduce, initialState);
  const stdout = captureWriter();
  const tools = [{ type: 'function', name: 'ship' }];
  const next = { inputs: [{ kind: 'notice' as const, text: 'HEAD moved' }] };
  printContext({ context, next, systemPrompt: 'SYSTEM PROMPT', tools, json: true, stdout });
  const report = JSON.parse(stdout.text) as {
    sections: { name: string; count: number; tokens: number; texts: string[] }[];
    counted: number;
  };
  expect(report.sections.map(({ name, count }) => [name, count])).toEqual([
    ['system prompt', 1],
    ['project instructions', 1],
    ['tools', 1],
    ['decisions', 1],
    ['notices', 1],
    ['prompts', 1],
    ['messages', 1],
    ['calls', 1],
    ['outputs', 1],
  ]);
  expect(report.sections[0]?.tokens).toBe(4);
  expect(report.sections.flatMap(({ texts }) => texts).slice(0, 5)).toEqual([
    'SYSTEM PROMPT',
    'PROJECT RULES',
    '{"type":"function","name":"ship"}',
    '- zod over yup: smaller (3f2a1c0)',
    'HEAD moved',
  ]);
  expect(report.counted).toBe(1234);
});

test('before the first prompt the context is what it would begin with', () => {
  const stdout = captureWriter();
  const next = {
    instructions: 'SYSTEM PROMPT\n\nRULES',
    inputs: [{ kind: 'docs' as const, text: '- docs/a.md: A' }],
  };
  const options = { context: emptyContext, next, systemPrompt: 'SYSTEM PROMPT', tools: [] };
  printContext({ ...options, json: false, stdout });
  expect(stdout.text).toBe(`section                count    ≈ tokens
system prompt              1           4
project instructions       1           2
tools                      0           0
docs                       1           4
in all                                10
The next prompt begins a context: this is what it would begin with now.
`);
});
