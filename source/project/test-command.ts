// Finds how a project's tests are run from the files that lie in its root. Reads only; executes nothing.
import type { TestCommand } from '../engine/ports.ts';
import { runOnce } from '../runners/read-output.ts';
import { type Found, readPackageScript } from './package-script.ts';
import { openRoot, type Root } from './root.ts';
import type { Seen } from './seen.ts';
import { commandOf, type Suite, withSuites } from './suites.ts';
import { hasRecipe, hasTarget } from './targets.ts';
import { findSuites } from './workspaces.ts';

interface Detector {
  /** The file by which it is found, as the pane's header names it. */
  readonly source: string;
  find(root: Root): Promise<Found | string | undefined> | Found | string | undefined;
}

/**
 * In their order: what the project says itself, then what its language does. Where a runner would stop at the first
 * crate, module or file that fails, it is told to go on: a failure that is known must not hide a new one.
 */
const detectors: readonly Detector[] = [
  { source: 'package.json', find: readPackageScript },
  {
    source: 'Makefile',
    find: async (root) => ((await hasTarget(root, 'test')) ? 'make test' : undefined),
  },
  {
    source: 'justfile',
    find: async (root) => ((await hasRecipe(root, 'test')) ? 'just test' : undefined),
  },
  { source: 'Cargo.toml', find: findCargo },
  { source: 'go.mod', find: (root) => ifThere(root, ['go.mod'], 'go test ./...') },
  { source: 'pytest', find: findPytest },
  { source: 'Package.swift', find: (root) => ifThere(root, ['Package.swift'], 'swift test') },
  { source: 'build.zig', find: (root) => ifThere(root, ['build.zig'], 'zig build test') },
  { source: 'deno.json', find: findDeno },
  { source: 'bun', find: (root) => ifThere(root, ['bunfig.toml', 'bun.lock', 'bun.lockb'], 'bun test') },
  { source: 'Gradle', find: (root) => ifThere(root, ['gradlew'], './gradlew test --continue') },
  {
    source: 'Gradle',
    find: (root) => ifThere(root, ['build.gradle', 'build.gradle.kts'], 'gradle test --continue'),
  },
  { source: 'Maven', find: (root) => ifThere(root, ['mvnw'], './mvnw test --fail-at-end') },
  { source: 'Maven', find: (root) => ifThere(root, ['pom.xml'], 'mvn test --fail-at-end') },
  { source: 'mix.exs', find: (root) => ifThere(root, ['mix.exs'], 'mix test') },
];

/** `configured`: `tests.command` of the config, which comes before all that is found. Undefined where nothing is. */
export async function findTestCommand(
  folder: string,
  configured?: string,
  seen?: Seen,
): Promise<TestCommand | undefined> {
  if (configured !== undefined) return toCommand('config', { command: configured });
  const root = await openRoot(folder, seen);
  for (const { source, find } of detectors) {
    const found = await find(root);
    if (found !== undefined) return toCommand(source, typeof found === 'string' ? { command: found } : found);
  }
  return undefined;
}

/** `configured`: `tests.before_commit`. */
export function fastCommand(configured: string | undefined): TestCommand | null | undefined {
  if (configured === undefined) return undefined;
  return configured.trim() === 'none' ? null : toCommand('tests.before_commit', { command: configured });
}

/** What a ship asks of the config. */
export interface TestConfig {
  readonly command?: string;
  readonly suites: readonly Suite[];
  readonly skips: (path: string) => boolean;
}

/** The same with the suites of a repository that has several tests: those of the config, else its workspaces'. `seen`: told what is read. */
export async function findTests(
  folder: string,
  config: TestConfig,
  seen?: Seen,
): Promise<TestCommand | undefined> {
  const whole = await findTestCommand(folder, config.command, seen);
  if (config.suites.length > 0) return withSuites('config', config.suites, whole, config.skips);
  // Who configures a command means that one.
  const found = config.command === undefined ? await findSuites(folder, seen) : undefined;
  return found === undefined ? whole : withSuites(found.source, found.suites, whole, config.skips);
}

function toCommand(source: string, found: Found): TestCommand {
  return { source, ...commandOf(found) };
}

function ifThere(root: Root, names: readonly string[], command: string): string | undefined {
  return names.some((name) => root.has(name)) ? command : undefined;
}

/** Beside a package at the root the other members would not be tested. */
async function findCargo(root: Root): Promise<string | undefined> {
  if (!root.has('Cargo.toml')) return undefined;
  const workspace = /^\[workspace[\].]/m.test(await root.read('Cargo.toml'));
  return `cargo test ${workspace ? '--workspace ' : ''}--no-fail-fast`;
}

async function findPytest(root: Root): Promise<string | undefined> {
  if (!(await usesPytest(root))) return undefined;
  const pytest = 'pytest --continue-on-collection-errors';
  if (root.has('uv.lock')) return `uv run ${pytest}`;
  if (root.has('poetry.lock')) return `poetry run ${pytest}`;
  return root.has('.venv') ? `.venv/bin/python -m ${pytest}` : pytest;
}

async function usesPytest(root: Root): Promise<boolean> {
  if (root.has('pytest.ini') || root.has('conftest.py')) return true;
  if (/^\[tool\.pytest[.\]]/m.test(await root.read('pyproject.toml'))) return true;
  if (/^\[(?:tool:)?pytest\]/m.test((await root.read('setup.cfg')) + (await root.read('tox.ini'))))
    return true;
  const names = await Promise.all(['.', 'tests', 'test'].map((folder) => root.list(folder)));
  return names.flat().some((name) => /^test_.*\.py$|_test\.py$/.test(name));
}

/** A task that only watches is not run by its name but as it is written, without the watching. */
async function findDeno(root: Root): Promise<Found | string | undefined> {
  const config = ['deno.json', 'deno.jsonc'].find((name) => root.has(name));
  if (config === undefined) return undefined;
  // Read without a parser, because comments are allowed in it; a task may bring the permissions that the tests need.
  const tasks = /"tasks"\s*:\s*\{([^}]*)\}?/.exec(await root.read(config))?.[1] ?? '';
  if (!/"test"\s*:/.test(tasks)) return 'deno test';
  const task = /"test"\s*:\s*"([^"\\]+)"/.exec(tasks)?.[1] ?? 'deno test';
  const once = runOnce(task);
  return once === task ? { command: 'deno task test', runs: task } : once;
}
