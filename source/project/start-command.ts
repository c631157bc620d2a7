// Finds how a project is started, for the person who wants to see it run. Reads only; executes nothing.
import type { StartCommand } from '../engine/ports.ts';
import { readStartScript } from './package-script.ts';
import { openRoot, type Root } from './root.ts';
import { hasRecipe, hasTarget } from './targets.ts';

interface Detector {
  readonly source: string;
  find(root: Root): Promise<string | undefined>;
}

/** Targets and tasks that start something, in the order in which they are looked for. */
const NAMES = ['run', 'start', 'dev', 'serve'];

/** In their order: what the project says itself, then what its language does. */
const detectors: readonly Detector[] = [
  { source: 'package.json', find: readStartScript },
  { source: 'Makefile', find: (root) => firstNamed('make', (name) => hasTarget(root, name)) },
  { source: 'justfile', find: (root) => firstNamed('just', (name) => hasRecipe(root, name)) },
  { source: 'deno.json', find: findDenoTask },
  {
    source: 'bin/rails',
    find: async (root) => ((await root.list('bin')).includes('rails') ? 'bin/rails server' : undefined),
  },
  { source: 'Cargo.toml', find: findCargo },
  { source: 'go.mod', find: findGo },
  { source: 'Python', find: findPython },
  { source: 'Package.swift', find: async (root) => (root.has('Package.swift') ? 'swift run' : undefined) },
  { source: 'build.zig', find: async (root) => (root.has('build.zig') ? 'zig build run' : undefined) },
  { source: 'mix.exs', find: findMix },
  { source: 'Gradle', find: findGradle },
  { source: 'pom.xml', find: findMaven },
];

/** `configured`: `run.command` of the config, which comes before all that is found. Undefined where nothing is. */
export async function findStartCommand(
  folder: string,
  configured?: string,
): Promise<StartCommand | undefined> {
  if (configured !== undefined) return { command: configured, source: 'config' };
  const root = await openRoot(folder);
  for (const { source, find } of detectors) {
    const command = await find(root);
    if (command !== undefined) return { command, source };
  }
  return undefined;
}

async function firstNamed(
  runner: string,
  has: (name: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const name of NAMES) if (await has(name)) return `${runner} ${name}`;
  return undefined;
}

/** Read without a parser, because comments are allowed in it. */
async function findDenoTask(root: Root): Promise<string | undefined> {
  const config = ['deno.json', 'deno.jsonc'].find((name) => root.has(name));
  if (config === undefined) return undefined;
  const tasks = /"tasks"\s*:\s*\{([^}]*)\}?/.exec(await root.read(config))?.[1] ?? '';
  const name = ['dev', 'start', 'run', 'serve'].find((each) => new RegExp(`"${each}"\\s*:`).test(tasks));
  return name === undefined ? undefined : `deno task ${name}`;
}

/** A library has nothing to run. */
async function findCargo(root: Root): Promise<string | undefined> {
  if (!root.has('Cargo.toml')) return undefined;
  const runs = /^\[\[bin\]\]|^default-run\b/m.test(await root.read('Cargo.toml'));
  return runs || (await root.list('src')).some((name) => name === 'main.rs' || name === 'bin')
    ? 'cargo run'
    : undefined;
}

async function findGo(root: Root): Promise<string | undefined> {
  if (!root.has('go.mod')) return undefined;
  if (root.has('main.go')) return 'go run .';
  const [only, ...others] = await root.list('cmd');
  return only !== undefined && others.length === 0 && /^[\w-]+$/.test(only)
    ? `go run ./cmd/${only}`
    : undefined;
}

async function findPython(root: Root): Promise<string | undefined> {
  const script = ['manage.py', '__main__.py', 'main.py', 'app.py'].find((name) => root.has(name));
  if (script === undefined) return undefined;
  const file = script === 'manage.py' ? 'manage.py runserver' : script === '__main__.py' ? '.' : script;
  if (root.has('uv.lock')) return `uv run ${file === '.' ? 'python .' : file}`;
  if (root.has('poetry.lock')) return `poetry run python ${file}`;
  return root.has('.venv') ? `.venv/bin/python ${file}` : `python3 ${file}`;
}

async function findMix(root: Root): Promise<string | undefined> {
  if (!root.has('mix.exs')) return undefined;
  return /:phoenix\b/.test(await root.read('mix.exs')) ? 'mix phx.server' : 'mix run --no-halt';
}

async function findGradle(root: Root): Promise<string | undefined> {
  const text = (await root.read('build.gradle')) + (await root.read('build.gradle.kts'));
  const gradle = root.has('gradlew') ? './gradlew' : 'gradle';
  if (/org\.springframework\.boot/.test(text)) return `${gradle} bootRun`;
  return /\bapplication\b/.test(text) ? `${gradle} run` : undefined;
}

async function findMaven(root: Root): Promise<string | undefined> {
  if (!/spring-boot-maven-plugin/.test(await root.read('pom.xml'))) return undefined;
  return `${root.has('mvnw') ? './mvnw' : 'mvn'} spring-boot:run`;
}
