// The `test` script of a package.json, run by the package manager that the project uses.
import { watchOff } from '../runners/read-output.ts';
import type { Root } from './root.ts';

/** A command that runs tests. `runs`: the script behind it, by which the runner is known. */
export interface Found {
  readonly command: string;
  readonly runs?: string;
}

type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

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

/** Undefined where there is no script, or only the one that `npm init` puts there. */
export async function readPackageScript(root: Root): Promise<Found | undefined> {
  const manifest = parseManifest(await root.read('package.json'));
  const script = manifest.script?.trim();
  if (!script || script.includes('no test specified')) return undefined;
  const locked = lockfiles.find(([name]) => root.has(name))?.[1];
  const manager = locked ?? manifest.manager ?? 'npm';
  const off = watchOff(script);
  const separator = manager === 'npm' ? ' -- ' : ' ';
  return { command: commands[manager] + (off === '' ? '' : separator + off), runs: script };
}

/** A manifest that cannot be read has no script; whoever runs it will say what is wrong with it. */
function parseManifest(text: string): { script?: string; manager?: Manager } {
  const manifest = parseObject(text);
  const script = asRecord(manifest.scripts).test;
  const manager = Object.keys(commands).find((name) =>
    String(manifest.packageManager).startsWith(`${name}@`),
  );
  return {
    ...(typeof script === 'string' && { script }),
    ...(manager !== undefined && { manager: manager as Manager }),
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
