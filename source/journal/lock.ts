// One writer a session. The kernel holds the lock for us: it ends with the process, however that ends,
// and survives sleep and a stopped process, which a pid file or a heartbeat does not.
import { closeSync, constants, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../engine/errors.ts';
import type { SpeculationLock } from '../engine/ports.ts';
import { readFile, replaceFile } from './private-files.ts';

/** Who holds a session, for people. The lock itself is the truth. */
export interface Owner {
  readonly pid: number;
  /** Epoch ms. */
  readonly started: number;
  readonly app: string;
}

export interface Lock {
  /** Names the holder for those who come second. */
  declare(owner: Owner): void;
  release(): void;
}

const LOCK = 'lock';
const OWNER = 'owner.json';
/** `isHeld` of another process holds the file for less than a millisecond: not worth a refusal. */
const PATIENCE_MS = 100;
const SQLITE_BUSY = 5;

/** Throws `AppError('locked')` where another one has it. */
export function takeLock(directory: string): Lock {
  const database = lockFile(join(directory, LOCK), PATIENCE_MS);
  if (database === null) throw locked(directory);
  let declared = false;
  return {
    declare(owner) {
      replaceFile(join(directory, OWNER), Buffer.from(`${JSON.stringify(owner)}\n`));
      declared = true;
    },
    release() {
      if (declared) rmSync(join(directory, OWNER), { force: true });
      database.close();
    },
  };
}

/** Something that one process at a time may do; the file's folder is there. */
export function createSpeculationLock(file: string): SpeculationLock {
  return {
    take() {
      try {
        const database = lockFile(file, 0);
        return database && (() => database.close());
      } catch {
        return null;
      }
    },
  };
}

/** Null where another one has it. */
function lockFile(file: string, timeout: number): DatabaseSync | null {
  createOnce(file);
  const database = new DatabaseSync(file, { timeout });
  try {
    // Nothing is ever written to it, so it needs no rollback file beside it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
}

/** Whether a process has the session open at this moment. Changes nothing. */
export function isHeld(directory: string): boolean {
  const file = join(directory, LOCK);
  if (!existsSync(file)) return false;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      database.exec('SELECT 1 FROM sqlite_schema');
    } finally {
      database.close();
    }
    return false;
  } catch (error) {
    return isBusy(error);
  }
}

/** An existing lock file is never opened by us: to close it again would end a lock that this process has on it (POSIX). */
function createOnce(file: string): void {
  if (existsSync(file)) return;
  try {
    closeSync(openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function locked(directory: string): AppError {
  const message = `the session is held by ${holder(directory)}: go on there, end it, or open a second one with --session NAME (it is in ${directory})`;
  return new AppError('locked', message);
}

/** The owner's file may be of an earlier holder, or not be there yet. */
function holder(directory: string): string {
  try {
    const { pid, started, app } = JSON.parse(readFile(join(directory, OWNER))?.toString() ?? '') as Owner;
    process.kill(pid, 0);
    return `${app}, process ${pid}, since ${localTime(new Date(started), new Date())}`;
  } catch {
    return 'another process';
  }
}

/** To the minute; the day only where it is not today. */
function localTime(then: Date, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  if (then.toDateString() === now.toDateString()) return time;
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())} ${time}`;
}
