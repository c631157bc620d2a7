// The config from real files, and what is said about mistakes in them.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ConfigFlags, loadConfig } from '../../source/project/config.ts';
import { configKeys, documentKeys } from '../../source/project/config-keys.ts';
import { findPlaces } from '../../source/project/environment.ts';

let home = '';
let root = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hullspeed-config-'));
  root = join(home, 'project');
  await mkdir(join(home, '.config', 'hullspeed'), { recursive: true });
  await mkdir(root);
});
afterEach(() => rm(home, { recursive: true }));

const personFile = () => join(home, '.config', 'hullspeed', 'config.toml');
const projectFile = () => join(root, 'hullspeed.toml');

async function load(
  files: { person?: string; project?: string },
  environment: Record<string, string> = {},
  flags: ConfigFlags = {},
) {
  if (files.person !== undefined) await writeFile(personFile(), files.person);
  if (files.project !== undefined) await writeFile(projectFile(), files.project);
  return loadConfig({ places: findPlaces({ HOME: home }), root, environment, flags });
}

const refusal = (files: { person?: string; project?: string }) =>
  load(files).then(
    () => 'accepted',
    (error) => `${error.code} ${error.message}`.replaceAll(home, '~'),
  );

test('without any file the defaults hold', async () => {
  const { settings, values, apiKey } = await load({});
  expect(settings).toEqual({
    model: 'gpt-5.2-codex',
    effort: 'high',
    autoShip: false,
    shipWhen: 'known',
    maxRed: 5,
    maxSteps: 500,
    compactAt: 233_000,
    contextWindow: 272_000,
    testTimeoutMs: 600_000,
    restartOnShip: false,
    testSilenceMs: 300_000,
    speculative: true,
    patienceMs: 60_000,
    attribution: '',
  });
  expect([values.patience, values['tests.skip'], values.base_url, apiKey]).toEqual([
    60_000,
    ['*.md', 'docs/**'],
    undefined,
    undefined,
  ]);
});

test('flags come before the environment, then the project, then the person', async () => {
  const files = {
    person: 'model = "a"\nbase_url = "http://one.test"\n[tests]\ncommand = "make check"\ntimeout = 1.5\n',
    project: '[tests]\ncommand = "make test"\nskip = []\n',
  };
  const environment = { OPENAI_BASE_URL: 'http://two.test/v1', OPENAI_API_KEY: 'sk-1' };
  const { settings, values, apiKey } = await load(files, environment, { model: 'b', effort: 'low' });
  expect([settings.model, settings.effort, settings.testTimeoutMs, apiKey]).toEqual([
    'b',
    'low',
    1_500,
    'sk-1',
  ]);
  expect([values.base_url, values['tests.command'], values['tests.skip']]).toEqual([
    'http://two.test/v1',
    'make test',
    [],
  ]);
  const flagged = await load(files, environment, { baseUrl: 'http://three.test' });
  expect(flagged.values.base_url).toBe('http://three.test');
});

test('folders are absolute, and names of the own choosing are kept by their full key', async () => {
  const { values, open } = await load({
    person: 'trust = ["~/Projects", "work"]\n',
    project: '[references]\ncli = "../cli"\n',
  });
  expect(values.trust).toEqual([join(home, 'Projects'), join(home, '.config', 'hullspeed', 'work')]);
  expect(open).toEqual({
    'references.cli': '../cli',
  });
});

test('keys for an action are read by its place and name, one or several', async () => {
  const { bindings } = await load({
    person:
      '[bindings.tests]\n"run tests" = "R"\n\n[bindings.everywhere]\nzoom = ["f5", "ctrl+o"]\nredraw = []\n',
  });
  expect(bindings.map(({ where, action, keys }) => [where, action, ...keys])).toEqual([
    ['tests', 'run tests', 'R'],
    ['everywhere', 'zoom', 'f5', 'ctrl+o'],
    ['everywhere', 'redraw'],
  ]);
  expect(bindings[1]?.refuse('is taken').message.replaceAll(home, '~')).toBe(
    '~/.config/hullspeed/config.toml:5: is taken.',
  );
});

test('compaction follows the window of the model, unless it is set', async () => {
  const size = async (person: string) => {
    const { settings } = await load({ person });
    return [settings.contextWindow, settings.compactAt];
  };
  expect(await size('model = "gpt-4.1-mini"')).toEqual([1_047_576, 942_818]);
  expect(await size('model = "local"\ncontext_window = 32768')).toEqual([32_768, 19_660]);
  expect(await size('compact_at = 270000')).toEqual([272_000, 270_000]);
});

test('a mistake is answered with file, line and the nearest right name', async () => {
  const table: [{ person?: string; project?: string }, string][] = [
    [
      { person: '# mine\n\nmodle = "x"\n' },
      'config ~/.config/hullspeed/config.toml:3: there is no key "modle"; the nearest is "model".',
    ],
    [
      { project: '[tests]\ncomand = "x"' },
      'config ~/project/hullspeed.toml:2: there is no key "tests.comand"; the nearest is "tests.command".',
    ],
    [
      { person: '[ship]\nmax_red = 3\nwhen = "knwon"' },
      'config ~/.config/hullspeed/config.toml:3: "ship.when" must be one of "known", "green", "always"; the nearest is "known".',
    ],
    [
      { person: 'tests = { timeout = "10m" }' },
      'config ~/.config/hullspeed/config.toml:1: "tests.timeout" must be a number of seconds above 0, without a unit.',
    ],
    [
      { person: 'model = "a"\ntrust = [\n  "~/a",\n  1,\n]\n' },
      'config ~/.config/hullspeed/config.toml:2: "trust" must be a list of folders like ["~/Projects"].',
    ],
    [
      { person: 'tests = "npm test"' },
      'config ~/.config/hullspeed/config.toml:1: "tests" is a table; write [tests] on a line of its own and its keys below.',
    ],
    [
      { person: 'base_url = "localhost:8080"' },
      'config ~/.config/hullspeed/config.toml:1: "base_url" must be a URL like "http://localhost:11434/v1".',
    ],
    [
      { person: 'bindings.zoom = "f5"' },
      'config ~/.config/hullspeed/config.toml:1: "bindings.zoom" is not bound anywhere; write the place on a line of its own, like [bindings.everywhere], and the action below.',
    ],
    [
      { person: '[bindings.tests]\n"run tests" = 5' },
      'config ~/.config/hullspeed/config.toml:2: "bindings.tests.run tests" must be a key like "ctrl+r", or a list of keys; [] for none.',
    ],
    [
      { person: '[constructor]\nname = "x"' },
      'config ~/.config/hullspeed/config.toml:2: there is no key "constructor.name"; the nearest is "context_window".',
    ],
  ];
  for (const [files, message] of table) {
    await rm(personFile(), { force: true });
    await rm(projectFile(), { force: true });
    expect(await refusal(files)).toBe(message);
  }
});

test('a project cannot widen what the person allowed', async () => {
  for (const line of [
    'base_url = "http://evil.test"',
    'trust = ["/"]',
    'references = { write = ["/"] }',
    'wire.silence = 1',
    'bindings.x.y = "z"',
  ]) {
    const message = await refusal({ project: `# a\n${line}\n` });
    expect(message).toMatch(
      /^config ~\/project\/hullspeed\.toml:2: ".+" is not read from a project, because/,
    );
  }
});

test('a wrong value of the environment or of a flag is named by its source', async () => {
  await expect(load({}, { OPENAI_BASE_URL: 'x' })).rejects.toThrow('OPENAI_BASE_URL must be a URL');
  await expect(load({}, {}, { effort: 'hihg' })).rejects.toThrow('--effort must be one of');
});

test('a config that cannot be read is not passed over', async () => {
  await mkdir(personFile());
  expect(await refusal({})).toMatch(/^config ~\/\.config\/hullspeed\/config\.toml:1: cannot be read/);
});

test('every mistake in a file is answered with its name and the right line', async () => {
  const good = fc.constantFrom(
    '# words',
    '',
    'model = "x"',
    'keys = "codex"',
    'trust = [\n "a",\n]',
    'attribution = """\na\n"""',
    'patience = 1',
  );
  const bad = fc.constantFrom(
    'patiense = 2',
    'auto_ship = "yes"',
    'ship.max_red = 0',
    '= 3',
    'compact_at = "',
    'theme = 1',
    'effort = [\n 1,\n]',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(good, { selector: (text) => text.split(' ')[0] }),
      bad,
      async (before, mistake) => {
        const above = before.map((text) => `${text}\n`).join('');
        const message = await refusal({ person: `${above}${mistake}\n# end\n` });
        expect(message).toContain(`config ~/.config/hullspeed/config.toml:${above.split('\n').length}: `);
      },
    ),
    { numRuns: 60 },
  );
});

test('the documentation has a row for every key, with its default as it would be written', () => {
  const rows = documentKeys();
  expect(rows.filter(({ key }) => !key.endsWith('.*')).map(({ key }) => key)).toEqual(
    Object.keys(configKeys),
  );
  expect(rows.find(({ key }) => key === 'tests.timeout')).toMatchObject({
    type: 'seconds',
    default: '600',
    project: true,
  });
  expect(rows.find(({ key }) => key === 'ship.when')).toMatchObject({
    type: '"known" | "green" | "always"',
    default: '"known"',
  });
});
