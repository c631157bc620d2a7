// Ends what was started, with everything that it started: also what left its process group or its session.
import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { listProcesses, readProcess } from './proc.ts';

/** What belongs together: a leader's group and session, whoever carries the marker, and the descendants of all these. */
export interface Tree {
  /** Process id of the leader of a session and group. Absent once it is gone, because the system reuses ids. */
  readonly leader?: number;
  /** `NAME=value`, or the beginning of it, as it stands in the environment of nobody else. */
  readonly marker: string;
}

/** What is started with it carries the marker. */
export function withMarker(
  environment: Readonly<Record<string, string>>,
  marker: string,
): Record<string, string> {
  const at = marker.indexOf('=');
  return { ...environment, [marker.slice(0, at)]: marker.slice(at + 1) };
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Process session; 0 where the system does not tell. */
  readonly session: number;
  readonly marked: boolean;
}

/** Most programs end within this time after an interrupt; a stop must fit into 100 ms. */
const GRACE_MS = 50;
const POLL_MS = 5;
/** Looking for a tree reads every process there is: who waits for long looks less often. */
const PATIENT_POLL_MS = 50;
/** A killed process may take a moment to vanish, and one in the middle of a fork leaves a child. */
const ROUNDS = 200;
/** A process in the middle of an exec can be missed once; this often in a row it is gone. */
const EMPTY_LOOKS = 3;
/** At an environment that seems to be empty. */
const LOOKS = 10;
/** More passes than a tree that forks while it dies has needed. */
const PASSES = 10;

/** Interrupts the tree, kills what is left after `graceMs`, and resolves when nothing of it runs. Never rejects. */
export async function endTree(tree: Tree, graceMs: number = GRACE_MS): Promise<void> {
  if (tree.leader !== undefined) signalGroup(tree.leader, 'SIGINT');
  const begun = performance.now();
  const deadline = begun + graceMs;
  let empty = 0;
  let kills = 0;
  while (kills < ROUNDS) {
    empty = findTree(tree).length === 0 ? empty + 1 : 0;
    if (empty === EMPTY_LOOKS) return;
    const now = performance.now();
    if (now >= deadline) {
      kills += 1;
      if (empty === 0) killTree(tree);
    }
    const patient = empty === 0 && now - begun >= GRACE_MS && now < deadline;
    await setTimeout(patient ? PATIENT_POLL_MS : POLL_MS);
  }
}

/** SIGKILL to the tree until nobody is found who was not killed already. Synchronous, and never throws. */
export function killTree(tree: Tree): void {
  const killed = new Set<number>();
  const older = new Set<string>();
  for (let pass = 0, empty = 0; pass < PASSES && empty < EMPTY_LOOKS; pass += 1) {
    // Listed first: a child whose parent is gone is nobody's descendant any more.
    const fresh = findTree(tree, older).filter((pid) => !killed.has(pid));
    if (tree.leader !== undefined && pass === 0) signalGroup(tree.leader, 'SIGKILL');
    empty = fresh.length === 0 ? empty + 1 : 0;
    for (const pid of fresh) {
      killed.add(pid);
      signal(pid, 'SIGKILL');
    }
  }
}

/** Never throws: a group that is gone needs no signal. */
export function signalGroup(leader: number, name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
  signal(-leader, name);
}

/**
 * Ids of the tree's living processes. `older`: of processes that began before this one and so are no part of a tree of
 * its. They are most, and reading the environments of all took 40 ms; who looks again at once hands it over again.
 */
export function findTree({ leader, marker }: Tree, older = new Set<string>()): number[] {
  const rows = process.platform === 'linux' ? listFromProc(marker, older) : listFromPs(marker);
  const isOurs = (row: ProcessRow): boolean => row.marked || row.group === leader || row.session === leader;
  const found = new Set(rows.filter(isOurs).map((row) => row.pid));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const row of rows) if (found.has(row.parent)) found.add(row.pid);
  }
  found.delete(process.pid);
  return [...found];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already, or not ours to kill: the rest of the tree still goes.
  }
}

function listFromProc(marker: string, older: Set<string>): ProcessRow[] {
  const names = listProcesses().filter((name) => !older.has(name));
  const began = beginningOf(readStat('self'));
  return names.flatMap((name) => {
    const fields = readStat(name);
    const [state, parent, group, session] = fields;
    if (beginningOf(fields) < began) older.add(name);
    if (older.has(name)) return [];
    if (state === undefined || state === '' || state === 'Z' || state === 'X') return [];
    const kernel = group === '0';
    const marked = !kernel && `\0${readEnvironment(name)}`.includes(`\0${marker}`);
    const [pid, ...others] = [name, parent, group, session].map(Number);
    const [parentId = 0, groupId = 0, sessionId = 0] = others;
    return [{ pid: pid ?? 0, parent: parentId, group: groupId, session: sessionId, marked }];
  });
}

/** Of /proc/PID/stat, from the state on. The name before it may hold anything, brackets and spaces too. */
function readStat(name: string): string[] {
  const stat = readProcess(name, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** In ticks since the system's. NaN for a process that is gone. */
function beginningOf(fields: readonly string[]): number {
  return Number(fields[19]);
}

/** In the middle of an exec a process shows an empty environment for a moment. */
function readEnvironment(pid: string): string {
  for (let look = 1; ; look += 1) {
    const environment = readProcess(pid, 'environ');
    if (environment !== '' || look === LOOKS) return environment;
  }
}

/** macOS: `ps` tells environments (-E) but no sessions. */
function listFromPs(marker: string): ProcessRow[] {
  const { stdout } = spawnSync('/bin/ps', ['-axEww', '-o', 'pid=,ppid=,pgid=,state=,command='], {
    encoding: 'latin1',
    timeout: 2_000,
    maxBuffer: 64 * 2 ** 20,
  });
  return (stdout ?? '').split('\n').flatMap((line) => {
    const [, pid, parent, group, state] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? [];
    if (state === undefined || state.startsWith('Z')) return [];
    const marked = line.includes(marker);
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), session: 0, marked }];
  });
}
