// Trust in folders, by their real paths.
import { mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isTrusted, readTrust, storeTrust } from '../../source/project/trust.ts';

let folder = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hullspeed-trust-')));
  for (const name of ['projects/one', 'projects-of-others', 'elsewhere'])
    await mkdir(join(folder, name), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

test('a folder stands for itself and all below it, not for one whose name begins alike', async () => {
  const projects = [join(folder, 'projects')];
  expect(await isTrusted(join(folder, 'projects'), projects)).toBe(true);
  expect(await isTrusted(join(folder, 'projects', 'one'), projects)).toBe(true);
  expect(await isTrusted(join(folder, 'projects-of-others'), projects)).toBe(false);
  expect(await isTrusted(folder, projects)).toBe(false);
  expect(await isTrusted(folder, ['/'])).toBe(true);
  expect(await isTrusted(folder, [])).toBe(false);
});

test('links count by where they lead', async () => {
  await symlink(join(folder, 'elsewhere'), join(folder, 'projects', 'link'));
  await symlink(join(folder, 'projects'), join(folder, 'mine'));
  expect(await isTrusted(join(folder, 'projects', 'link'), [join(folder, 'projects')])).toBe(false);
  expect(await isTrusted(join(folder, 'projects', 'one'), [join(folder, 'mine'), join(folder, 'gone')])).toBe(
    true,
  );
});

test('answers are kept, once each, for the person alone', async () => {
  const state = join(folder, 'state');
  expect(await readTrust(state)).toEqual([]);
  await storeTrust(state, join(folder, 'projects'));
  await storeTrust(state, join(folder, 'elsewhere'));
  await storeTrust(state, join(folder, 'projects'));
  expect(await readTrust(state)).toEqual([join(folder, 'projects'), join(folder, 'elsewhere')]);
  expect([(await stat(state)).mode & 0o777, (await stat(join(state, 'trusted'))).mode & 0o777]).toEqual([
    0o700, 0o600,
  ]);
});

test('a folder cannot smuggle another into the answers by its name', async () => {
  const odd = join(folder, 'odd\n', 'x');
  await mkdir(odd, { recursive: true });
  await writeFile(join(odd, 'file'), '');
  await storeTrust(join(folder, 'state'), odd);
  expect(await readTrust(join(folder, 'state'))).toEqual([odd]);
});
