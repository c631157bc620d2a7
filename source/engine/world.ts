// What somebody else did to the files and to the branch since the model last saw them: it is told once, with its next
// request, and never surprised. What the session did itself is no news.
import { sameStat } from './file-stat.ts';
import type { DirtyPath, Head, Move, Repository } from './git-ports.ts';
import { covers, isUnaccounted, type Span, TICK_MS, touchedMs } from './spans.ts';
import type { Store } from './store.ts';

export interface WorldPorts {
  readonly store: Store;
  readonly repository: Pick<Repository, 'stat' | 'move'>;
  /** Epoch ms of the session's last event before this process. */
  readonly left: number;
}

/** A look at the worktree beside the one before. */
export interface Look {
  /** Null: this is the first one of this process. */
  readonly before: ReadonlyMap<string, DirtyPath> | null;
  readonly now: ReadonlyMap<string, DirtyPath>;
  /** Paths that differ between the two. */
  readonly changed: readonly string[];
  readonly head: Head;
  readonly spans: readonly Span[];
}

/** Paths that are named; of more, only how many there are. */
const NAMED = 40;

export async function noteWorld(ports: WorldPorts, look: Look): Promise<void> {
  const { store } = ports;
  const { context, head: known } = store.getState();
  // A model that was not asked yet has seen nothing.
  const asked = context.instructions !== undefined;
  const paths = asked ? await foreignPaths(ports, look) : [];
  const same = known !== undefined && known.sha === look.head.sha && known.branch === look.head.branch;
  const moved = asked && known && !same ? await describeMove(ports, known, look) : undefined;
  // The session has committed meanwhile: HEAD is where it put it.
  const own = store.getState().head;
  const stands = own === known ? look.head : (own ?? look.head);
  if ((same || stands === own) && paths.length === 0) return;
  store.record({
    type: 'notice.raised',
    level: 'info',
    text: '',
    about: {
      kind: 'world',
      head: stands,
      paths: paths.slice(0, NAMED),
      ...(paths.length > NAMED && { more: paths.length - NAMED }),
      ...(moved && stands !== own && { moved }),
    },
  });
}

async function foreignPaths(ports: WorldPorts, { before, now, changed, spans }: Look): Promise<string[]> {
  if (before === null)
    return [...now.values()].flatMap((entry) =>
      touchedMs(entry, undefined) > ports.left + TICK_MS ? [entry.path] : [],
    );
  const written = new Set(ports.store.getState().tests.results.flatMap(({ run }) => run.wrote ?? []));
  const foreign: string[] = [];
  for (const path of changed) {
    const at = await changedAt(ports, path, before.get(path), now.get(path));
    const byRun = now.get(path)?.xy === '??' || written.has(path);
    if (
      at !== undefined &&
      isForeign(
        spans.filter((span) => covers(span, at)),
        byRun,
      )
    )
      foreign.push(path);
  }
  return foreign;
}

/** Epoch ms; undefined: only git's view of it has changed, as with a commit. */
async function changedAt(
  { repository }: WorldPorts,
  path: string,
  before: DirtyPath | undefined,
  now: DirtyPath | undefined,
): Promise<number | undefined> {
  if (now !== undefined) return touchedMs(now, before);
  const stat = await repository.stat(path);
  if (sameStat(stat, before?.stat ?? null)) return undefined;
  return stat?.ctimeMs ?? (await repository.stat(folderOf(path)))?.ctimeMs ?? before?.parentCtimeMs;
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

/**
 * Neither a command that the model waited for, nor a patch. Tests run most of the time, so a file that changed under a
 * run is news all the same, but for those that runs write (`byRun`): new ones, and what an earlier run was seen to write.
 */
function isForeign(within: readonly Span[], byRun: boolean): boolean {
  return within.every(({ kind, session, end }) => {
    if (kind === 'run') return !byRun;
    return kind === 'own' || (session !== undefined && end === null);
  });
}

/** Undefined where the model's own command may have done it. */
async function describeMove(
  { repository }: WorldPorts,
  known: Head,
  { before, now, head, spans }: Look,
): Promise<string | undefined> {
  if (spans.some(isUnaccounted)) return undefined;
  const switched =
    known.branch === head.branch ? '' : `${placeOf(head)} is checked out now instead of ${placeOf(known)}. `;
  if (known.sha === head.sha) return switched.trim();
  const move = known.sha === null || head.sha === null ? null : await repository.move(known.sha);
  // What was there before the commit is known already.
  const news = move?.paths.filter((path) => {
    const was = before?.get(path);
    return was === undefined || now.has(path);
  });
  return [
    `${switched}HEAD went from ${short(known.sha)} to ${short(head.sha)}${move ? wayOf(move) : ''}.`,
    ...(move?.commits ?? []).map(({ sha, subject }) => `- ${short(sha)} ${subject.slice(0, 100)}`),
    ...(news?.length
      ? [
          `Files that differ by it: ${news.slice(0, NAMED).join(', ')}${more(news.length + (move?.more ?? 0) - NAMED)}`,
        ]
      : []),
  ].join('\n');
}

function wayOf({ count, contained }: Move): string {
  const commits = count === 1 ? 'one commit' : `${count} commits`;
  return contained
    ? `, by ${commits}`
    : `, which does not contain it (a reset, rebase, amend or another branch)`;
}

function placeOf({ branch }: Head): string {
  return branch === null ? 'a detached HEAD' : `branch ${branch}`;
}

function short(sha: string | null): string {
  return sha === null ? 'no commit' : sha.slice(0, 7);
}

function more(count: number): string {
  return count > 0 ? ` and ${count} more` : '';
}
