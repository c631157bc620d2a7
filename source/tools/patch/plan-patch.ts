// Works out in memory what a patch would make of the files, so that nothing is written unless all of it fits.
import { lstat, readFile } from 'node:fs/promises';
import { applyHunks } from './apply-hunks.ts';
import { PatchError } from './patch-error.ts';
import type { Hunk, PatchOperation } from './read-patch.ts';
import { countChanges, joinLines, splitLines, type TextLine } from './text-lines.ts';
import { resolvePath, type Territory, type WorktreePath } from './worktree-path.ts';
import type { FileWrite } from './write-files.ts';

export interface PlannedFile extends FileWrite, Pick<WorktreePath, 'path' | 'outside'> {
  readonly added: number;
  readonly removed: number;
  /** Where a moved file came from, or that one was replaced; for the output. */
  readonly note?: string;
}

/** A file as the operations so far leave it. */
interface OpenFile extends WorktreePath {
  readonly before: Buffer | null;
  readonly modeBefore?: number;
  after: Buffer | null;
  mode?: number;
  note?: string;
}

/** By real path. */
type OpenFiles = Map<string, OpenFile>;

/** The files that differ in the end, in the order in which the patch names them. Throws `PatchError` where anything does not fit; writes nothing. */
export async function planPatch(
  operations: readonly PatchOperation[],
  territory: Territory,
): Promise<PlannedFile[]> {
  const files: OpenFiles = new Map();
  for (const operation of operations) {
    const file = await openFile(operation.path, territory, files);
    if (operation.kind === 'add') put(file, encode('', operation.lines.map(endLine)));
    else if (operation.kind === 'delete') remove(file);
    else await update(file, operation, territory, files);
  }
  return [...files.values()].filter(isChanged).map(measure);
}

function endLine(text: string): TextLine {
  return { text, end: '\n' };
}

async function openFile(given: string, territory: Territory, files: OpenFiles): Promise<OpenFile> {
  const place = await resolvePath(given, territory);
  const open = files.get(place.absolute);
  if (open !== undefined) return open;
  const stat = await lstat(place.absolute).catch(() => undefined);
  if (stat !== undefined && !stat.isFile())
    throw new PatchError(
      `${place.path} is ${stat.isDirectory() ? 'a folder' : 'not a regular file'}: a patch changes files alone.`,
    );
  const before = stat === undefined ? null : await readFile(place.absolute).catch(unreadable);
  const mode = stat && stat.mode & 0o7777;
  const file: OpenFile = { ...place, before, modeBefore: mode, after: before, mode };
  files.set(place.absolute, file);
  return file;
}

function unreadable(error: unknown): never {
  throw new PatchError(`A file cannot be read: ${error instanceof Error ? error.message : error}.`);
}

function put(file: OpenFile, content: Buffer): void {
  if (file.after !== null) file.note = 'replaced the file that was there';
  file.after = content;
}

function remove(file: OpenFile): void {
  if (file.after === null) throw new PatchError(`${file.path} cannot be deleted: there is no such file.`);
  if (file.linked)
    throw new PatchError(
      `${file.path} is reached through a link, and a patch would delete what it leads to: use rm on the one that is meant.`,
    );
  file.after = null;
}

async function update(
  file: OpenFile,
  operation: PatchOperation & { kind: 'update' },
  territory: Territory,
  files: OpenFiles,
): Promise<void> {
  if (file.after === null)
    throw new PatchError(
      `${file.path} cannot be updated: there is no such file. Check the path, or add it with \`*** Add File: ${file.path}\`.`,
    );
  const content = operation.hunks.length === 0 ? file.after : patched(file.path, file.after, operation.hunks);
  const moved = operation.moveTo === undefined ? file : await openFile(operation.moveTo, territory, files);
  if (moved === file) {
    file.after = content;
    return;
  }
  remove(file);
  put(moved, content);
  moved.mode = file.mode;
  moved.note = `moved from ${file.path}${moved.note === undefined ? '' : `, ${moved.note}`}`;
}

function patched(path: string, content: Buffer, hunks: readonly Hunk[]): Buffer {
  const { mark, lines } = decode(path, content);
  return encode(mark, applyHunks(path, lines, hunks));
}

/** `mark`: the byte order mark, or nothing; it belongs to no line. */
function decode(path: string, bytes: Buffer): { mark: string; lines: TextLine[] } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PatchError(`${path} is not UTF-8 text: change it with a command.`);
  }
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  return { mark, lines: splitLines(text.slice(mark.length)) };
}

function encode(mark: string, lines: readonly TextLine[]): Buffer {
  return Buffer.from(mark + joinLines(lines));
}

function isChanged(file: OpenFile): boolean {
  if (file.before === null || file.after === null) return file.before !== file.after;
  return !file.before.equals(file.after);
}

function measure(file: OpenFile): PlannedFile {
  const lines = (bytes: Buffer | null): TextLine[] => splitLines(bytes?.toString() ?? '');
  return { ...file, ...countChanges(lines(file.before), lines(file.after)) };
}
