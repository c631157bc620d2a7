import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lintProject } from './lint-project.ts';

const source = join(import.meta.dirname, '../../source');

/** Importing file, what it may import, what it may not. */
const table: readonly [file: string, may: readonly string[], mayNot: readonly string[]][] = [
  [
    'session/queue.ts',
    ['./events.ts'],
    [
      'node:fs',
      'zustand/vanilla',
      '../engine/ports.ts',
      '../ui/app.tsx',
      '../wire.ts',
      './../engine/engine.ts',
    ],
  ],
  [
    'session/slices/queue.ts',
    ['./a.ts', '../events.ts'],
    ['../../engine/ports.ts', '../../ui/app.tsx', 'node:fs'],
  ],
  [
    'engine/engine.ts',
    ['./ports.ts', '../session/state.ts', 'zustand/vanilla'],
    ['zustand', 'node:fs', 'openai', '../ui/app.tsx', '../journal/codec.ts', '../tools/ship.ts', '../cli.ts'],
  ],
  [
    'engine/ship/plan.ts',
    ['../ports.ts', '../../session/state.ts'],
    ['../../journal/codec.ts', '../wire.ts', 'node:fs'],
  ],
  [
    'journal/codec.ts',
    [
      './blobs.ts',
      '../session/events.ts',
      '../engine/bytes.ts',
      '../engine/ports.ts',
      '../engine/errors.ts',
      'node:fs',
      'node:fs/promises',
    ],
    ['../engine/engine.ts', '../engine/store.ts', '../ui/app.tsx', 'zustand/vanilla', 'simple-git', 'fs'],
  ],
  [
    'tools/apply-patch.ts',
    [
      './ship.ts',
      '../engine/bytes.ts',
      '../engine/ports.ts',
      '../engine/errors.ts',
      '../processes/process-tree.ts',
      'node:fs',
      'diff',
    ],
    [
      '../session/state.ts',
      '../engine/engine.ts',
      '../project/config.ts',
      '../services/git.ts',
      '../ui/app.tsx',
      'ink',
    ],
  ],
  [
    'tools/patch/parse.ts',
    ['../ship.ts', '../../engine/ports.ts'],
    ['../../session/state.ts', '../../ui/app.tsx', 'openai'],
  ],
  [
    'runners/vitest.ts',
    ['./tap.ts', '../engine/ports.ts', 'node:path'],
    ['../project/config.ts', '../session/tests.ts', '../ui/app.tsx', 'smol-toml'],
  ],
  [
    'processes/process-tree.ts',
    ['node:child_process'],
    ['../engine/ports.ts', '../tools/ship.ts', '../services/pty.ts', 'node-pty'],
  ],
  [
    'services/git.ts',
    [
      '../processes/process-tree.ts',
      'simple-git',
      'openai',
      'openai/resources/responses/responses',
      'node-pty',
      '@xterm/headless',
      'get-east-asian-width',
      '../engine/bytes.ts',
      '../engine/file-stat.ts',
      '../engine/ports.ts',
    ],
    ['../session/events.ts', '../project/config.ts', '../tools/ship.ts', '../ui/app.tsx', 'ink', 'zustand'],
  ],
  [
    'project/config.ts',
    ['smol-toml', '../runners/vitest.ts', '../engine/errors.ts', 'node:fs/promises', './trust.ts'],
    [
      '../session/state.ts',
      '../tools/ship.ts',
      '../services/git.ts',
      '../ui/app.tsx',
      'openai',
      'simple-git',
    ],
  ],
  [
    'headless/run.ts',
    ['./print.ts', '../session/state.ts', '../engine/ports.ts', 'node:util'],
    [
      '../engine/engine.ts',
      '../engine/errors.ts',
      '../ui/app.tsx',
      '../project/config.ts',
      'ink',
      'react',
      'zustand/vanilla',
    ],
  ],
  [
    'demo/project.ts',
    ['./model-server.ts', 'node:http'],
    ['../engine/ports.ts', '../session/events.ts', '../ui/app.tsx', 'openai'],
  ],
  [
    'ui/app.tsx',
    [
      './panes/tests.ts',
      '../session/state.ts',
      '../engine/ports.ts',
      '../../themes/dark.json',
      'node:stream',
      ...[
        'ink',
        'react',
        'react/jsx-runtime',
        'zustand',
        'zustand/vanilla',
        'zustand/react/shallow',
        'marked',
        'diff',
        'get-east-asian-width',
        'string-width',
      ],
      ...['highlight.js', 'highlight.js/lib/core', 'highlight.js/lib/languages/bash'],
    ],
    [
      '../engine/store.ts',
      '../headless/run.ts',
      '../services/git.ts',
      '../wire.ts',
      '../args.ts',
      'node:fs',
      'openai',
    ],
  ],
  [
    'ui/panes/tests.ts',
    [
      '../app.tsx',
      '../text/rows.ts',
      './a.tsx',
      '../../session/state.ts',
      '../../engine/ports.ts',
      '../../../themes/dark.json',
    ],
    [
      '../../engine/store.ts',
      '../../services/git.ts',
      '../../cli.ts',
      '../../../bench/bench.ts',
      'node:child_process',
    ],
  ],
  ['args.ts', ['node:util'], ['./wire.ts', 'node:fs', './engine/ports.ts']],
  ['wire.ts', ['./ui/start.tsx', './engine/engine.ts', './demo/project.ts', 'node:os'], []],
];

test('the arrows between the folders of source hold', { timeout: 120_000 }, async () => {
  const files = Object.fromEntries(
    table.map(([file, may, mayNot]) => [`source/${file}`, [...may, ...mayNot].map(statement).join('')]),
  );
  const findings = await lintProject(files);
  const refused = (file: string): string[] =>
    findings
      .filter((each) => each.path === `source/${file}` && each.rule === 'style/noRestrictedImports')
      .map((each) => importsOf(file)[each.line - 1] ?? '');

  const expected = Object.fromEntries(table.map(([file, , mayNot]) => [file, mayNot.toSorted()]));
  const actual = Object.fromEntries(table.map(([file]) => [file, refused(file).toSorted()]));
  expect(actual).toEqual(expected);
});

/** The kinds of import take turns, so that each is proven. */
function statement(from: string, index: number): string {
  const kinds = [
    `import type { A${index} } from '${from}';\n`,
    `import { b${index} } from '${from}';\n`,
    `export const c${index} = () => import('${from}');\n`,
  ];
  return kinds[index % kinds.length] ?? '';
}

function importsOf(file: string): readonly string[] {
  const row = table.find((each) => each[0] === file);
  return [...(row?.[1] ?? []), ...(row?.[2] ?? [])];
}

test('source has four files and the folders that the arrows know', async () => {
  const known = new Set(table.map(([file]) => file.split('/')[0]));
  const entries = await readdir(source);
  // Those that may see everything: the wiring's ends.
  const ends = ['cli.ts', 'opening.ts', 'faces'];
  expect(entries.filter((each) => !known.has(each) && !ends.includes(each))).toEqual([]);
});

test('an SDK is run by one file of services, and no file knows two', async () => {
  const files = (await readdir(join(source, 'services'))).filter((file) => file.endsWith('.ts'));
  const runs: string[] = [];
  for (const file of files) {
    const text = await readFile(join(source, 'services', file), 'utf8');
    const known = text.matchAll(
      /^import (type)?.* from '(openai|node-pty|simple-git|@xterm\/headless)\b|await import\('(.*)'\)/gm,
    );
    const sdks = [...known].map(([, type, imported, loaded]) => ({
      sdk: imported ?? loaded ?? '',
      type: type !== undefined,
    }));
    expect.soft(new Set(sdks.map((each) => each.sdk)).size, file).toBeLessThan(2);
    runs.push(...new Set(sdks.filter((each) => !each.type).map((each) => each.sdk)));
  }
  expect(runs.toSorted()).toEqual([...new Set(runs)].toSorted());
});
