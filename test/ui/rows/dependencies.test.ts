// Dependencies that a patch adds, as its lines show them.
import { expect, test } from 'vitest';
import { addedDependencies } from '../../../source/ui/rows/dependencies.ts';
import { readPatch } from '../../../source/ui/text/diff.ts';

test.each<[string, string, string[]]>([
  [
    'package.json',
    '+    "zod": "^4.6.0",\n+    "@a/b": "workspace:*",\n+    "test": "vitest run",',
    ['zod ^4.6.0', '@a/b workspace:*'],
  ],
  ['package.json', '-  "version": "1.0.0",\n+  "version": "1.1.0",\n+    "node": ">=22"', []],
  ['web/package.json', '-    "zod": "^3.0.0"\n+    "zod": "^4.0.0",\n+    "yup": "1"', ['yup 1']],
  [
    'Cargo.toml',
    '+serde = { version = "1.0", features = ["derive"] }\n+rand = "0.9"\n+edition = "2024"',
    ['serde 1.0', 'rand 0.9'],
  ],
  ['pyproject.toml', '+    "httpx>=0.27",\n+    "rich",\n+name = "x"', ['httpx >=0.27', 'rich ']],
  ['go.mod', '+\tgithub.com/spf13/cobra v1.9.1\n+go 1.24', ['github.com/spf13/cobra v1.9.1']],
  ['requirements-dev.txt', '+pytest==8.3\n+# a comment', ['pytest ==8.3']],
  ['Gemfile', "+gem 'rails', '~> 8.0'", ['rails ~> 8.0']],
  ['mix.exs', '+      {:jason, "~> 1.4"}', ['jason ~> 1.4']],
  ['source/package.ts', '+  "zod": "^4.6.0"', []],
  ['package.json', '+    "scripts": {\n+      "build": "tsc"', []],
])('%s: %j adds %j', (path, lines, added) => {
  const files = readPatch(`*** Begin Patch\n*** Update File: ${path}\n@@\n${lines}\n*** End Patch`);
  expect(addedDependencies(files).map(({ name, version }) => `${name} ${version}`)).toEqual(added);
});

test('half a line adds nothing yet', () => {
  const files = readPatch('*** Begin Patch\n*** Update File: package.json\n@@\n+    "zod": "^4.');
  expect(addedDependencies(files)).toEqual([]);
});
