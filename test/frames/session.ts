// One session that shows everything at once: long lines, wide characters, emoji, a patch, red tests, a queue.
import type { CommitText, LogRow } from '../../source/engine/git-ports.ts';
import type { WatchedCommand } from '../../source/engine/ports.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine, type FakeEngine } from '../support/engine.ts';
import { answer, opened } from '../support/events.ts';

const MINUTE = 60_000;
const now = 1_760_000_000_000;
/** Stands still, so that no frame differs by a second. */
export const clock = { now: () => now, mono: () => 500_000 };

const long = 'a line that is far longer than any screen is wide '.repeat(6).trim();
const patch = `*** Begin Patch
*** Update File: source/slug.ts
@@
 export function slug(text: string): string {
-  return text.toLowerCase().replaceAll(' ', '-');
+  return fold(text).toLowerCase().replaceAll(/\\s+/g, '-'); // 漢字 and 👩‍👩‍👧‍👦, ${long}
 }
*** End Patch`;

const words = `I fold emoji **before** the separator pass, so that 漢字 かな and \`👍🏽\` stay apart.

| input | slug |
| --- | --- |
| a 👍 b | a-b |
| 漢字 かな | 漢字-かな |

- first ⚠️ careful
- then https://example.com/${'path/'.repeat(30)}

\`\`\`ts
const folded = fold('🇩🇪'); // ${long}
\`\`\``;

const output = `ok 1 - folds\nok 2 - 漢字 ${long}\n${'row of output\n'.repeat(30)}`;

const events: readonly SessionEvent[] = [
  opened,
  { type: 'prompt.accepted', text: `make slug() handle emoji 👩‍👩‍👧‍👦 and 漢字, ${long}` },
  { type: 'turn.started', prompt: 2 },
  { type: 'step.started', turn: 3, inputs: [] },
  answer(4, words, {
    id: 'c1',
    name: 'exec_command',
    argument: JSON.stringify({ cmd: `rg -n 'slug 漢字' ${long}` }),
  }),
  { type: 'call.started', step: 4, call: 'c1' },
  { type: 'call.finished', call: 'c1', outcome: 'ok', output, ms: 1_250, exit: 0 },
  { type: 'step.started', turn: 3, inputs: [] },
  answer(8, '', { id: 'c2', name: 'apply_patch', argument: JSON.stringify({ input: patch }) }),
  { type: 'call.started', step: 8, call: 'c2' },
  {
    ...{ type: 'call.finished', call: 'c2', outcome: 'ok', output: 'Done!', ms: 12 },
    changes: [{ path: 'source/slug.ts', before: 'b', after: 'a', added: 1, removed: 1 }],
  },
  { type: 'run.started', purpose: 'speculative', command: 'npm test', tree: 't' },
  {
    ...{ type: 'run.finished', run: 12, verdict: 'red', exit: 1, ms: 2_100 },
    counts: { passed: 41, failed: 2, skipped: 0 },
    failures: [
      {
        name: 'slug > strips emoji 👍🏽',
        file: 'test/slug.test.ts',
        line: 12,
        detail: 'expected "a-b"\nreceived "a--b"',
      },
      { name: `slug > 漢字 ${long}`, file: 'test/slug.test.ts', line: 40, detail: long },
    ],
    tail: `\x1b[31m✕ strips emoji 👍🏽\x1b[0m\r\n\x1b[32m✓ 漢字 かな\x1b[0m ${long}\r\n2 failed, 41 passed\r\n`,
  },
  {
    ...{ type: 'commit.created', sha: '3f2a1c0d'.padEnd(40, '0'), base: null, branch: 'main', by: 'ship' },
    paths: [{ path: 'source/slug.ts', by: 'patch' }],
    subject: 'slug: fold 👍 and 漢字',
    verdict: { kind: 'green', counts: { passed: 43, failed: 0, skipped: 0 } },
    decisions: [{ chose: 'zod', why: 'it reads well' }],
    turn: 3,
  },
  {
    type: 'step.failed',
    step: 8,
    code: 'overloaded',
    reason: `the model is overloaded, ${long}`,
    text: '',
    retryInMs: 9_000,
  },
  {
    ...{ type: 'turn.ended', turn: 3, outcome: 'red', reason: 'five ships were red' },
    time: { model: 42_000, commands: 1_250, tests: 2_100, git: 90, harness: 20, hidden: 2_100 },
  },
  { type: 'queue.paused', reason: 'red' },
  { type: 'prompt.queued', text: `add a changelog entry, 漢字, ${long}` },
  { type: 'prompt.queued', text: 'and push 🚀' },
];

const log: readonly LogRow[] = [
  {
    sha: '3f2a1c0d'.padEnd(40, '0'),
    subject: 'slug: fold 👍 and 漢字',
    author: 'Ada',
    at: now - MINUTE,
    unpushed: true,
    decisions: [],
  },
  {
    sha: 'a41d9021'.padEnd(40, '0'),
    subject: `cli: --json, ${long}`,
    author: 'Ada 漢字',
    at: now - 90 * MINUTE,
    unpushed: false,
    decisions: [],
  },
  ...Array.from({ length: 30 }, (_, nth) => ({
    sha: nth.toString(16).padStart(8, 'b').padEnd(40, '0'),
    subject: `commit ${nth}`,
    author: 'Ada',
    at: now - nth * 1_440 * MINUTE,
    unpushed: false,
    decisions: [],
  })),
];

const read: CommitText = {
  author: 'Ada',
  message: 'slug: fold 👍 and 漢字\n\nBecause they were two dashes.',
  diff: `diff --git a/source/slug.ts b/source/slug.ts
--- a/source/slug.ts
+++ b/source/slug.ts
@@ -1,3 +1,3 @@
 export function slug(text: string): string {
-  return text.toLowerCase().replaceAll(' ', '-');
+  return fold(text).toLowerCase(); // 漢字 👩‍👩‍👧‍👦 ${long}
 }
`,
  cut: false,
};

const background: readonly WatchedCommand[] = [
  {
    session: 3,
    cmd: `npm run dev -- ${long}`,
    started: now - 12 * MINUTE,
    output: 'listening on 漢字 3000\r\n',
    dropped: 0,
  },
  {
    session: 5,
    cmd: 'make watch',
    started: now - MINUTE,
    ended: now,
    exit: 2,
    output: 'no rule 👍🏽\r\n',
    dropped: 0,
  },
];

export function createSession(): FakeEngine {
  const engine = createFakeEngine({
    events,
    log,
    commits: { [log[0]!.sha]: read },
    dirty: [],
    testCommand: 'npm test',
    startCommand: 'npm start',
    clock,
  });
  engine.watch(background);
  engine.stream({ own: { command: 'npm start', project: true, started: now - 3 * MINUTE } });
  return engine;
}

/** A turn runs, the model writes a patch, and a call prints. */
export function goOn(engine: FakeEngine): void {
  engine.record(
    { type: 'queue.resumed' },
    { type: 'prompt.accepted', text: 'go on 🚀', item: 19 },
    { type: 'turn.started', prompt: 21 },
    { type: 'step.started', turn: 22, inputs: [] },
  );
  engine.stream({
    activity: 'thinking',
    reasoning: 'The fold has to come first …',
    text: `Now the **emoji** 👩‍👩‍👧‍👦 and 漢字: ${long}`,
    calls: [{ name: 'apply_patch', argument: JSON.stringify({ input: patch }).slice(0, 320) }],
    time: { model: 3_000, commands: 0, tests: 0, git: 0, harness: 0, hidden: 0 },
  });
}
