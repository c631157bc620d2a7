// Where sessions live: which directory is a repository's, and which ones there are on this machine.
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../engine/errors.ts';
import { livesElsewhere } from './home.ts';
import { JOURNAL_FILE } from './journal-file.ts';
import { directoriesIn, endingOf, ID_FILE, readId } from './known-session.ts';
import { isHeld } from './lock.ts';
import { readStatus, type Status } from './status.ts';

export interface SessionPlace {
  /** Directory of all sessions. */
  readonly stateRoot: string;
  /** The git directory of the worktree itself: it holds the session's id, so that a moved repository keeps its session. A copy gets its own. */
  readonly gitDir: string;
  /** The worktree, whose name makes the directory's name readable. */
  readonly root: string;
  /** A session of its own beside the repository's one. Letters, digits, `.`, `_` and `-`. */
  readonly name?: string;
}

export interface FoundSession {
  readonly directory: string;
  /** Of one beside the repository's own. */
  readonly name?: string;
  /** A process has it open now. Where not, `status` is how its last one left it. */
  readonly held: boolean;
  readonly status?: Status;
}

const ID_BYTES = 6;
/** Behind the id, see `sessionDirectory`. */
const NAMED = /-[0-9a-f]{12}-([\w.-]+)$/;

/** The session's directory, which may not exist yet; the id is made where there is none. Throws `AppError`: `usage` (name), `repository`. */
export function sessionDirectory(place: SessionPlace): string {
  const { stateRoot, gitDir, root, name } = place;
  if (name !== undefined && !/^[\w.-]{1,64}$/.test(name)) {
    throw new AppError(
      'usage',
      `"${name}" is no name for a session: use up to 64 letters, digits, ".", "_" and "-"`,
    );
  }
  const directories = directoriesIn(stateRoot);
  const id = sessionId(gitDir, (taken) => isCopied(stateRoot, directories, gitDir, taken));
  const ending = endingOf(id, name);
  const known = directories.find((entry) => entry.endsWith(ending));
  return join(stateRoot, known ?? readable(root) + ending);
}

/** Every session below `stateRoot`, in the order of their names. */
export function listSessions(stateRoot: string): FoundSession[] {
  const directories = directoriesIn(stateRoot).map((entry) => join(stateRoot, entry));
  return directories
    .filter((directory) => existsSync(join(directory, JOURNAL_FILE)))
    .map((directory) => {
      const status = readStatus(directory);
      const name = NAMED.exec(directory)?.[1];
      return { directory, ...(name && { name }), held: isHeld(directory), ...(status && { status }) };
    });
}

/** Whether the id came here with a copy of the git directory, while the original still has its session. */
function isCopied(stateRoot: string, directories: readonly string[], gitDir: string, id: string): boolean {
  const has = (other: string): boolean => readId(join(other, ID_FILE)) === id;
  return directories
    .filter((entry) => entry.endsWith(`-${id}`) || entry.includes(`-${id}-`))
    .some((entry) => livesElsewhere(join(stateRoot, entry), gitDir, has));
}

function sessionId(gitDir: string, isTaken: (id: string) => boolean): string {
  const file = join(gitDir, ID_FILE);
  try {
    const id = readId(file);
    if (id === undefined) return makeId(file);
    if (!isTaken(id)) return id;
    rmSync(file);
    return makeId(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'repository',
      `could not keep the session's id in ${file}: ${reason}; make that directory writable`,
      { cause },
    );
  }
}

/** Of two that begin at once, the second takes the first one's id. */
function makeId(file: string): string {
  const id = randomBytes(ID_BYTES).toString('hex');
  const draft = `${file}.${id}`;
  writeFileSync(draft, `${id}\n`, { flag: 'wx', mode: 0o600 });
  try {
    linkSync(draft, file);
    return id;
  } catch {
    // There is one by now, or what is there is no id, or the file system has no links.
    const known = readId(file);
    if (known === undefined) renameSync(draft, file);
    return known ?? id;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Kept short and plain, for people who look into the directory; the id alone tells sessions apart. */
function readable(root: string): string {
  const plain = basename(root)
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '');
  return plain.slice(0, 40) || 'session';
}
