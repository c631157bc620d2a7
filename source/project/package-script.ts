// The scripts of a package.json, run by the package manager that the project uses.
import { watchOff } from '../runners/read-output.ts';
import type { Root } from './root.ts';

/** A command that runs tests. `runs`: the script behind it, by which the runner is known. */
export interface Found {
  readonly command: string;
  readonly runs?: string;
}

export type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** `bun test` is Bun's own runner and would pass the script by. */
const commands: Readonly<Record<Manager, string>> = {
  npm: 'npm test',
  pnpm: 'pnpm test',
  yarn: 'yarn test',
  bun: 'bun run test',
};

const lockfiles: readonly (readonly [string, Manager])[] = [
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

/** Undefined where there is no script, or only the one that `npm init` puts there. `by`: the manager of its workspace. */
export async function readPackageScript(root: Root, by?: Manager): Promise<Found | undefined> {
  const { scripts, manager: own } = await readManifest(root);
  const manager = by ?? own;
  const script = scripts.test?.trim();
  if (!script || script.includes('no test specified')) return undefined;
  const off = watchOff(script);
  const separator = manager === 'npm' ? ' -- ' : ' ';
  return { command: commands[manager] + (off === '' ? '' : separator + off), runs: script };
}

/** The package manager that the project uses. */
export async function readManager(root: Root): Promise<Manager> {
  return (await readManifest(root)).manager;
}

/** The command that starts the project: what developers start, else what users do. */
export async function readStartScript(root: Root): Promise<string | undefined> {
  const { scripts, manager } = await readManifest(root);
  const name = ['dev', 'start'].find((each) => scripts[each]?.trim());
  if (name === undefined) return undefined;
  // `npm start` is short for it; `bun start` and `yarn dev` mean the script as well.
  return name === 'start' && manager !== 'bun' ? `${manager} start` : `${manager} run ${name}`;
}

/** A manifest that cannot be read has no scripts; whoever runs it will say what is wrong with it. */
async function readManifest(
  root: Root,
): Promise<{ readonly scripts: Readonly<Record<string, string | undefined>>; readonly manager: Manager }> {
  const manifest = parseObject(await root.read('package.json'));
  const scripts = Object.entries(asRecord(manifest.scripts)).filter(
    ([, script]) => typeof script === 'string',
  );
  const locked = lockfiles.find(([name]) => root.has(name))?.[1];
  const named = Object.keys(commands).find((name) => String(manifest.packageManager).startsWith(`${name}@`));
  return {
    scripts: Object.fromEntries(scripts) as Record<string, string>,
    manager: locked ?? (named as Manager | undefined) ?? 'npm',
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return {};
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
