import { expect, test } from 'vitest';
import type { LogRow } from '../../../source/engine/git-ports.ts';
import type { ShippedCommit } from '../../../source/session/commits.ts';
import type { ShipVerdict } from '../../../source/session/facts.ts';
import { commitRow, decisionRows } from '../../../source/ui/rows/commit-rows.ts';
import { dark, expectSound, hostile, plain } from '../text/sound-rows.ts';

const row: LogRow = {
  sha: '3f2a1c0deadbeef',
  subject: 'slug: fold emoji',
  author: 'Ann',
  at: 0,
  unpushed: false,
  decisions: [],
};
const shipped: ShippedCommit = {
  sha: row.sha,
  seq: 1,
  at: 0,
  subject: row.subject,
  branch: 'main',
  by: 'ship',
  verdict: { kind: 'green' },
  paths: [],
  decisions: [],
  time: { model: 39_000, commands: 2_000, tests: 900, git: 100, harness: 0, hidden: 0 },
};
const now = 120_000;

function drawn(commit: LogRow, session: ShippedCommit | undefined, columns = 80): string {
  const text = commitRow(commit, session, now, columns, dark);
  expectSound([text], columns);
  return plain([text])[0] ?? '';
}

/** The subject, and what stands at the right edge. */
function spread(subject: string, known: string): string {
  return subject.padEnd(80 - known.length) + known;
}

test("a commit of this session shows its verdict, time and the model's share", () => {
  expect(drawn(row, shipped)).toBe(spread('✓ 3f2a1c0 slug: fold emoji', '42s  model 93%  2m'));
});

test('decisions, other origins and unpushed commits are marked', () => {
  const decisions = [
    { chose: 'zod', why: 'smaller' },
    { chose: 'x', why: 'y' },
  ];
  expect(
    drawn(
      { ...row, unpushed: true, decisions: [] },
      { ...shipped, decisions, by: 'command', time: undefined },
    ),
  ).toBe(spread('✓↑3f2a1c0 slug: fold emoji', 'by command  ◆ zod and 1  2m'));
  expect(drawn(row, { ...shipped, dirty: 2, moved: true, branch: 'topic', time: undefined })).toBe(
    spread('✓ 3f2a1c0 slug: fold emoji', 'with 2 files of yours  on topic  2m'),
  );
});

test('a commit of somebody else shows who and when', () => {
  expect(drawn(row, undefined)).toBe(spread('  3f2a1c0 slug: fold emoji', 'Ann  2m'));
});

test.each<[ShipVerdict, string, string]>([
  [{ kind: 'green', flaky: true }, '✓ 3f2a1c0 slug: fold emoji', 'flaky'],
  [{ kind: 'known', failures: 3 }, '✓ 3f2a1c0 slug: fold emoji', '3 known'],
  [{ kind: 'unverified', failures: 1 }, '? 3f2a1c0 slug: fold emoji', '1 failure unverified'],
  [{ kind: 'red' }, '✕ 3f2a1c0 slug: fold emoji', 'red'],
  [{ kind: 'untested' }, '○ 3f2a1c0 slug: fold emoji', 'untested'],
  [{ kind: 'not needed' }, '· 3f2a1c0 slug: fold emoji', 'no tests needed'],
  [{ kind: 'testing' }, '◌ 3f2a1c0 slug: fold emoji', 'testing'],
])('the verdict %j has a glyph and a word', (verdict, subject, word) => {
  expect(drawn(row, { ...shipped, verdict, time: undefined })).toBe(spread(subject, `${word}  2m`));
});

test('a narrow row keeps the subject readable and drops what matters least', () => {
  const long = { ...row, subject: 'slug: fold emoji before the separator pass' };
  expect(drawn(long, { ...shipped, verdict: { kind: 'known', failures: 3 } }, 46)).toBe(
    '✓ 3f2a1c0 slug: fold emoji befo…  3 known  42s',
  );
  expect(drawn(long, shipped, 20)).toBe('✓ 3f2a1c0 slug…  42s');
});

test('under a commit stand its decisions, as many as are worth the room', () => {
  const decisions = [
    { chose: 'zod', over: 'yup', why: 'smaller' },
    { chose: 'one file', why: 'short' },
  ];
  expect(plain(decisionRows(row, { ...shipped, decisions }, 40, dark))).toEqual([
    '          ◆ zod over yup: smaller',
    '          ◆ one file: short',
  ]);
  const five = Array.from({ length: 5 }, () => ({ chose: 'a', why: 'b' }));
  expect(plain(decisionRows(row, { ...shipped, decisions: five }, 40, dark)).at(-1)).toBe(
    '          … 2 more',
  );
  expect(decisionRows(row, undefined, 40, dark)).toEqual([]);
});

test("a commit of somebody else has its message's decisions, which win over what the session knows", () => {
  const decided = { ...row, decisions: ['sqlite over postgres: one file', 'tabs'] };
  expect(drawn(decided, undefined)).toBe(spread('  3f2a1c0 slug: fold emoji', 'Ann  ◆ sqlite and 1  2m'));
  const known = { ...shipped, decisions: [{ chose: 'zod', why: 'smaller' }] };
  for (const each of [undefined, known])
    expect(plain(decisionRows(decided, each, 60, dark))).toEqual([
      '          ◆ sqlite over postgres: one file',
      '          ◆ tabs',
    ]);
});

test.each(hostile.map((text) => [text.slice(0, 30), text.slice(0, 1_000)]))(
  '%j in a commit is drawn soundly',
  (_, text) => {
    const commit = { sha: text, subject: text, author: text, at: 0, unpushed: true, decisions: [] };
    for (const columns of [1, 5, 20, 80]) {
      drawn(
        commit,
        { ...shipped, decisions: [{ chose: text, why: text }], moved: true, branch: text },
        columns,
      );
      drawn(commit, undefined, columns);
      const decisions = [{ chose: text, over: text, why: text }];
      expectSound(decisionRows({ ...row, decisions: [text] }, undefined, columns, dark), columns);
      expectSound(decisionRows(row, { ...shipped, decisions }, columns, dark), columns);
    }
  },
);
