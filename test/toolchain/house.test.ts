import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lintProject } from './lint-project.ts';

const source = join(import.meta.dirname, '../../source');
const lines = (count: number, line: string): string => `${line}\n`.repeat(count);
const statements = (count: number): string =>
  Array.from({ length: count }, (_, index) => `export const a${index} = 1;\n`).join('');

/** What the code of the house must not do, as files and the rule that catches each. */
const forbidden: Readonly<Record<string, readonly [rule: string, content: string]>> = {
  'source/session/long-file.ts': ['style/noExcessiveLinesPerFile', statements(301)],
  'source/session/long-function.ts': [
    'complexity/noExcessiveLinesPerFunction',
    `export function long(): number[] {\n  const all: number[] = [];\n${lines(60, '  all.push(1);')}  return all;\n}\n`,
  ],
  'source/session/CamelCase.ts': ['style/useFilenamingConvention', 'export const a = 1;\n'],
  'source/session/default-export.ts': ['style/noDefaultExport', 'export default 1;\n'],
  'source/session/barrel.ts': ['performance/noBarrelFile', "export { a } from './enum.ts';\n"],
  'source/session/enum.ts': ['style/noEnum', 'export enum A {\n  One,\n}\n'],
  'source/session/loose.ts': ['suspicious/noExplicitAny', 'export const a = (b: any): unknown => b;\n'],
  'source/session/certain.ts': [
    'style/noNonNullAssertion',
    'export const a = (b: string[]): number => b[0]!.length;\n',
  ],
  'source/session/property.ts': [
    'style/noParameterProperties',
    'export class A {\n  constructor(private readonly b: number) {\n    this.b;\n  }\n}\n',
  ],
  'source/session/bare.ts': [
    'correctness/useImportExtensions',
    "import { a } from './loose';\n\nexport const b = a;\n",
  ],
  'source/session/cycle-a.ts': [
    'suspicious/noImportCycles',
    "import { b } from './cycle-b.ts';\n\nexport const a = () => b;\n",
  ],
  'source/session/cycle-b.ts': [
    'suspicious/noImportCycles',
    "import { a } from './cycle-a.ts';\n\nexport const b = () => a;\n",
  ],
  'source/headless/loud.ts': ['suspicious/noConsole', "console.log('hello');\n"],
  'source/project/config.ts': ['style/noProcessEnv', 'export const home = process.env.HOME;\n'],
  'source/engine/floating.ts': [
    'nursery/noFloatingPromises',
    'async function later(): Promise<void> {}\n\nexport function now(): void {\n  later();\n}\n',
  ],
};

const allowed: Readonly<Record<string, string>> = {
  'source/session/just-fits.ts': statements(300),
  'source/project/environment.ts': 'export const home = process.env.HOME;\n',
  'source/cli.ts': 'export const home = process.env.HOME;\n',
  'test/session/long.test.ts': statements(400),
};

test('what the house forbids is a lint error', { timeout: 120_000 }, async () => {
  const bad = Object.entries(forbidden).map(([path, [, content]]) => [path, content] as const);
  const findings = await lintProject({ ...Object.fromEntries(bad), ...allowed });
  for (const [path, [rule]] of Object.entries(forbidden)) {
    expect
      .soft(
        findings.filter((each) => each.path === path).map((each) => each.rule),
        path,
      )
      .toContain(rule);
  }
  expect(findings.filter((each) => each.path in allowed)).toEqual([]);
});

test('every file of source says in its first line why it exists, and leaves nothing to do', async () => {
  for (const file of await readdir(source, { recursive: true })) {
    if (!/\.tsx?$/.test(file)) continue;
    const text = await readFile(join(source, file), 'utf8');
    expect.soft(text, file).toMatch(/^(#!.*\n)?(\/\/|\/\*\*?) /);
    expect.soft(text, file).not.toMatch(/(\/\/|\/\*|^ *\*)\s*(TODO|FIXME|XXX)\b/m);
  }
});
