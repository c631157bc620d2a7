// Whose changes are in the worktree: a snapshot of git's status after each step tells what commands did (rule 16).
import type { Claims } from '../session/claims.ts';
import type { Claim } from '../session/facts.ts';
import { type AdoptPorts, adoptCommits } from './adopt.ts';
import { changedBetween } from './file-stat.ts';
import type { DirtyPath, Head, Status } from './git-ports.ts';
import type { Manifests } from './manifests.ts';
import { listed } from './output.ts';
import type { BackgroundCommand } from './ports.ts';
import { createSightings, keepContent, type SharePorts, type Sightings, sharedWith } from './share.ts';
import {
  closeBackground,
  covers,
  isUnaccounted,
  openSpan,
  ownerOf,
  type Span,
  TICK_MS,
  touchedMs,
} from './spans.ts';
import type { Store } from './store.ts';
import { noteWorld } from './world.ts';

export interface Snapshot {
  /** As git gave it, for who needs one at the same moment. */
  readonly status: Status;
  readonly head: Head;
  readonly dirty: ReadonlyMap<string, DirtyPath>;
  /** Paths that changed since the snapshot before, whoever did it. */
  readonly changed: readonly string[];
  /** Claims that ended because git sees no change there: written back, or ignored. */
  readonly vanished: readonly string[];
}

export interface Changes {
  /** Opens a span; call the result at its end. With `session`, the command went on in the background. */
  span(kind: Span['kind']): (session?: number) => void;
  /** Looks at the worktree and records what became the session's and what is no longer. One at a time. */
  snapshot(): Promise<Snapshot>;
  /** The one that was asked for last, which may be under way. */
  newest(): Promise<Snapshot> | undefined;
  /** Whether the person had the path changed or staged before the session wrote it. */
  isShared(path: string): boolean;
  /** To be called before a command: what the session's files hold until then is not the command's doing. */
  brace(): Promise<void>;
  /** Unclaimed paths that changed beside a background command which still runs, or something in the person's terminal. Each is told once. */
  takeSuspects(): readonly string[];
  /** The model was asked about the suspects and leaves them out: they are the person's, unless a command that runs claims them. */
  leaveSuspects(): void;
  /** When something of ours could write, the person's terminal included, that no snapshot has seen to its end. */
  unseen(): readonly Span[];
  /** Resolves when no snapshot is under way and nothing of the session's can have written what none has seen. Never rejects. */
  settle(): Promise<void>;
}

export interface ChangesPorts extends SharePorts, AdoptPorts {
  readonly store: Store;
  readonly manifests: Pick<Manifests, 'look'>;
  readonly now: () => number;
  readonly background: () => readonly BackgroundCommand[];
  /** Forgets background commands that have ended. */
  readonly settle: () => void;
  /** Epoch ms of the session's last event before this process: what was written since is nobody's of ours. */
  readonly left: number;
  /** Told that files changed: what was read of them is old. */
  readonly onChanged: () => void;
  /** Told that something changed which a hash of the tree does not show (rule 9). */
  readonly onHidden: () => void;
  /** Told how many files changed since the last run of the tests. */
  readonly onStale: (files: number) => void;
}

/** What a look at the worktree found out; becomes one notice. */
interface Findings {
  readonly claimed: Claim[];
  readonly released: string[];
  /** Released because somebody else wrote them again: said to the person. */
  readonly lost: string[];
}

export function createChanges(ports: ChangesPorts): Changes {
  let spans: Span[] = [];
  let newest: Promise<Snapshot> | undefined;
  const sightings = createSightings(ports);
  const seen: Seen = {
    dirty: null,
    head: null,
    personal: new Set(),
    suspects: new Map(),
    open: new Map(),
    told: new Set(),
    sightings,
  };
  // The session's own commit is known: nobody's can lie between it and its base.
  ports.store.onEvent((event) => {
    if (event.type !== 'commit.created' || event.by !== 'ship' || seen.head?.sha !== event.base) return;
    seen.head = { sha: event.sha, branch: event.branch === 'HEAD' ? null : event.branch };
  });
  /** Not while a command may write, or has written what no snapshot has seen. */
  const sight = async (): Promise<void> => {
    const quiet = (): boolean => !spans.some(isUnaccounted);
    if (quiet()) await sightings.look(ports.store.getState().claims, quiet);
  };
  const look = async (): Promise<Snapshot> => {
    // In one breath: a command that ends after it is still there for the next look.
    if (closeBackground(spans, ports.background())) ports.onHidden();
    ports.settle();
    // One that ends while we look may have written what we no longer see: it counts for the next snapshot too.
    const ended = spans.filter((span) => span.end !== null);
    const snapshot = await lookAround(ports, seen, spans);
    spans = spans.filter((span) => !ended.includes(span));
    await sight();
    return snapshot;
  };
  const snapshot = (): Promise<Snapshot> => {
    newest = (newest ?? Promise.resolve()).then(look, look);
    return newest;
  };
  return {
    span: (kind) => openSpan(spans, kind, ports.now),
    snapshot,
    newest: () => newest,
    isShared: (path) => seen.personal.has(path),
    brace: sight,
    takeSuspects() {
      const fresh = [...seen.suspects.keys()].filter((path) => !seen.told.has(path));
      for (const path of fresh) seen.told.add(path);
      return fresh;
    },
    leaveSuspects() {
      for (const [path, at] of seen.suspects) {
        if (spans.some((span) => span.kind === 'command' && covers(span, at))) continue;
        seen.suspects.delete(path);
        if (!(path in ports.store.getState().claims)) seen.personal.add(path);
      }
    },
    unseen: () => spans,
    async settle() {
      if (spans.length > 0) void snapshot();
      await newest?.catch(() => undefined);
    },
  };
}

/** What earlier snapshots saw. */
interface Seen {
  /** Null: there was none yet. */
  dirty: ReadonlyMap<string, DirtyPath> | null;
  head: Head | null;
  /** Dirty paths that are not the session's to claim. */
  readonly personal: Set<string>;
  /** Changed while a background command ran, or the person's terminal beside a command: path to the time of the change. */
  readonly suspects: Map<string, number>;
  /** Claimed paths that changed while a command still ran, to the time of the change: they are told once it has ended. */
  readonly open: Map<string, number>;
  /** Suspects that the model was asked about: what it did not name is not its background command's to claim. */
  readonly told: Set<string>;
  readonly sightings: Sightings;
}

async function lookAround(ports: ChangesPorts, seen: Seen, spans: readonly Span[]): Promise<Snapshot> {
  const { repository, store } = ports;
  const before = store.getState().claims;
  const known = seen.head;
  const status = await repository.status();
  // A ship's commit that was made since is newer than what git saw.
  const headNow = (): Head => (seen.head === known || seen.head === null ? status.head : seen.head);
  const head = headNow();
  const dirty = new Map(status.dirty.map((entry) => [entry.path, entry]));
  await adoptCommits(ports, seen.head, head, spans);
  const claims = store.getState().claims;
  const changed =
    seen.dirty === null
      ? writtenSince(ports.left, claims, dirty)
      : changedBetween(seen.dirty.values(), status.dirty);
  if (changed.length > 0 || seen.head?.sha !== head.sha) ports.onChanged();
  const touched = new Map([
    ...seen.suspects,
    ...seen.open,
    ...changed.map((path) => [path, touchedMs(dirty.get(path), seen.dirty?.get(path))] as const),
  ]);
  if (seen.dirty === null) for (const path of dirty.keys()) if (!(path in claims)) seen.personal.add(path);
  // A patch that was applied since git looked is news to it.
  const vanished = Object.keys(claims).filter((path) => !dirty.has(path) && claims[path] === before[path]);
  if (vanished.length > 0 || changed.some(outlivesHash)) ports.onHidden();
  seen.open.clear();
  const findings: Findings = { claimed: [], released: [...vanished], lost: [] };
  for (const [path, at] of touched) {
    if (!dirty.has(path)) continue;
    const within = spans.filter((span) => covers(span, at));
    await note(ports, seen, findings, path, at, within);
  }
  for (const path of [...seen.personal, ...seen.suspects.keys()]) if (!dirty.has(path)) forget(seen, path);
  report(store, findings);
  await ports.manifests.look({ first: seen.dirty === null, dirty, changed, claims: before });
  await noteWorld(ports, { before: seen.dirty, now: dirty, changed, head: headNow(), spans });
  Object.assign(seen, { dirty, head: headNow() });
  ports.onStale(staleFiles(store, dirty));
  return { status, head, dirty, changed, vanished };
}

async function note(
  ports: ChangesPorts,
  seen: Seen,
  findings: Findings,
  path: string,
  at: number,
  within: readonly Span[],
): Promise<void> {
  const claim = ports.store.getState().claims[path];
  const standing = {
    personal: seen.personal.has(path),
    suspected: seen.suspects.has(path),
    asked: seen.told.has(path),
  };
  switch (ownerOf(within, claim, standing)) {
    case 'session':
      seen.suspects.delete(path);
      findings.claimed.push(await claimOf(ports, seen.sightings, path, claim));
      return;
    case 'suspect':
      seen.suspects.set(path, at);
      return;
    case 'lost':
      findings.released.push(path);
      findings.lost.push(path);
      seen.personal.add(path);
      return;
    case 'person':
      seen.suspects.delete(path);
      seen.personal.add(path);
      return;
    case 'as before':
      if (within.some(runs)) seen.open.set(path, at);
  }
}

/** A command in the foreground: whose its changes are is told when it has ended. */
function runs({ kind, session, end }: Span): boolean {
  return kind === 'command' && session === undefined && end === null;
}

/** Files that changed after the last run of the tests had ended. */
function staleFiles(store: Store, dirty: ReadonlyMap<string, DirtyPath>): number {
  const last = store.getState().tests.last;
  if (last === undefined) return 0;
  const end = last.at + (last.ms ?? 0);
  return [...dirty.values()].filter((entry) => touchedMs(entry, undefined) > end).length;
}

function forget(seen: Seen, path: string): void {
  seen.personal.delete(path);
  seen.suspects.delete(path);
  seen.told.delete(path);
}

/** A patched path that a command rewrote stays a patch's claim, up to what the command made of it. */
async function claimOf(
  ports: ChangesPorts,
  sightings: Sightings,
  path: string,
  claim: Claim | undefined,
): Promise<Claim> {
  if (claim?.by !== 'patch') return { path, by: claim?.by ?? 'command' };
  const shared = await sharedWith(ports, claim, sightings.before(claim));
  return { ...shared, after: keepContent(ports.journal, await ports.repository.content(path)) };
}

/** Command's paths that somebody wrote while no process had the session open. A patch knows by its blob. */
function writtenSince(left: number, claims: Claims, dirty: ReadonlyMap<string, DirtyPath>): string[] {
  return [...dirty.values()].flatMap((entry) => {
    const written = claims[entry.path]?.by === 'command' && touchedMs(entry, undefined) > left + TICK_MS;
    return written ? [entry.path] : [];
  });
}

/** Lockfiles and environment files change what an ignored folder should hold. */
function outlivesHash(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.startsWith('.env') || /(^|[-.])lock(\.|$|b$)|lockfile|go\.sum|npm-shrinkwrap/i.test(name);
}

function report(store: Store, findings: Findings): void {
  const { claimed, released, lost } = findings;
  if (claimed.length === 0 && released.length === 0) return;
  const text =
    lost.length === 0 ? '' : `written by somebody else since, so not the session's any more: ${listed(lost)}`;
  store.record({ type: 'notice.raised', level: 'info', text, about: { kind: 'claims', claimed, released } });
}
