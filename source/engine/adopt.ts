// Commits that the model made itself with git join those of the session (rule 18).
import type { Run } from '../session/tests.ts';
import { decisionsIn } from './decisions.ts';
import type { DecisionReader, Head, Repository } from './git-ports.ts';
import type { Span } from './spans.ts';
import type { Store } from './store.ts';

export interface AdoptPorts {
  readonly store: Store;
  readonly repository: Repository;
  readonly reader: DecisionReader;
  /** A green run of the tree as it stands, if there was one. */
  readonly green: () => Promise<Run | undefined>;
}

/** Commits that the model's own commands made are the session's; the person's are simply the new parent (rule 18). */
export async function adoptCommits(
  ports: AdoptPorts,
  before: Head | null,
  now: Head,
  spans: readonly Span[],
): Promise<void> {
  if (before === null || before.sha === now.sha) return;
  const { store, repository } = ports;
  const made = new Set(store.getState().commits.made.map((commit) => commit.sha));
  // Commit times are whole seconds. Beside a command that still runs, such as a server, the person commits too.
  const ours = (at: number): boolean =>
    spans.some(
      ({ kind, start, end }) => kind === 'command' && end !== null && at + 999 >= start && at <= end,
    );
  const commits = (await repository.since(before.sha)).filter(
    (commit) => !made.has(commit.sha) && ours(commit.at),
  );
  if (commits.length === 0) return;
  const green = await ports.green();
  for (const commit of commits) {
    const diff = await repository.changesOf(commit.sha).catch(() => undefined);
    const decisions = diff === undefined ? [] : await decisionsIn(ports.reader, diff, []);
    const tested = green !== undefined && commit.sha === now.sha;
    store.record({
      type: 'commit.created',
      sha: commit.sha,
      base: before.sha,
      branch: now.branch ?? 'HEAD',
      subject: commit.subject,
      by: 'command',
      ...(decisions.length > 0 && { decisions }),
      paths: commit.paths.map((path) => ({ path, by: 'command' as const })),
      verdict: tested
        ? { kind: 'green', ...(green.counts && { counts: green.counts }) }
        : { kind: 'untested' },
      ...(store.getState().turns.running && { turn: store.getState().turns.running?.id }),
    });
  }
}
