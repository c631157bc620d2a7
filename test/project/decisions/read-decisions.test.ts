// The decisions that a commit's diff tells, and those that it does not.
import { describe, expect, test } from 'vitest';
import { decisionReader } from '../../../source/project/decisions/read-decisions.ts';

type Stated = Parameters<typeof decisionReader.decisions>[0]['stated'];

interface Changed {
  readonly [path: string]: readonly [before: string | null, after: string | null];
}

function told(
  changed: Changed,
  folders: readonly string[] | null = ['source'],
  stated: Stated = [],
): string[] {
  const all = Object.entries(changed);
  const paths = all.map(([path, [before, after]]) => ({
    path,
    change:
      before === null ? ('added' as const) : after === null ? ('removed' as const) : ('changed' as const),
  }));
  const files = all
    .filter(([path]) => decisionReader.isReadable(path))
    .map(([path, [before, after]]) => ({ path, before, after }));
  return decisionReader
    .decisions({ paths, files, folders, stated })
    .map(({ chose, over, why }) => `${chose}${over ? ` over ${over}` : ''}: ${why}`);
}

const manifest = (...names: readonly string[]): string =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '^1.0.0'])) });

describe('dependencies', () => {
  test('are told one by one while they are few, and as one beyond', () => {
    const after = JSON.stringify({ dependencies: { zod: '^4.0.0', react: '^19.0.0' } });
    const before = JSON.stringify({ dependencies: { yup: '^1.0.0', react: '^18.0.0' } });
    expect(told({ 'package.json': [before, after] })).toEqual([
      'zod ^4.0.0: added to package.json',
      'react ^19.0.0 over ^18.0.0: major version in package.json',
      'without yup: removed from package.json',
    ]);
    const names = Array.from({ length: 9 }, (_, nth) => `p${nth}`);
    expect(
      told({ 'web/package.json': [null, manifest(...names)], 'package.json': [null, manifest('x')] }),
    ).toEqual([
      '10 dependencies: p0, p1, p2, p3, p4, p5, p6, p7, … added to web/package.json and 1 more',
      'web/: new folder at the top',
    ]);
  });

  test('that the model spoke of are not told again', () => {
    const stated = [{ chose: 'zod 4', over: 'Yup, which is slower', why: 'smaller' }];
    const change: Changed = { 'package.json': [manifest('yup'), manifest('zod', '@types/zod')] };
    expect(told(change, [], stated)).toEqual(['@types/zod ^1.0.0: added to package.json']);
    const go = 'module a\nrequire github.com/spf13/cobra v1.9.1\n';
    expect(told({ 'go.mod': ['module a\n', go] }, [], [{ chose: 'cobra.', why: 'x' }])).toEqual([]);
  });

  test('of a first commit are one bounded decision, and nothing else of it is one', () => {
    const first: Changed = {
      'package.json': [null, manifest('a', 'b', 'c', 'd')],
      Dockerfile: [null, 'FROM node:24\n'],
      'source/a.ts': [null, ''],
    };
    expect(told(first, null)).toEqual(['4 dependencies: a, b, c, d added to package.json']);
  });
});

describe('files that decide by themselves', () => {
  test.each<[string, string | null, string | null, string[]]>([
    ['db/migrate/20250102_add_users.rb', null, 'class A', ['migration added']],
    ['prisma/migrations/2025_a/migration.sql', null, 'create', ['migration added']],
    ['app/migrations/0007_users.py', null, 'x', ['migration added']],
    ['app/migrations/__init__.py', null, '', []],
    ['source/migrations/plan.ts', null, 'x', []],
    [
      'prisma/schema.prisma',
      'model A {\n  id Int\n}\n',
      'model A {\n  id Int\n  name String\n}\n',
      ['schema changed'],
    ],
    ['prisma/schema.prisma', 'model A {\n  id Int\n}\n', 'model A { // one\n    id   Int\n}\n', []],
    ['api/user.proto', null, 'message A {}', ['schema added']],
    ['.github/workflows/ci.yml', 'on: push\n', 'on: [push]\n', ['CI changed']],
    ['.github/workflows/ci.yml', 'on: push # a\n', '# b\n\non:   push\n', []],
    ['.github/CODEOWNERS', null, '* @a', []],
    ['.ci/run', 'x', null, ['CI removed']],
    ['Dockerfile', 'FROM node:22\n', 'FROM node:24\n', ['container changed']],
    ['docker/compose.yaml', null, 'services: {}', ['container added']],
    ['Makefile', null, 'a:\n', ['build added']],
    ['Makefile', 'a:\n', 'b:\n', []],
    ['vite.config.ts', null, 'x', ['build added']],
    ['test/fixtures/Dockerfile', null, 'x', []],
    ['source/compose.ts', null, 'x', []],
  ])('%s from %j to %j', (path, before, after, why) => {
    const [top = ''] = path.split('/');
    expect(told({ [path]: [before, after] }, [top])).toEqual(why.map((each) => `${path}: ${each}`));
  });

  test('are none where they only moved', () => {
    const moved: Changed = {
      Dockerfile: ['FROM node:24\n', null],
      'docker/Dockerfile': [null, 'FROM node:24\n'],
    };
    expect(told(moved)).toEqual([]);
  });

  test('are told once where the model named them, and as one where they are many', () => {
    const changed: Changed = { Dockerfile: ['FROM a\n', 'FROM b\n'] };
    expect(told(changed, [], [{ chose: 'alpine in the Dockerfile', why: 'smaller' }])).toEqual([]);
    const many = Object.fromEntries(
      [1, 2, 3, 4].map((nth): [string, [null, string]] => [`migrations/000${nth}.sql`, [null, '']]),
    );
    expect(told(many, ['migrations'])).toEqual([
      '4 files: migrations/0001.sql, migrations/0002.sql, migrations/0003.sql, migrations/0004.sql: migration added',
    ]);
  });
});

describe('a folder at the top', () => {
  test('is a decision when it is new, unless its files only moved or it is hidden', () => {
    const file: readonly [null, string] = [null, 'x'];
    expect(told({ 'web/a.ts': file, 'web/b.ts': file, 'source/c.ts': file, 'd.ts': file })).toEqual([
      'web/: new folder at the top',
    ]);
    expect(told({ 'lib/a.ts': file, 'source/a.ts': ['x', null] })).toEqual([]);
    expect(told({ '.vscode/settings.json': file })).toEqual([]);
  });
});
