// What a name in a prompt leads to on the disk, and what is said where it is no reference.
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createNeighbours, type NeighboursOptions, projectNames } from '../../source/project/neighbours.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'hullspeed-home-')));
const root = join(home, 'Projects/own');
const write = (path: string, text = ''): void => {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
};
write('Projects/own/source/inner/package.json', '{}');
write('Projects/other/package.json', '{}');
write('Projects/other/source/a.ts');
write('Projects/mono/.git/HEAD');
write('Projects/mono/packages/x/package.json', '{}');
write('Projects/notes/a.md');
write('Projects/notes.txt');
write('elsewhere/go.mod');
write('Projects/suites/package.json', '{"workspaces":["a","b"]}');
for (const name of ['a', 'b'])
  write(`Projects/suites/${name}/package.json`, `{"name":"${name}","scripts":{"test":"vitest run"}}`);
write('Projects/suites/docs/how.md', '---\nsummary: How\n---\n');
symlinkSync(join(home, 'elsewhere'), join(home, 'Projects/linked'));
symlinkSync('/nowhere', join(home, 'Projects/dangling'));
symlinkSync(root, join(home, 'Projects/again'));

const options: NeighboursOptions = {
  root,
  home,
  named: { 'references.cli': '~/elsewhere', 'references.all': '~', 'references.gone': '../gone' },
  writable: [join(home, 'elsewhere')],
  clock: { sleep: () => new Promise(() => undefined) },
  git: {
    commits: () => Promise.resolve([]),
    head: () => Promise.resolve(undefined),
    look: () => Promise.resolve(undefined),
    changedAt: () => Promise.resolve(0),
  },
};
const neighbours = createNeighbours(options);

test('a card names the suites where there is no one command, and says what a disk that hangs did not give', async () => {
  const project = { name: '../suites', path: join(home, 'Projects/suites'), writable: false };
  const whole = await neighbours.card(project);
  expect(whole.text.split('\n').slice(2)).toEqual([
    'purpose: its readme does not say',
    'tests: suites in a, b (workspaces)',
    'docs:',
    '- docs/how.md: How',
    'layout:',
    '- a/: package.json',
    '- b/: package.json',
    '- docs/: how.md',
    '- package.json',
  ]);
  const hasty = createNeighbours({ ...options, clock: { sleep: () => Promise.resolve() } });
  const late = '(could not be read in time)';
  expect((await hasty.card(project)).text.split('\n').slice(2)).toEqual([
    `purpose: ${late}`,
    `tests: ${late}`,
    'last commits:',
    `- ${late}`,
    'docs:',
    `- ${late}`,
    'layout:',
    `- ${late}`,
  ]);
});

test.each([
  ['../other', ['../other'], []],
  ['../other/source/a.ts and ../other', ['../other'], []],
  ['../mono/packages/x', ['../mono'], []],
  ['../notes', ['../notes'], []],
  ["from '../notes' and '../other'", ['../other'], []],
  ['@other @notes @param', ['../other'], []],
  ['@cli', ['~/elsewhere (writable)'], []],
  ['../linked', ['~/elsewhere (writable) (linked is a link to it)'], []],
  [`${home}/elsewhere and ${home}/Projects/notes`, ['~/elsewhere (writable)'], []],
  ['../missing', [], ['../missing is not there: no reference.']],
  ["from '../missing' and @nobody", [], []],
  ['../dangling', [], ['../dangling is not there: no reference.']],
  ['../notes.txt', [], ['../notes.txt is a file in no project: no reference.']],
  [
    '../own and ../again',
    [],
    ['../own is this project itself: no reference.', '../again is this project itself: no reference.'],
  ],
  ['../own/source/inner', [], []],
  ['~/Projects', [], ['~/Projects holds this project itself: no reference. Name a folder beside it.']],
  ['~/ is mine', [], ['~/ is your home directory: no reference. Name a project in it.']],
  ['@all', [], ['@all (~) is your home directory: no reference. Name a project in it.']],
  ['@gone', [], ['@gone (../gone) is not there: no reference.']],
  ['/usr/lib /etc /compact', [], []],
])('%j', async (words, projects, notes) => {
  const result = await neighbours.find(words);
  const found = result.found.map(({ name, writable, said }) =>
    [name, writable ? '(writable)' : '', said ? `(${said})` : ''].filter(Boolean).join(' '),
  );
  expect({ found, notes: result.notes }).toEqual({ found: projects, notes });
});

// Root reads everything.
test.skipIf(process.getuid?.() === 0)('what the system does not let be read is said', async () => {
  mkdirSync(join(home, 'Projects/closed'));
  chmodSync(join(home, 'Projects/closed'), 0);
  expect((await neighbours.find('../closed')).notes).toEqual([
    '../closed cannot be read, the system refuses it: no reference.',
  ]);
});

// To give a folder to somebody else takes root.
test.skipIf(process.getuid?.() !== 0)(
  "another user's folder is a reference that is said to be theirs",
  async () => {
    write('Projects/theirs/package.json', '{}');
    chownSync(join(home, 'Projects/theirs'), 12_345, 12_345);
    const { found, notes } = await neighbours.find('../theirs');
    expect([found.map(({ said }) => said), notes]).toEqual([['it belongs to another user'], []]);
  },
);

test('a prompt brings a few references, and says which it leaves out', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const name of names) write(`Projects/${name}/package.json`, '{}');
  const { found, notes } = await neighbours.find(names.map((name) => `../${name}`).join(' '));
  expect(found.map(({ name }) => name)).toEqual(['../a', '../b', '../c', '../d']);
  expect(notes).toEqual(['../e is left out: a prompt brings 4 references at most. Name it again.']);
});

test('the names of the config that a prompt can say', () => {
  const open = { 'references.cli': '~/cli', 'references.my app': '~/app', 'bindings.x': 'x' };
  expect(projectNames(open)).toEqual(['cli']);
});
