// What manifests of each ecosystem say when they change: dependencies added, removed, moved by a major version.
import { describe, expect, test } from 'vitest';
import { dependencyChanges } from '../../../source/project/decisions/manifests.ts';

function told(path: string, before: string | null, after: string | null): string[] {
  return dependencyChanges([{ path, before, after }]).map(({ name, from, to }) => {
    if (from === undefined) return `+${name} ${to}`.trim();
    return to === undefined ? `-${name}` : `${name} ${from} -> ${to}`;
  });
}

const npm = `{
  "name": "web", "version": "1.0.0", "engines": { "node": ">=22" }, "packageManager": "pnpm@10.1.0",
  "scripts": { "build": "tsc" },
  "dependencies": { "react": "^18.3.1", "yup": "^1.4.0", "@acme/core": "workspace:*", "next": "canary" },
  "devDependencies": { "vitest": "~3.1.2" },
  "overrides": { "semver": "7.7.1" }
}`;
const cargo = `[package]
name = "tool"
version = "0.3.0"
edition = "2021"

[dependencies]
serde = { version = "1.0.219", features = ["derive"] }
anyhow = "1"
core = { path = "../core" }
macros = { path = "../macros", version = "0.7" }
log.workspace = true

[target.'cfg(unix)'.dependencies]
nix = "0.29"

[dev-dependencies]
criterion = { version = "0.5" }
`;
const goMod = `module example.com/tool

go 1.24

require github.com/spf13/cobra v1.9.1
require (
\tgithub.com/jackc/pgx/v5 v5.7.2
\tgopkg.in/yaml.v2 v2.4.0
\tgolang.org/x/sys v0.30.0 // indirect
\tgolang.org/x/text v0.22.0 // indirect; for sys
\texample.com/core v0.3.0
\texample.com/more v0.3.0
)

replace example.com/core => ../core
replace (
\texample.com/more v0.3.0 => ./more
\tgithub.com/spf13/cobra => github.com/acme/cobra v1.9.2
)
`;
const pyproject = `[build-system]
requires = ["hatchling"]

[project]
name = "app"
requires-python = ">=3.12"
dependencies = ["Django>=4.2,<5", "httpx[http2] ~= 0.27", 'tomli; python_version < "3.11"']

[project.optional-dependencies]
docs = ["sphinx"]

[dependency-groups]
dev = ["pytest>=8", {include-group = "docs"}]

[tool.ruff]
line-length = 110
`;
const poetry = `[tool.poetry.dependencies]
python = "^3.12"
flask = "^3.0"
shared = { path = "../shared" }

[tool.poetry.group.dev.dependencies]
black = { version = "^24.1", extras = ["d"] }
`;
const requirements = `# of the app
-r base.txt
--index-url https://pypi.org/simple
Django==4.2.11  # long-term support
requests[socks]>=2.31 ; python_version > "3.8"
-e ./core
https://example.com/a.whl
`;
const gradle = `plugins {
    id("org.springframework.boot") version "3.4.2"
    kotlin("jvm") version "2.1.0"
}
dependencies {
    implementation("com.squareup.okhttp3:okhttp:4.12.0")
    // implementation("com.old:gone:1.0")
    api project(':core')
    testImplementation platform('org.junit:junit-bom:5.11.4')
    implementation(libs.moshi)
    runtimeOnly group: 'org.postgresql', name: 'postgresql', version: '42.7.5'
}
tasks.register("a") { description = "one:two:3" }
`;
const catalog = `[versions]
okhttp = "4.12.0"

[libraries]
okhttp = { module = "com.squareup.okhttp3:okhttp", version.ref = "okhttp" }
moshi = "com.squareup.moshi:moshi:1.15.2"

[plugins]
android = { id = "com.android.application", version = "8.8.0" }
`;
const pom = `<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>parent</artifactId><version>3.4.2</version></parent>
  <groupId>com.acme</groupId><artifactId>app</artifactId><version>1.0</version>
  <properties><guava.version>33.4.0-jre</guava.version></properties>
  <dependencies>
    <dependency><groupId>com.google.guava</groupId><artifactId>guava</artifactId><version>\${guava.version}</version>
      <exclusions><exclusion><groupId>a</groupId><artifactId>b</artifactId></exclusion></exclusions></dependency>
    <dependency><groupId>com.acme</groupId><artifactId>core</artifactId><version>\${project.version}</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-jar-plugin</artifactId><version>3.4.2</version></plugin></plugins></build>
</project>`;
const gemfile = `source 'https://rubygems.org'
ruby '3.4.1'
gem 'rails', '~> 7.2.1'
gem "pg"
# gem 'old', '1'
group :test do
  gem 'rspec-rails', '>= 6.0', require: false
end
gem 'core', path: '../core'
`;

const swap = (text: string, from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

describe('a new manifest adds what it asks for of others', () => {
  test.each<[string, string, string[]]>([
    ['package.json', npm, ['+react ^18.3.1', '+yup ^1.4.0', '+next canary', '+vitest ~3.1.2']],
    ['crates/a/Cargo.toml', cargo, ['+serde 1.0.219', '+anyhow 1', '+criterion 0.5', '+nix 0.29']],
    [
      'go.mod',
      goMod,
      ['+github.com/spf13/cobra v1.9.1', '+github.com/jackc/pgx v5.7.2', '+gopkg.in/yaml v2.4.0'],
    ],
    [
      'pyproject.toml',
      pyproject,
      ['+hatchling', '+django >=4.2,<5', '+httpx ~= 0.27', '+tomli', '+sphinx', '+pytest >=8'],
    ],
    ['api/pyproject.toml', poetry, ['+flask ^3.0', '+black ^24.1']],
    ['requirements-dev.txt', requirements, ['+django ==4.2.11', '+requests >=2.31']],
    [
      'app/build.gradle.kts',
      gradle,
      [
        '+com.squareup.okhttp3:okhttp 4.12.0',
        '+org.junit:junit-bom 5.11.4',
        '+org.postgresql:postgresql 42.7.5',
        '+org.springframework.boot 3.4.2',
        '+org.jetbrains.kotlin.jvm 2.1.0',
      ],
    ],
    [
      'gradle/libs.versions.toml',
      catalog,
      [
        '+com.squareup.okhttp3:okhttp 4.12.0',
        '+com.squareup.moshi:moshi 1.15.2',
        '+com.android.application 8.8.0',
      ],
    ],
    [
      'pom.xml',
      pom,
      [
        '+org.springframework.boot:parent 3.4.2',
        '+com.google.guava:guava 33.4.0-jre',
        '+org.apache.maven.plugins:maven-jar-plugin 3.4.2',
      ],
    ],
    ['Gemfile', gemfile, ['+rails ~> 7.2.1', '+pg', '+rspec-rails >= 6.0']],
    [
      'a.gemspec',
      "Gem::Specification.new do |s|\n  s.add_dependency 'thor', '~> 1.3'\nend\n",
      ['+thor ~> 1.3'],
    ],
  ])('%s', (path, text, added) => {
    expect(told(path, null, text)).toEqual(added);
    expect(told(path, text, text)).toEqual([]);
    expect(told(path, text, null)).toEqual(added.map((each) => each.replace(/^\+(\S+).*/, '-$1')));
  });
});

describe('only another major version is a move', () => {
  test.each<[string, string, string, string, string[]]>([
    ['package.json', npm, '"react": "^18.3.1"', '"react": "^19.1.0"', ['react ^18.3.1 -> ^19.1.0']],
    ['package.json', npm, '"react": "^18.3.1"', '"react": ">=18.4.0"', []],
    ['package.json', npm, '"next": "canary"', '"next": "15.2.0"', []],
    ['package.json', npm, '"node": ">=22"', '"node": ">=24"', []],
    ['package.json', npm, '"semver": "7.7.1"', '"semver": "8.0.0"', []],
    ['package.json', npm, 'pnpm@10', 'pnpm@11', []],
    ['Cargo.toml', cargo, 'anyhow = "1"', 'anyhow = { version = "2.0" }', ['anyhow 1 -> 2.0']],
    ['Cargo.toml', cargo, 'version = "0.3.0"', 'version = "1.0.0"', []],
    ['Cargo.toml', cargo, 'features = ["derive"]', 'features = ["rc"]', []],
    ['go.mod', goMod, 'pgx/v5 v5.7.2', 'pgx/v6 v6.0.0', ['github.com/jackc/pgx v5.7.2 -> v6.0.0']],
    ['go.mod', goMod, 'yaml.v2 v2.4.0', 'yaml.v3 v3.0.1', ['gopkg.in/yaml v2.4.0 -> v3.0.1']],
    ['go.mod', goMod, 'v1.9.1', 'v1.10.0', []],
    ['go.mod', goMod, 'v0.30.0 //', 'v1.0.0 //', []],
    ['pyproject.toml', pyproject, '>=4.2,<5', '>=5.1,<6', ['django >=4.2,<5 -> >=5.1,<6']],
    ['pyproject.toml', pyproject, 'Django>=4.2,<5', 'django >=4.3', []],
    ['requirements.txt', requirements, '==4.2.11', '==5.0.1', ['django ==4.2.11 -> ==5.0.1']],
    [
      'build.gradle',
      gradle,
      'okhttp:4.12.0',
      'okhttp:5.0.0',
      ['com.squareup.okhttp3:okhttp 4.12.0 -> 5.0.0'],
    ],
    [
      'gradle/libs.versions.toml',
      catalog,
      '"4.12.0"',
      '"5.0.0"',
      ['com.squareup.okhttp3:okhttp 4.12.0 -> 5.0.0'],
    ],
    ['pom.xml', pom, '33.4.0-jre', '34.0.0-jre', ['com.google.guava:guava 33.4.0-jre -> 34.0.0-jre']],
    ['Gemfile', gemfile, '~> 7.2.1', '~> 8.0.1', ['rails ~> 7.2.1 -> ~> 8.0.1']],
    ['Gemfile', gemfile, "'3.4.1'", "'4.0.0'", []],
  ])('%s: %#', (path, text, from, to, moved) => {
    expect(told(path, text, swap(text, from, to))).toEqual(moved);
  });
});

test('another layout, another order and another section are no change', () => {
  const { dependencies, ...rest } = JSON.parse(npm);
  const { yup, ...others } = dependencies;
  const after = JSON.stringify({
    ...rest,
    dependencies: others,
    devDependencies: { yup, ...rest.devDependencies },
  });
  expect(told('package.json', npm, after)).toEqual([]);
});

test('what only moved from one manifest to another is no change', () => {
  const moved = [
    { path: 'packages/a/package.json', before: npm, after: null },
    { path: 'packages/b/package.json', before: null, after: npm.replace('"web"', '"site"') },
    { path: 'app/build.gradle', before: gradle, after: gradle.replace(/.*okhttp.*\n/, '') },
    { path: 'gradle/libs.versions.toml', before: catalog.replace(/.*okhttp.*\n/g, ''), after: catalog },
  ];
  expect(dependencyChanges(moved)).toEqual([]);
});

test.each([
  ['package-lock.json', npm],
  ['Cargo.lock', cargo],
  ['test/fixtures/a/package.json', npm],
  ['node_modules/a/package.json', npm],
  ['bundle/ruby/3.0.0/gems/aruba-0.14.14/aruba.gemspec', gemfile],
  ['requirements.txt', '# This file is autogenerated by pip-compile\ndjango==5.0\n'],
  ['requirements.txt', 'django==5.0 --hash=sha256:00\n'],
  ['package.json', '{ "dependencies": '],
  ['package.json', '[]'],
  ['package.json', '{ "dependencies": ["a"], "devDependencies": { "b": 1 } }'],
  ['Cargo.toml', 'dependencies = 3\n'],
  ['pyproject.toml', '[project]\ndependencies = "a"\n'],
  ['go.mod', ''],
])('%s of %j says nothing', (path, text) => {
  expect(told(path, null, text)).toEqual([]);
});

test.each([
  ['pom.xml', '<dependency>'],
  ['pom.xml', '<properties><a>'],
  ['pom.xml', '<!--'],
  ['build.gradle', '/*'],
  ['build.gradle', 'implementation '],
  ['go.mod', 'require a '],
  ['go.mod', '     '],
  ['requirements.txt', 'a [ '],
  ['requirements.txt', '     '],
  ['Gemfile', 'gem '],
  ['package.json', '{"dependencies":'],
  ['Cargo.toml', '[a.'],
])('%s full of %j says nothing, before the test runs out of time', (path, piece) => {
  for (const separator of ['', '\n']) {
    const text = `${piece}${separator}`.repeat(400_000 / (piece.length + separator.length));
    expect(told(path, null, text)).toEqual([]);
  }
});
