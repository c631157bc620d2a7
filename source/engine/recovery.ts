// Opening a session that was left in the middle: whatever was going on is closed as interrupted, so that the history
// is valid again and nothing fires by itself.
import { INTERRUPTED } from './context.ts';
import type { Committer, Repository } from './git-ports.ts';
import type { Store } from './store.ts';

export interface RecoveryPorts {
  readonly store: Store;
  readonly repository: Repository;
  readonly committer: Committer;
}

/** Records this process' opening and closes what the last one left open. Rejects where git does. */
export async function openSession(
  ports: RecoveryPorts,
  opened: { readonly app: string; readonly root: string; readonly pid: number; readonly format: number },
): Promise<void> {
  const { store } = ports;
  store.record({ type: 'session.opened', ...opened });
  await closeCommit(ports);
  closeTurn(store);
  steersToQueue(store);
  requeueAccepted(store);
  const { items, paused } = store.getState().queue;
  if (items.length > 0 && paused === undefined) store.record({ type: 'queue.paused', reason: 'restart' });
}

/** A commit whose ref moved is a fact; one whose ref did not move never was. */
async function closeCommit({ store, repository, committer }: RecoveryPorts): Promise<void> {
  const open = store.getState().commits.open;
  if (open === undefined) return;
  if ((await committer.recover(open)) === 'rolled back') {
    store.record({
      type: 'commit.failed',
      reason: 'hullspeed ended before the commit was made; the work is in the tree',
      paths: [],
    });
    return;
  }
  const made = (await repository.since(open.base)).find((commit) => commit.sha === open.next);
  const { branch } = await repository.head();
  store.record({
    type: 'commit.created',
    sha: open.next,
    base: open.base,
    branch: branch ?? 'HEAD',
    by: 'ship',
    paths: (made?.paths ?? []).map((path) => ({ path, by: store.getState().claims[path]?.by ?? 'also' })),
    ...(open.about ?? { subject: made?.subject ?? '', verdict: { kind: 'untested' } }),
  });
}

function closeTurn(store: Store): void {
  const turn = store.getState().turns.running;
  if (turn === undefined) return;
  for (const call of turn.open)
    store.record({
      type: 'call.finished',
      call: call.id,
      outcome: 'interrupted',
      output: INTERRUPTED,
      ms: 0,
    });
  if (turn.step !== undefined)
    store.record({
      type: 'step.failed',
      step: turn.step,
      code: 'restart',
      reason: 'hullspeed ended while the model was asked',
      text: '',
    });
  store.record({ type: 'turn.ended', turn: turn.id, outcome: 'interrupted', reason: 'hullspeed ended' });
}

/** Accepted, and its turn ended or never began before the model heard of it: it is the first to go on with. */
export function requeueAccepted(store: Store): void {
  const accepted = store.getState().turns.accepted;
  if (accepted === undefined) return;
  const { text, images } = accepted;
  store.record({ type: 'prompt.queued', text, front: true, item: accepted.seq, ...(images && { images }) });
}

/** Messages for a turn that is over come first in the queue, in their order (rule 7). */
export function steersToQueue(store: Store): void {
  for (const steer of store.getState().queue.steers.toReversed()) {
    store.record({ type: 'prompt.changed', item: steer.id, change: { to: 'queue' } });
  }
}
