// A window over a log of any length, and what the journal knows of the session's older commits.
import { describe, expect, test } from 'vitest';
import type { LogRow, Repository } from '../../../source/engine/git-ports.ts';
import type { Claims } from '../../../source/session/claims.ts';
import type { Recorded, SessionEvent } from '../../../source/session/events.ts';
import { createCommitLog } from '../../../source/ui/panes/commit-log.ts';
import { createShippedPast } from '../../../source/ui/panes/shipped-past.ts';
import { opened, stamped, stateAfter } from '../../support/events.ts';

function rowOf(nth: number): LogRow {
  return { sha: `sha${nth}`, subject: `commit ${nth}`, author: 'Ada', at: 0, unpushed: false, decisions: [] };
}

/** Newest first; `commits` is changed as git would. */
function fakeRepository(commits: LogRow[]): Repository {
  const among = (which?: readonly string[]): LogRow[] =>
    commits.filter(({ decisions }) => which === undefined || decisions.length > 0);
  const reads: Partial<Repository> = {
    head: async () => ({ sha: commits[0]?.sha ?? null, branch: 'main' }),
    status: async () => ({ head: await reads.head!(), dirty: [], index: '' }),
    count: async (which) => among(which).length,
    log: async (skip, count, which) => ({
      rows: among(which).slice(skip, skip + count),
      upstream: null,
      ahead: 0,
      behind: 0,
    }),
  };
  return reads as Repository;
}

function newestFirst(count: number): LogRow[] {
  return Array.from({ length: count }, (_, at) => rowOf(count - at));
}

describe('the log', () => {
  test('is read to the very first commit, page by page, in bounded memory', async () => {
    const log = createCommitLog(
      fakeRepository(newestFirst(5_000)),
      () => undefined,
      () => [],
    );
    await log.newest();
    let most = 0;
    for (let page = 0; page < 60; page += 1) {
      await log.later();
      most = Math.max(most, log.current().rows.length);
    }
    expect(log.current().rows.at(-1)?.sha).toBe('sha1');
    expect(log.current()).toMatchObject({ from: 3_000, number: 3_000, ended: true });
    expect(most).toBe(2_000);
    for (let page = 0; page < 60; page += 1) await log.earlier();
    expect(log.current().rows[0]?.sha).toBe('sha5000');
    expect(log.current().rows).toHaveLength(2_000);
    expect(new Set(log.current().rows.map(({ sha }) => sha)).size).toBe(2_000);
  });

  test('has only commits with decisions when it is turned so, page by page, and all again', async () => {
    const commits = newestFirst(1_000).map((row, at) => ({
      ...row,
      decisions: at % 4 === 0 ? ['a: b'] : [],
    }));
    const log = createCommitLog(
      fakeRepository(commits),
      () => undefined,
      () => [],
    );
    await log.newest();
    await log.turnDecided();
    const decided = commits.filter(({ decisions }) => decisions.length > 0);
    expect(log.current()).toMatchObject({ decided: true, rows: decided.slice(0, 100) });
    await log.later();
    expect(log.current().rows).toEqual(decided.slice(0, 200));
    await log.oldest();
    expect(log.current().rows.at(-1)).toEqual(decided.at(-1));
    await Promise.all([log.turnDecided(), log.turnDecided(), log.turnDecided()]);
    expect(log.current()).toMatchObject({ decided: false, rows: commits.slice(0, 100) });
  });

  test('goes to the first commit and back in one step', async () => {
    const log = createCommitLog(
      fakeRepository(newestFirst(5_000)),
      () => undefined,
      () => [],
    );
    await log.newest();
    await log.oldest();
    expect(log.current().rows.at(-1)?.sha).toBe('sha1');
    expect(log.current().from).toBe(4_900);
    await log.later();
    expect(log.current().rows).toHaveLength(100);
    await log.earlier();
    expect(log.current().rows.map(({ sha }) => sha)).toEqual(newestFirst(200).map(({ sha }) => sha));
    await log.newest();
    expect(log.current().rows[0]?.sha).toBe('sha5000');
  });

  test('a branch that moves while one scrolls doubles and loses nothing', async () => {
    const commits = newestFirst(300);
    const log = createCommitLog(
      fakeRepository(commits),
      () => undefined,
      () => [],
    );
    await log.newest();
    commits.unshift(rowOf(301), rowOf(302));
    await log.later();
    log.refresh();
    await log.later();
    const shas = log.current().rows.map(({ sha }) => sha);
    expect(new Set(shas).size).toBe(shas.length);
    expect(shas).toEqual(commits.slice(0, shas.length).map(({ sha }) => sha));
    // A commit keeps its number.
    expect(log.current()).toMatchObject({ from: 0, number: -2 });
    for (let page = 0; page < 22; page += 1) await log.later();
    expect(log.current()).toMatchObject({ from: 0, number: -2, ended: true });
  });

  test('a branch that became shorter than what was scrolled over begins anew', async () => {
    const commits = newestFirst(5_000);
    const log = createCommitLog(
      fakeRepository(commits),
      () => undefined,
      () => [],
    );
    await log.oldest();
    commits.splice(0, 4_990);
    log.refresh();
    await log.later();
    expect(log.current()).toMatchObject({ from: 0 });
    expect(log.current().rows).toHaveLength(10);
  });
});

test('what was the session’s when git looked, and was committed since, is not the person’s for a moment', async () => {
  const stat = { size: 1, mtimeMs: 0, ctimeMs: 0, ino: 1, mode: 0o100644 };
  const dirty = ['a.ts', 'b.ts'].map((path) => ({
    path,
    xy: '.M',
    submodule: false,
    stat,
    parentCtimeMs: 0,
  }));
  const repository = {
    ...fakeRepository([]),
    status: async () => ({ head: { sha: null, branch: 'main' }, dirty: [...dirty], index: '' }),
  };
  const log = createCommitLog(
    repository,
    () => undefined,
    () => [],
  );
  await log.newest();
  const claims: Claims = { 'a.ts': { path: 'a.ts', by: 'patch' } };
  expect(log.work(claims)).toMatchObject({ ships: 1, own: 1 });
  expect(log.work({})).toMatchObject({ ships: 0, own: 1 });
  await log.newest();
  expect(log.work({})).toMatchObject({ ships: 0, own: 2 });
});

describe('a commit that the state no longer holds', () => {
  const made = (nth: number): SessionEvent[] => [
    { type: 'turn.started', prompt: 1 },
    {
      type: 'commit.created',
      sha: `sha${nth}`,
      base: null,
      branch: 'main',
      by: 'ship',
      paths: [],
      subject: `commit ${nth}`,
      verdict: { kind: 'green' },
      turn: nth,
    },
    { type: 'step.started', turn: nth, inputs: [] },
    {
      type: 'turn.ended',
      turn: nth,
      outcome: 'shipped',
      time: { model: nth, commands: 0, tests: 0, git: 0, harness: 0, hidden: 0 },
    },
  ];
  const events = [opened, ...Array.from({ length: 600 }, (_, at) => made(at + 1)).flat()];
  const journal = stamped(events);
  const state = stateAfter(...events);

  function reader(): {
    read: number;
    history: (from: number, count: number) => Promise<readonly Recorded[]>;
  } {
    const counted = {
      read: 0,
      history: async (from: number, count: number) => {
        const found = journal.slice(from - 1, from - 1 + count);
        counted.read += found.length;
        return found;
      },
    };
    return counted;
  }
  const at = (nth: number): number => Math.floor((journal[4 * nth - 2]?.at ?? 0) / 1_000) * 1_000;

  test('is found in the journal around its time, with the time of its turn', async () => {
    const counted = reader();
    const past = createShippedPast(counted.history);
    expect(state.commits.made).toHaveLength(200);
    expect(past.find(state.commits, 'sha600')?.subject).toBe('commit 600');
    expect(past.find(state.commits, 'sha100')).toBeUndefined();
    await past.look(
      state.commits,
      [100, 101, 102].map((nth) => ({ ...rowOf(nth), at: at(nth) })),
    );
    expect(past.find(state.commits, 'sha100')).toMatchObject({ subject: 'commit 100', time: { model: 100 } });
    expect(past.find(state.commits, 'sha102')).toMatchObject({ time: { model: 102 } });
    expect(counted.read).toBeLessThan(600);
  });

  test('is looked for once, and so is one that is not the session’s', async () => {
    const counted = reader();
    const past = createShippedPast(counted.history);
    const rows = [
      { ...rowOf(100), at: at(100) },
      { ...rowOf(9_999), at: at(100) },
    ];
    await past.look(state.commits, rows);
    const before = counted.read;
    await past.look(state.commits, rows);
    expect(counted.read).toBe(before);
    expect(past.find(state.commits, 'sha9999')).toBeUndefined();
  });
});
