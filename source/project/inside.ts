// Where a path lies: what stands outside of a project, or behind a link that leads out of it, is not the project's.
import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';

/** Whether a path is the folder or lies below it; both absolute and without links. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The real path where that is inside the real folder. */
export async function realInside(folder: string, path: string): Promise<string | undefined> {
  const real = await realpath(path).catch(() => undefined);
  return real !== undefined && isInside(folder, real) ? real : undefined;
}
