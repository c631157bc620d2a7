// Dependencies that a patch adds, as its lines show them.
import { expect, test } from 'vitest';
import { decisionReader } from '../../../source/project/decisions/read-decisions.ts';
import { addedDependencies } from '../../../source/ui/rows/dependencies.ts';
import { readPatch } from '../../../source/ui/text/diff.ts';

test.each<[string, string, string[]]>([
  [
    'package.json',
    '+    "zod": "^4.6.0",\n+    "@a/b": "workspace:*",\n+    "test": "vitest run",',
    ['zod ^4.6.0'],
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

const manifests: Readonly<Record<string, string>> = {
  'package.json': `{
  "name": "web",
  "version": "1.0.0",
  "engines": {
    "vscode": "^1.90.0"
  },
  "scripts": {
    "build": "tsc"
  },
  "dependencies": {
    "zod": "^4.6.0",
    "@acme/core": "workspace:*",
    "next": "latest"
  },
  "overrides": {
    "semver": "7.7.1"
  }
}`,
  'Cargo.toml': `[package]
name = "tool"
version = "0.3.0"
edition = "2021"

[dependencies]
serde = { version = "1.0.219", features = ["derive"] }
core = { path = "../core" }
anyhow = "1"

[profile.release]
opt-level = "3"
`,
  'pyproject.toml': `[project]
name = "app"
requires-python = ">=3.12"
dependencies = [
  "httpx[http2]>=0.27",
  "rich",
]

[tool.ruff]
lines = "110"
select = [
  "E",
]
`,
  'go.mod': `module example.com/tool

go 1.24

require (
\tgithub.com/spf13/cobra v1.9.1
\tgolang.org/x/sys v0.30.0 // indirect
)

replace (
\texample.com/core/a v1.0.0 => ../core
)
`,
  'requirements.txt': '# of the app\nrequests[socks]>=2.31\n-r base.txt\n',
  Gemfile: "source 'https://rubygems.org'\ngem 'rails', '~> 8.0'\ngem 'core', path: '../core'\n",
  'test/fixtures/package.json': '{\n  "dependencies": {\n    "zod": "^4.6.0"\n  }\n}',
};

test.each(Object.entries(manifests))(
  'a new %s adds the same as it streams and when it is there',
  (path, text) => {
    const lines = text.replace(/^/gm, '+');
    const streamed = addedDependencies(
      readPatch(`*** Begin Patch\n*** Add File: ${path}\n${lines}\n*** End Patch`),
    );
    const applied = decisionReader.dependencies([{ path, before: null, after: text }]);
    expect(streamed.map(({ name }) => name)).toEqual(applied.map(({ name }) => name));
  },
);
