// Collects what people have written down for agents: their own AGENTS.md and those of the project.
import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { realInside } from './inside.ts';
import { readText } from './read-text.ts';

/** Of all files together; the limit that AGENTS.md files are written for elsewhere too. */
const BYTES = 32 * 1_024;
/** Between the person's own file and the project's, as other agents write it. */
const SEPARATOR = '\n\n--- project-doc ---\n\n';
/** The first one found in a folder counts. */
const NAMES = ['AGENTS.override.md', 'AGENTS.md'];

export interface InstructionPlaces {
  /** Root of the worktree, and the folder in it where hullspeed was started. */
  readonly root: string;
  readonly cwd: string;
  readonly home: string;
  /** hullspeed's config folder. */
  readonly config: string;
}

interface Found {
  readonly path: string;
  readonly text: string;
}

/**
 * The person's own file, then one a folder from the root down to `cwd`; '' where there are none. What exceeds 32 KiB is
 * cut, and a last line says so. Links are followed within the worktree only: a project must not show other files.
 */
export async function readInstructions({ root, cwd, home, config }: InstructionPlaces): Promise<string> {
  const own = await firstText([join(config, 'AGENTS.md'), join(home, '.codex', 'AGENTS.md')]);
  const realRoot = await realpath(root);
  const project: Found[] = [];
  for (const folder of await foldersBetween(realRoot, cwd)) {
    const inside = await Promise.all(NAMES.map((name) => realInside(realRoot, join(folder, name))));
    const found = await firstText(inside.filter((path) => path !== undefined));
    if (found !== undefined) project.push(found);
  }
  return joinWithin(BYTES, own, project);
}

/** From the root down to `cwd`; the root alone where `cwd` is not below it. */
async function foldersBetween(root: string, cwd: string): Promise<string[]> {
  const way = relative(root, await realpath(cwd));
  if (way === '' || way === '..' || way.startsWith(`..${sep}`)) return [root];
  const names = way.split(sep);
  return [root, ...names.map((_, index) => join(root, ...names.slice(0, index + 1)))];
}

async function firstText(paths: readonly string[]): Promise<Found | undefined> {
  for (const path of paths) {
    const text = await readText(path);
    if (text !== undefined) return { path, text: text.trim() };
  }
  return undefined;
}

function joinWithin(bytes: number, own: Found | undefined, project: readonly Found[]): string {
  let left = bytes;
  const cut: string[] = [];
  const take = ({ path, text }: Found): string => {
    const whole = Buffer.from(text);
    const kept = whole.subarray(0, left);
    left -= kept.length;
    if (kept.length < whole.length) cut.push(path);
    // Streaming leaves out a character that the cut went through.
    return new TextDecoder().decode(kept, { stream: true });
  };
  const ownText = own === undefined ? '' : take(own);
  const projectText = project.map(take).filter((text) => text !== '');
  const all = [ownText, projectText.join('\n\n')].filter((text) => text !== '').join(SEPARATOR);
  return cut.length === 0
    ? all
    : `${all}\n\n(Cut at ${bytes / 1_024} KiB in all; not all is here of: ${cut.join(', ')})`;
}
