// The one question: nothing of a repository runs before it is answered, and it is asked once.
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { say, ship } from '../support/model-server.ts';
import { addFile, createPlace, type Place, testedBy } from './place.ts';

/** A repository that leaves a mark beside it wherever something of it runs. */
async function createTrap(config = ''): Promise<{ place: Place; sprung: () => boolean }> {
  const place = await createPlace({
    files: testedBy('touch ../canary; echo "ok 1 - floats"; echo 1..1\n'),
    script: [[addFile('a.txt'), ship({ subject: 'Add a', say: 'There is an a.' })], say('Hello.')],
    config,
  });
  const canary = join(place.root, '../canary');
  for (const name of ['pre-commit', 'post-checkout', 'post-index-change', 'reference-transaction'])
    addHook(place, name, `touch '${canary}'`);
  for (const key of ['core.fsmonitor', 'core.pager', 'diff.external'])
    place.git('config', key, join(place.root, '.git/hooks/pre-commit'));
  return { place, sprung: () => existsSync(canary) };
}

function addHook(place: Place, name: string, line: string): void {
  place.write(`.git/hooks/${name}`, `#!/bin/sh\n${line}\n`);
  chmodSync(join(place.root, '.git/hooks', name), 0o755);
}

test('Esc leaves, and Enter answers nothing: nothing has run, nothing is stored, and how to say yes is said', async () => {
  const { place, sprung } = await createTrap();
  const app = place.open([]);
  await app.shows(`Trust ${place.root}?`);
  await app.shows('Nothing of it has run yet.');
  app.enter().press('escape');
  await app.shows('is not trusted yet');
  await app.shows('--trust');
  expect(await app.over).toBe(2);
  expect(sprung()).toBe(false);
  const again = place.open([]);
  await again.shows(`Trust ${place.root}?`);
});

test('y trusts this repository for good, and run too', async () => {
  const { place } = await createTrap();
  const app = place.open([]);
  await app.shows(`Trust ${place.root}?`);
  app.type('y');
  await app.shows('F1 keys');
  app.type('add a').enter();
  await app.shows(/^✓ shipped/m);
  app.press('ctrl+d');
  expect(await app.over).toBe(0);
  const again = place.open([]);
  await again.shows('F1 keys');
  again.press('ctrl+d');
  await again.over;
  expect(await place.hullspeed('run', 'add a')).toMatchObject({ code: 0 });
});

test('f trusts the folder above, and what else lies in it', async () => {
  const { place } = await createTrap();
  const other = join(place.root, '../other');
  await place.bash('git init -q ../other');
  const app = place.open([]);
  await app.shows(`trust everything in ${join(place.root, '..')}`);
  app.type('f');
  await app.shows('F1 keys');
  app.press('ctrl+d');
  await app.over;
  const neighbour = place.open([], { cwd: other });
  await neighbour.shows('F1 keys');
});

test('--trust answers for this once', async () => {
  const { place, sprung } = await createTrap();
  expect(await place.hullspeed('run', '--trust', 'add a')).toMatchObject({ code: 0 });
  expect(sprung()).toBe(true);
  expect(await place.hullspeed('run', 'add a')).toMatchObject({ code: 2 });
});

test('run without trust refuses, and says how', async () => {
  const { place, sprung } = await createTrap();
  const { code, stdout, stderr } = await place.hullspeed('run', 'add a');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('--trust');
  expect(stderr).toContain('config.toml');
  expect(place.requests).toEqual([]);
  expect(sprung()).toBe(false);
});

test('reports run nothing either', async () => {
  const { place, sprung } = await createTrap();
  for (const command of ['log', 'context', 'status'])
    expect(await place.hullspeed(command)).toMatchObject({ code: 0 });
  expect(sprung()).toBe(false);
});

test('a folder in the config is trusted', async () => {
  const { place } = await createTrap('trust = ["~/.."]');
  expect(await place.hullspeed('run', 'add a')).toMatchObject({ code: 0 });
});

test('once trusted, the hooks of the repository have their say in a commit', async () => {
  const place = await createPlace({
    script: [[addFile('a.txt'), ship({ subject: 'Add a' })], say('It was refused.')],
  });
  addHook(place, 'pre-commit', 'echo "not on my watch"; exit 1');
  await place.hullspeed('run', '--trust', 'add a');
  expect(place.git('log', '--format=%s')).toBe('begin\n');
  expect(JSON.stringify(place.requests[1]?.input)).toContain('not on my watch');
});
