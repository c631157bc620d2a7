// What a running session is doing, in a small file, for `hullspeed status` in another terminal.
import { join } from 'node:path';
import type { Activity } from '../engine/face.ts';
import type { Outcome, PauseReason, RunVerdict } from '../session/facts.ts';
import { readFile, replaceFile } from './private-files.ts';

export interface Status {
  readonly pid: number;
  /** The worktree. */
  readonly root: string;
  readonly activity: Activity;
  /** Of the newest run of the tests. */
  readonly verdict?: RunVerdict;
  /** Of the last turn. */
  readonly outcome?: Outcome;
  /** Prompts that wait, and why they wait for the person. */
  readonly queue: number;
  readonly paused?: PauseReason;
  /** Epoch ms. */
  readonly at: number;
}

const STATUS_FILE = 'status.json';

/** Readers see the old status or the new one. For the lock's holder alone. Throws what the file system throws. */
export function writeStatus(directory: string, status: Status): void {
  replaceFile(join(directory, STATUS_FILE), Buffer.from(`${JSON.stringify(status)}\n`));
}

/** Undefined where there is none or it says nothing. What it says was true when its process wrote it: see `isHeld`. */
export function readStatus(directory: string): Status | undefined {
  try {
    const status = JSON.parse(readFile(join(directory, STATUS_FILE))?.toString() ?? '') as Status;
    const { pid, root, activity, queue, at } = status;
    const fits =
      typeof root === 'string' && typeof activity === 'string' && [pid, queue, at].every(Number.isFinite);
    return fits ? status : undefined;
  } catch {
    return undefined;
  }
}
