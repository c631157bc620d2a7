// Writes the files of a patch all together: if one cannot be written, none is changed.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** null: no file. */
export interface FileWrite {
  readonly absolute: string;
  readonly before: Buffer | null;
  readonly after: Buffer | null;
  /** Permission bits after and before; absent: the system's default for a new file. */
  readonly mode?: number;
  readonly modeBefore?: number;
}

interface Step {
  /** For the message, should undoing fail. */
  readonly path: string;
  undo(): Promise<unknown>;
}

/**
 * A reader sees a file's old content or its new one, never a part. Rejects with what the system said once everything is
 * as it was before; the message names what could not be put back, if anything.
 */
export async function writeFiles(writes: readonly FileWrite[]): Promise<void> {
  const done: Step[] = [];
  try {
    // Most faults (rights, a full disk) show here, before any file has changed.
    const staged = new Map<FileWrite, string>();
    for (const write of writes)
      if (write.after !== null) staged.set(write, await stage(write, write.after, done));
    // Removals first: to a file system that folds case, a file and its new name may be the same.
    for (const write of writes.toSorted((a, b) => Number(b.after === null) - Number(a.after === null))) {
      const temporary = staged.get(write);
      if (temporary === undefined) await rm(write.absolute);
      else await rename(temporary, write.absolute);
      done.push({ path: write.absolute, undo: () => restore(write) });
    }
  } catch (error) {
    const stuck = await undoAll(done);
    const outcome =
      stuck.length === 0
        ? 'Nothing was changed.'
        : `These could not be put back as they were: ${stuck.join(', ')}.`;
    throw new Error(`The files could not be written: ${reasonOf(error)}. ${outcome}`, { cause: error });
  }
}

/** Goes on past what cannot be undone, since the rest is still to be saved; the paths of that. */
async function undoAll(done: readonly Step[]): Promise<string[]> {
  const stuck: string[] = [];
  for (const { path, undo } of done.toReversed()) await undo().catch(() => stuck.push(path));
  return stuck;
}

/** Puts the new content into a file beside its place. */
async function stage(write: FileWrite, content: Buffer, done: Step[]): Promise<string> {
  const folder = dirname(write.absolute);
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) done.push({ path: made, undo: () => removeFolders(folder, made) });
  const temporary = besides(write.absolute);
  done.push({ path: temporary, undo: () => rm(temporary, { force: true }) });
  await writeNew(temporary, content, write.mode);
  return temporary;
}

async function restore(write: FileWrite): Promise<void> {
  if (write.before === null) return rm(write.absolute, { force: true });
  const temporary = besides(write.absolute);
  await writeNew(temporary, write.before, write.modeBefore);
  await rename(temporary, write.absolute);
}

function besides(absolute: string): string {
  return join(dirname(absolute), `.${basename(absolute).slice(0, 50)}.${randomBytes(6).toString('hex')}.tmp`);
}

async function writeNew(path: string, content: Buffer, mode: number | undefined): Promise<void> {
  await writeFile(path, content, { flag: 'wx' });
  if (mode !== undefined) await chmod(path, mode);
}

/** From `folder` up to `made`, the topmost that was new. */
async function removeFolders(folder: string, made: string): Promise<void> {
  for (let each = folder; each.startsWith(made); each = dirname(each)) await rmdir(each);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
