// `hullspeed status`: every session on this machine, for people, for scripts and for tmux's status line.
import type { Activity } from '../engine/face.ts';
import type { Outcome, PauseReason, RunVerdict } from '../session/facts.ts';
import { duration, jsonLine, oneLine, type Writer } from './print.ts';

/** What the owner of a session says of it. */
export interface StatusRecord {
  readonly name: string;
  /** The worktree. */
  readonly root: string;
  /** A process has the session open now; where not, the rest is how the last one left it. */
  readonly held: boolean;
  readonly pid: number;
  readonly activity: Activity;
  /** Of the newest run of the tests. */
  readonly verdict?: RunVerdict;
  /** Of the last turn. */
  readonly outcome?: Outcome;
  /** Prompts that wait, and why they wait for the person. */
  readonly queue: number;
  readonly paused?: PauseReason;
  /** Epoch ms of its last change. */
  readonly at: number;
}

export interface StatusOptions {
  readonly sessions: readonly StatusRecord[];
  readonly format: 'text' | 'json' | 'tmux';
  /** Epoch ms. */
  readonly now: number;
  readonly stdout: Writer;
}

export function printStatus({ sessions, format, now, stdout }: StatusOptions): void {
  switch (format) {
    case 'json':
      for (const session of sessions) stdout.write(jsonLine({ ...session, status: statusOf(session) }));
      return;
    case 'tmux':
      stdout.write(
        `${sessions
          .filter((each) => each.held)
          .map(tmuxPart)
          .join(' · ')}\n`,
      );
      return;
    case 'text':
      stdout.write(table(sessions, now));
      return;
    default:
      format satisfies never;
  }
}

/** One of `working testing green red waiting for you closed`. */
function statusOf({ held, activity, verdict, outcome, queue, paused }: StatusRecord): string {
  if (!held) return 'closed';
  if (activity === 'testing') return 'testing';
  if (activity !== 'idle') return 'working';
  if (outcome === 'red') return 'red';
  const blocked = outcome === 'held' || outcome === 'failed' || (queue > 0 && paused !== undefined);
  if (blocked || verdict === undefined || verdict === 'stopped') return 'waiting for you';
  return verdict === 'green' ? 'green' : 'red';
}

/** tmux obeys `#[...]` and `#(...)` in what it shows, and a name comes from a directory. */
function tmuxPart(session: StatusRecord): string {
  return `${oneLine(session.name, 30).replaceAll('#', '')} ${statusOf(session)}`;
}

function table(sessions: readonly StatusRecord[], now: number): string {
  if (sessions.length === 0) return 'no sessions on this machine yet: run hullspeed in a repository\n';
  const rows = sessions.map((each) => [
    oneLine(each.name, 30),
    statusOf(each),
    `${duration(Math.max(0, now - each.at))} ago`,
    oneLine(each.root),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}
