// What the session knows, told on the command line while it is open and when it is not.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Reply, say, ship } from '../support/model-server.ts';
import { stuck } from './gate.ts';
import { addFile, createPlace, type Place } from './place.ts';

async function createShipped(...then: readonly Reply[]): Promise<Place> {
  const work = [say('On it.'), addFile('a.txt'), ship({ subject: 'Add a', say: 'There is an a.' })];
  const place = await createPlace({ script: [work, ...then] });
  expect(await place.hullspeed('run', '--trust', 'add a')).toMatchObject({ code: 0 });
  return place;
}

test('log tells what happened, as text and as the events themselves', async () => {
  const place = await createShipped();
  const { code, stdout } = await place.hullspeed('log');
  expect(code).toBe(0);
  for (const part of [
    '› add a',
    'On it.',
    '● apply_patch  a.txt +1 −0',
    'Add a · main',
    'There is an a.',
    'shipped',
  ])
    expect(stdout).toContain(part);
  const json = await place.hullspeed('log', '--json');
  expect(
    json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(place.journal());
});

test('status tells of each session what it does, and says when it is closed', async () => {
  const place = await createShipped(stuck(say('Half of an answer.')));
  const status = async (...flags: string[]): Promise<string> =>
    (await place.hullspeed('status', ...flags)).stdout;
  expect(await status()).toMatch(new RegExp(`^project  closed +.* ago +${place.root}\n$`));
  expect(await status('--tmux')).toBe('\n');
  const app = place.open();
  await app.shows('F1 keys');
  expect(await status('--tmux')).toBe('project green\n');
  app.type('think').enter();
  await app.conversation.shows('Half of');
  expect(await status('--tmux')).toBe('project working\n');
  expect(JSON.parse(await status('--json'))).toMatchObject({
    name: 'project',
    root: place.root,
    held: true,
    pid: app.pid,
    activity: 'thinking',
    status: 'working',
  });
  app.kill('SIGKILL');
  await app.over;
  expect(await status()).toMatch(/^project {2}closed/);
});

test('context tells what the model is given, by section', async () => {
  const place = await createShipped();
  place.write('AGENTS.md', 'Be brief.\n');
  const { code, stdout } = await place.hullspeed('context');
  expect(code).toBe(0);
  for (const section of ['system prompt', 'tools', 'prompts', 'messages', 'calls', 'outputs'])
    expect(stdout).toMatch(new RegExp(`^${section} +[\\d,]+ `, 'm'));
  expect(stdout).toMatch(/^in all +1,\d{3}$/m);
  const { sections, estimated } = JSON.parse((await place.hullspeed('context', '--json')).stdout);
  expect(sections).toContainEqual({ name: 'prompts', count: 1, tokens: 2, texts: expect.anything() });
  expect(sections.find((each: { name: string }) => each.name === 'tools').count).toBe(5);
  expect(estimated).toBeLessThan(2_000);
});

test('docs lists the pages with what stands in their front matter, and --check has an exit code', async () => {
  const page = '---\nsummary: "A: b"\nread_when: [one]\n---\n';
  const place = await createPlace({ files: { 'docs/a.md': page, 'docs/b.md': '# B\n' } });
  expect(await place.hullspeed('docs')).toMatchObject({
    code: 0,
    stdout: 'docs/a.md - A: b\n  Read when: one\ndocs/b.md - [missing front matter]\n',
  });
  expect(await place.hullspeed('docs', '--check')).toMatchObject({ code: 1 });
});

test('docs --check finds nothing wrong with our own pages', async () => {
  const docs = join(import.meta.dirname, '../../docs');
  const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.md'),
  );
  const files = pages.map((path) => [`docs/${path}`, readFileSync(join(docs, path), 'utf8')]);
  const place = await createPlace({ files: Object.fromEntries(files) });
  expect(await place.hullspeed('docs', '--check')).toMatchObject({ code: 0, stderr: '' });
});

test('--help fits a screen of 80x24, and --version is that of the package', async () => {
  const place = await createPlace({ files: null });
  const { code, stdout } = await place.hullspeed('--help');
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBeLessThan(24);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(await place.hullspeed('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['run', '--jsn', 'hello'], '--json'],
  [['--modle', 'x'], '--model'],
  [['stauts'], 'status'],
])('%j is answered with the nearest name', async (args, nearest) => {
  const place = await createPlace();
  const { code, stdout, stderr } = await place.hullspeed(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`did you mean ${nearest}?`);
});
