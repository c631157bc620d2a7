// A repository finds its session again, wherever it is moved, and every session of the machine can be listed.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepHome } from '../../source/journal/home.ts';
import { listSessions, sessionDirectory } from '../../source/journal/sessions.ts';
import { readStatus, type Status, writeStatus } from '../../source/journal/status.ts';
import { open, scratchDirectory } from './scratch.ts';

function repository(base: string, name: string) {
  const root = join(base, name);
  const gitDir = join(root, '.git');
  mkdirSync(gitDir, { recursive: true });
  return { stateRoot: join(base, 'state'), gitDir, root };
}

test('a repository has one session directory, named after it and an id in its git directory', () => {
  const place = repository(scratchDirectory(), 'my project!');
  const directory = sessionDirectory(place);
  const id = readFileSync(join(place.gitDir, 'hullspeed-session'), 'utf8').trim();
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(directory).toBe(join(place.stateRoot, `my-project--${id}`));
  expect(sessionDirectory(place)).toBe(directory);
  expect(readdirSync(place.gitDir)).toEqual(['hullspeed-session']);
  expect(existsSync(place.stateRoot)).toBe(false);
});

test('a repository that was moved and renamed keeps its session', async () => {
  const base = scratchDirectory();
  const before = repository(base, 'old');
  const directory = sessionDirectory(before);
  await open(directory);
  renameSync(before.root, join(base, 'new'));
  expect(sessionDirectory(repository(base, 'new'))).toBe(directory);
});

test('a repository that was copied gets a session of its own, and the original keeps its', async () => {
  const base = scratchDirectory();
  const original = repository(base, 'project');
  const directory = sessionDirectory(original);
  await open(directory);
  keepHome(directory, original.gitDir);
  cpSync(original.root, join(base, 'copy'), { recursive: true });
  const copy = repository(base, 'copy');
  const own = sessionDirectory(copy);
  expect(own).toMatch(/\/copy-[0-9a-f]{12}$/);
  expect([sessionDirectory(copy), sessionDirectory({ ...copy, name: 'spike' })]).toEqual([
    own,
    `${own}-spike`,
  ]);
  expect(sessionDirectory(original)).toBe(directory);
  // The same one by another name is no copy.
  symlinkSync(original.root, join(base, 'link'));
  expect(sessionDirectory({ ...original, gitDir: join(base, 'link/.git') })).toBe(directory);
});

test('a named session stands beside the one without a name', async () => {
  const place = repository(scratchDirectory(), 'project');
  const plain = sessionDirectory(place);
  const named = sessionDirectory({ ...place, name: 'spike' });
  expect(named).toBe(`${plain}-spike`);
  await open(named);
  expect(sessionDirectory(place)).toBe(plain);
  for (const name of ['', '../up', 'a/b', 'x'.repeat(65)]) {
    expect(() => sessionDirectory({ ...place, name })).toThrow(expect.objectContaining({ code: 'usage' }));
  }
});

test('an id file that says no id, or leads elsewhere, is replaced', () => {
  const base = scratchDirectory();
  const spoilt = repository(base, 'spoilt');
  writeFileSync(join(spoilt.gitDir, 'hullspeed-session'), '../../somewhere');
  expect(sessionDirectory(spoilt)).toMatch(/spoilt-[0-9a-f]{12}$/);
  const linked = repository(base, 'linked');
  writeFileSync(join(base, 'target'), '000000000000');
  symlinkSync(join(base, 'target'), join(linked.gitDir, 'hullspeed-session'));
  expect(sessionDirectory(linked)).not.toContain('000000000000');
  expect(readFileSync(join(base, 'target'), 'utf8')).toBe('000000000000');
});

test('without a git directory to write to, the message says what to do', () => {
  const place = repository(scratchDirectory(), 'gone');
  expect(() => sessionDirectory({ ...place, gitDir: join(place.gitDir, 'missing') })).toThrow(
    expect.objectContaining({
      code: 'repository',
      message: expect.stringContaining('make that directory writable'),
    }),
  );
});

const status: Status = {
  pid: 42,
  root: '/repo',
  activity: 'testing',
  verdict: 'green',
  queue: 2,
  at: 1_700_000_000_000,
};

test('sessions are listed with what they do and whether somebody has them open', async () => {
  const base = scratchDirectory();
  const stateRoot = join(base, 'state');
  const [running, left] = ['a', 'b'].map((name) => sessionDirectory(repository(base, name)));
  await open(running!);
  writeStatus(running!, status);
  const beside = sessionDirectory({ ...repository(base, 'b'), name: 'a-side' });
  for (const directory of [left!, beside]) await (await open(directory)).journal.close();
  mkdirSync(join(stateRoot, 'no-session'));
  writeFileSync(join(stateRoot, 'file'), '');
  expect(listSessions(stateRoot)).toEqual([
    { directory: running, held: true, status },
    { directory: left, held: false },
    { directory: beside, name: 'a-side', held: false },
  ]);
  expect(listSessions(join(base, 'nowhere'))).toEqual([]);
});

test('a status is replaced whole, for the person alone, and a broken one says nothing', () => {
  const directory = scratchDirectory();
  expect(readStatus(directory)).toBeUndefined();
  writeStatus(directory, { ...status, activity: 'idle' });
  writeStatus(directory, status);
  expect(readStatus(directory)).toEqual(status);
  expect(readdirSync(directory)).toEqual(['status.json']);
  expect(statSync(join(directory, 'status.json')).mode & 0o777).toBe(0o600);
  for (const broken of [
    '',
    '{"pid":1}',
    'null',
    '[]',
    '{"pid":"x","root":"/","activity":"idle","queue":0,"at":1}',
  ]) {
    writeFileSync(join(directory, 'status.json'), broken);
    expect(readStatus(directory)).toBeUndefined();
  }
});
