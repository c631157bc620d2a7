// AGENTS.md files of real folders.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readInstructions } from '../../source/project/instructions.ts';

let home = '';
let root = '';
let inner = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hullspeed-agents-'));
  root = join(home, 'project');
  inner = join(root, 'packages', 'cli');
  await mkdir(inner, { recursive: true });
  await mkdir(join(home, 'config'));
  await mkdir(join(home, '.codex'));
});
afterEach(() => rm(home, { recursive: true }));

const read = (cwd = inner) => readInstructions({ root, cwd, home, config: join(home, 'config') });

test('files are read from the root down, an override in the place of its neighbour', async () => {
  await writeFile(join(home, 'AGENTS.md'), 'above the root');
  await writeFile(join(root, 'AGENTS.md'), 'root\n');
  await writeFile(join(root, 'packages', 'AGENTS.md'), 'packages');
  await writeFile(join(root, 'packages', 'AGENTS.override.md'), 'override');
  await writeFile(join(inner, 'AGENTS.md'), 'cli');
  expect(await read()).toBe('root\n\noverride\n\ncli');
  expect(await read(root)).toBe('root');
  expect(await read(home)).toBe('root');
});

test("the person's own file comes first, hullspeed's before Codex's", async () => {
  await writeFile(join(home, '.codex', 'AGENTS.md'), 'codex');
  expect(await read()).toBe('codex');
  await writeFile(join(home, 'config', 'AGENTS.md'), 'mine');
  await writeFile(join(root, 'AGENTS.md'), 'root');
  expect(await read()).toBe('mine\n\n--- project-doc ---\n\nroot');
});

test('where nobody wrote anything there is nothing', async () => {
  expect(await read()).toBe('');
});

test('a link is followed inside the worktree and nowhere else', async () => {
  await writeFile(join(root, 'CLAUDE.md'), 'linked');
  await writeFile(join(home, 'secret'), 'secret');
  await symlink('CLAUDE.md', join(root, 'AGENTS.md'));
  await symlink(join(home, 'secret'), join(inner, 'AGENTS.md'));
  expect(await read()).toBe('linked');
});

test('all files together are cut at 32 KiB, between characters, and that is said', async () => {
  await writeFile(join(root, 'AGENTS.md'), `x${'é'.repeat(16_000)}`);
  await writeFile(join(inner, 'AGENTS.md'), 'é'.repeat(16_000));
  const text = await read();
  expect(text).toMatch(
    /^xé{16000}\n\né{383}\n\n\(Cut at 32 KiB in all; not all is here of: .*packages\/cli\/AGENTS\.md\)$/,
  );
});
