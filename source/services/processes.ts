// Ends a command with everything that it started, also what has left its process group.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** What belongs together: a session leader with its descendants, and whoever carries `marker` in its environment. */
export interface Tree {
  /** Process id of the leader of a session and group. Absent once it is gone, because the system reuses ids. */
  readonly leader?: number;
  /** `NAME=value`, unique to this tree. */
  readonly marker: string;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Session on Linux, process group on macOS, whose `ps` knows no sessions. */
  readonly group: number;
  hasMarker(): boolean;
}

/** Most programs end within this time after an interrupt; a stop must fit into 100 ms. */
const GRACE_MS = 50;
const POLL_MS = 5;
/** A killed process may take a moment to vanish, and one in the middle of a fork leaves a child. */
const KILL_ROUNDS = 200;

/** Interrupts the tree, kills what is left after `graceMs`, and resolves when nothing of it runs. Never rejects. */
export async function killTree(tree: Tree, graceMs: number = GRACE_MS): Promise<void> {
  if (tree.leader !== undefined) send(-tree.leader, 'SIGINT');
  const deadline = performance.now() + graceMs;
  while (performance.now() < deadline) {
    if ((await findTree(tree)).length === 0) return;
    await setTimeout(POLL_MS);
  }
  for (let round = 0; round < KILL_ROUNDS; round += 1) {
    const left = await findTree(tree);
    if (left.length === 0) return;
    for (const pid of left) send(pid, 'SIGKILL');
    await setTimeout(POLL_MS);
  }
}

/** Ids of the tree's living processes. */
export async function findTree({ leader, marker }: Tree): Promise<number[]> {
  const found = new Set<number>();
  const processes = process.platform === 'linux' ? listLinux(marker) : await listByPs(marker);
  for (const { pid, parent, group, hasMarker } of processes) {
    if (pid === process.pid) continue;
    const inSession = leader !== undefined && (pid === leader || group === leader);
    if (inSession || found.has(parent) || hasMarker()) found.add(pid);
  }
  return [...found];
}

/** In the order of ids, so that parents mostly come before their children. */
function listLinux(marker: string): Process[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => {
    const stat = readOrEmpty(`/proc/${id}/stat`);
    // The name in brackets may itself hold spaces and brackets.
    const [state, parent, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (parent === undefined || state === 'Z' || state === 'X') return [];
    const hasMarker = (): boolean => `\0${readOrEmpty(`/proc/${id}/environ`)}\0`.includes(`\0${marker}\0`);
    return [{ pid: Number(id), parent: Number(parent), group: Number(group), hasMarker }];
  });
}

async function listByPs(marker: string): Promise<Process[]> {
  const columns = ['-axEww', '-o', 'pid=,ppid=,pgid=,state=,command='];
  const listed = await promisify(execFile)('/bin/ps', columns, { maxBuffer: 64 * 2 ** 20 }).catch(() => ({
    stdout: '',
  }));
  return listed.stdout.split('\n').flatMap((line) => {
    const [, pid, parent, group, state] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? [];
    if (state === undefined || state.startsWith('Z')) return [];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        hasMarker: () => line.includes(marker),
      },
    ];
  });
}

/** '' for a process that ended meanwhile, or that belongs to somebody else. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
    // Not ours to kill (EPERM): a program that changed its user. The rest of the tree still goes.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}
