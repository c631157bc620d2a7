import { expect, test } from 'vitest';
import { createChanges } from '../../source/engine/changes.ts';
import type { DirtyPath } from '../../source/engine/git-ports.ts';
import type { BackgroundCommand } from '../../source/engine/ports.ts';
import { createStore } from '../../source/engine/store.ts';
import { initialState } from '../../source/session/state.ts';
import { stamped } from '../support/events.ts';

const file = (path: string, ctimeMs: number): DirtyPath => ({
  path,
  xy: '??',
  submodule: false,
  stat: { size: 1, mtimeMs: ctimeMs, ctimeMs, ino: 1, mode: 0o100644 },
  parentCtimeMs: 0,
});

/** A worktree as git sees it, and what happens while it looks. */
function worktree() {
  let seq = 0;
  const journal = { append: (event: never) => stamped([event], ++seq)[0] };
  const store = createStore(journal as never, initialState);
  const world = {
    store,
    now: 1_000,
    dirty: [] as DirtyPath[],
    commands: [] as BackgroundCommand[],
    head: { sha: 'h', branch: 'main' },
    looking: (): void => undefined,
    comparing: (): void => undefined,
    hidden: 0,
  };
  const changes = createChanges({
    reader: undefined as never,
    manifests: { look: async () => undefined },
    repository: {
      status: async () => {
        const seen = world.dirty;
        const { head } = world;
        world.looking();
        return { head, dirty: seen };
      },
      move: async () => null,
      stat: async () => {
        world.comparing();
        return null;
      },
      content: async () => null,
    } as never,
    committer: { merge: async () => null },
    journal: { ...journal, keep: () => 'blob', fetch: () => new Uint8Array() } as never,
    store,
    now: () => world.now,
    background: () => world.commands,
    settle: () => {
      world.commands = world.commands.filter((command) => command.ended === undefined);
    },
    left: 0,
    green: async () => undefined,
    onChanged: () => undefined,
    onHidden: () => {
      world.hidden += 1;
    },
    onStale: () => undefined,
  });
  return { world, changes };
}

function patchIn(store: ReturnType<typeof worktree>['world']['store']): void {
  const change = { path: 'a.txt', before: null, after: 'blob', added: 1, removed: 0 };
  store.record({ type: 'call.finished', call: 'c', outcome: 'ok', output: '', ms: 0, changes: [change] });
}

test('a patch that is applied while git looks keeps its claim', async () => {
  const { world, changes } = worktree();
  await changes.snapshot();
  world.looking = () => patchIn(world.store);
  await changes.snapshot();
  expect(Object.keys(world.store.getState().claims)).toEqual(['a.txt']);
});

test('what a command wrote into a patched file is its claim, also where git looked before its end', async () => {
  const { world, changes } = worktree();
  await changes.snapshot();
  patchIn(world.store);
  world.dirty = [file('a.txt', 900)];
  await changes.snapshot();
  const end = changes.span('command');
  world.dirty = [file('a.txt', 1_010)];
  world.now = 1_020;
  await changes.snapshot();
  expect(world.store.getState().claims['a.txt']?.after).toBe('blob');
  world.now = 1_500;
  end();
  await changes.snapshot();
  // The worktree of this test has no content.
  expect(world.store.getState().claims['a.txt']?.after).toBe(null);
});

test('a background command that ends while git looks still has its last files', async () => {
  const { world, changes } = worktree();
  await changes.snapshot();
  changes.span('command')(7);
  world.commands = [{ session: 7, cmd: 'build', started: 1_000 }];
  world.looking = () => {
    // It writes its last file behind git's back, and ends.
    world.commands = [{ session: 7, cmd: 'build', started: 1_000, ended: 5_000, exit: 0 }];
  };
  await changes.snapshot();
  expect(world.hidden).toBe(0);
  world.looking = () => undefined;
  world.dirty = [file('built.js', 4_900)];
  world.now = 9_000;
  await changes.snapshot();
  expect(Object.keys(world.store.getState().claims)).toEqual(['built.js']);
  expect(world.hidden).toBe(1);
});

test('what was asked about stays out beside its background command, and is a later command’s', async () => {
  const { world, changes } = worktree();
  await changes.snapshot();
  changes.span('command')(7);
  world.commands = [{ session: 7, cmd: 'serve', started: 1_000 }];
  world.dirty = [file('server.log', 1_100)];
  await changes.snapshot();
  expect([changes.takeSuspects(), changes.takeSuspects()]).toEqual([['server.log'], []]);
  world.now = 2_000;
  const look = changes.span('command');
  world.now = 3_000;
  look();
  world.dirty = [file('server.log', 2_500)];
  await changes.snapshot();
  world.commands = [{ session: 7, cmd: 'serve', started: 1_000, ended: 4_000, exit: 0 }];
  world.dirty = [file('server.log', 3_500)];
  await changes.snapshot();
  expect(world.store.getState().claims).toEqual({});
  expect(changes.takeSuspects()).toEqual([]);
  world.now = 5_000;
  const build = changes.span('command');
  world.now = 6_000;
  build();
  world.dirty = [file('server.log', 5_500)];
  await changes.snapshot();
  expect(Object.keys(world.store.getState().claims)).toEqual(['server.log']);
});

test.each(['looking', 'comparing'] as const)(
  'a commit of the session’s while it is %s is where HEAD is',
  async (when) => {
    const { world, changes } = worktree();
    world.store.record({
      ...{ type: 'step.started', turn: 1, inputs: [] },
      begins: { instructions: 'go', tools: 't' },
    } as never);
    world.dirty = [file('mine.txt', 500)];
    await changes.snapshot();
    const commit = { type: 'commit.created', sha: 'next', base: 'h', branch: 'main', by: 'ship', paths: [] };
    world[when] = () => {
      world[when] = () => undefined;
      world.head = { sha: 'next', branch: 'main' };
      world.store.record({ ...commit, subject: 's', verdict: { kind: 'green' } } as never);
    };
    world.dirty = [];
    await changes.snapshot();
    expect(world.store.getState().head).toEqual({ sha: 'next', branch: 'main' });
    world.dirty = [file('mine.txt', 700)];
    await changes.snapshot();
    expect(world.store.getState().head).toEqual({ sha: 'next', branch: 'main' });
    const news = world.store.getState().untold ?? [];
    expect(news.map(({ input }) => input.text).join()).not.toContain('HEAD');
  },
);
