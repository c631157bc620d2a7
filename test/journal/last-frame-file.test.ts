// The frame that the screen was left with, found again before git, lock and journal are.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepHome } from '../../source/journal/home.ts';
import { knownSession } from '../../source/journal/known-session.ts';
import { readLastFrame, writeLastFrame } from '../../source/journal/last-frame-file.ts';
import { sessionDirectory } from '../../source/journal/sessions.ts';
import { notice, open, opening, scratchDirectory } from './scratch.ts';

test('fits as long as nothing but openings is recorded behind it', async () => {
  const directory = scratchDirectory();
  expect(readLastFrame(directory)).toBeUndefined();
  writeLastFrame(directory, 'no journal yet');
  expect(readLastFrame(directory)).toBeUndefined();
  const { journal } = await open(directory);
  journal.append(opening);
  journal.append(notice('hello'));
  writeLastFrame(directory, '{"rows":[]}');
  expect(readLastFrame(directory)).toBe('{"rows":[]}');
  journal.append({ type: 'session.closed', reason: 'quit' });
  journal.append(opening);
  expect(readLastFrame(directory)).toBe('{"rows":[]}');
  journal.append(notice('"type":"session.opened"'));
  expect(readLastFrame(directory)).toBeUndefined();
  writeLastFrame(directory, '{"rows":[1]}');
  expect(readLastFrame(directory)).toBe('{"rows":[1]}');
  for (let times = 0; times < 100; times += 1) journal.append(opening);
  expect(readLastFrame(directory)).toBe('{"rows":[1]}');
  for (let times = 0; times < 400; times += 1) journal.append(opening);
  expect(readLastFrame(directory)).toBeUndefined();
  writeLastFrame(directory, '{"rows":[2]}');
  appendFileSync(join(directory, 'journal.jsonl'), '0000');
  expect(readLastFrame(directory)).toBeUndefined();
  writeFileSync(join(directory, 'journal.jsonl'), '');
  expect(readLastFrame(directory)).toBeUndefined();
  writeLastFrame(directory, 'x'.repeat(4_000_000));
  expect(readLastFrame(directory)).toBeUndefined();
});

test('the session of a directory is found without git: from below, by name, and in a worktree', () => {
  const base = scratchDirectory();
  const state = join(base, 'state');
  const root = join(base, 'project');
  const place = { stateRoot: state, gitDir: join(root, '.git'), root };
  mkdirSync(join(root, 'source/deep'), { recursive: true });
  mkdirSync(join(place.gitDir, 'worktrees/other'), { recursive: true });
  expect(knownSession(state, root)).toBeUndefined();
  const make = (gitDir: string, name?: string): string => {
    const directory = sessionDirectory({ ...place, gitDir, ...(name && { name }) });
    mkdirSync(directory, { recursive: true });
    keepHome(directory, gitDir);
    return directory;
  };
  const own = make(place.gitDir);
  expect(knownSession(state, root)).toBe(own);
  expect(knownSession(state, join(root, 'source/deep'))).toBe(own);
  expect(knownSession(state, root, 'spike')).toBeUndefined();
  const spike = make(place.gitDir, 'spike');
  expect(knownSession(state, root, 'spike')).toBe(spike);
  const linked = join(base, 'linked');
  mkdirSync(linked);
  writeFileSync(join(linked, '.git'), `gitdir: ${join(place.gitDir, 'worktrees/other')}\n`);
  const other = make(join(place.gitDir, 'worktrees/other'));
  expect(knownSession(state, linked)).toBe(other);
  expect(knownSession(state, base)).toBeUndefined();
  expect(() => knownSession(state, join(base, 'nowhere'))).toThrow('ENOENT');
  const piped = join(base, 'piped');
  mkdirSync(piped);
  execFileSync('mkfifo', [join(piped, '.git')]);
  expect(knownSession(state, piped)).toBeUndefined();
});

test('a copy, and a repository that was moved, wait for git', () => {
  const base = scratchDirectory();
  const state = join(base, 'state');
  const root = join(base, 'project');
  const gitDir = join(root, '.git');
  mkdirSync(gitDir, { recursive: true });
  const directory = sessionDirectory({ stateRoot: state, gitDir, root });
  mkdirSync(directory, { recursive: true });
  keepHome(directory, gitDir);
  cpSync(root, join(base, 'copy'), { recursive: true });
  expect(knownSession(state, join(base, 'copy'))).toBeUndefined();
  renameSync(root, join(base, 'moved'));
  expect(knownSession(state, join(base, 'moved'))).toBeUndefined();
  rmSync(join(base, 'moved'), { recursive: true });
});
