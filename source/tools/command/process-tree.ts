// Kills a command with everything that it started, also what left its process group or its session.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The environment variable by which a command's descendants are known again. */
export const MARKER = 'HULLSPEED_COMMAND';

/** More passes than a tree that forks while it dies has needed. */
const PASSES = 10;

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Process session; 0 where the system does not tell. */
  readonly session: number;
  readonly marked: boolean;
}

/**
 * SIGKILL to the process group `leader` leads, to its process session, to whatever carries `marker` in its environment
 * and to the descendants of all these, until none is found that was not killed already. Synchronous, and never throws.
 */
export function killTree(marker: string, leader?: number): void {
  const killed = new Set<number>();
  for (let pass = 0; pass < PASSES; pass += 1) {
    // Listed first: a child whose parent is gone is nobody's descendant any more.
    const fresh = members(listProcesses(marker), leader).filter((pid) => !killed.has(pid));
    if (leader !== undefined && pass === 0) signalGroup(leader, 'SIGKILL');
    if (fresh.length === 0) return;
    for (const pid of fresh) {
      killed.add(pid);
      signal(pid, 'SIGKILL');
    }
  }
}

/** Never throws: a group that is gone needs no signal. */
export function signalGroup(leader: number, name: 'SIGTERM' | 'SIGKILL'): void {
  signal(-leader, name);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already, or not ours to kill.
  }
}

function members(rows: readonly ProcessRow[], leader: number | undefined): number[] {
  const found = new Set(
    rows.filter((row) => row.marked || row.group === leader || row.session === leader).map((row) => row.pid),
  );
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const row of rows) if (found.has(row.parent)) found.add(row.pid);
  }
  const alive = new Set(rows.map((row) => row.pid));
  return [...found].filter((pid) => pid !== process.pid && alive.has(pid));
}

function listProcesses(marker: string): ProcessRow[] {
  return process.platform === 'linux' ? listFromProc(marker) : listFromPs(marker);
}

function listFromProc(marker: string): ProcessRow[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      // The name in brackets may hold anything, brackets and spaces too.
      const stat = read(`/proc/${name}/stat`);
      const [state, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === undefined || state === '' || state === 'Z' || state === 'X') return [];
      const marked = read(`/proc/${name}/environ`).includes(`${MARKER}=${marker}`);
      return [
        { pid: Number(name), parent: Number(parent), group: Number(group), session: Number(session), marked },
      ];
    });
}

/** Empty where the process is gone or somebody else's. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function listFromPs(marker: string): ProcessRow[] {
  const { stdout } = spawnSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,ppid=,pgid=,command='], {
    encoding: 'latin1',
    timeout: 2_000,
    maxBuffer: 1 << 26,
  });
  return (stdout ?? '').split('\n').flatMap((line) => {
    const [, pid, parent, group, rest] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (rest === undefined) return [];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        session: 0,
        marked: rest.includes(`${MARKER}=${marker}`),
      },
    ];
  });
}
