// Decisions: what a commit's diff tells beside what the model states, and what the model is told of earlier ones.
import type { Commits } from '../session/commits.ts';
import { decisionText, recordedDecisions } from '../session/decisions.ts';
import type { Decision } from '../session/facts.ts';
import type { CommitDiff, DecisionReader, FileDiff, Repository } from './git-ports.ts';
import { wholeLines } from './output.ts';

/** Commits that are looked through, and characters of the list: about 600 tokens, each decision on a short line. */
const LIST = { commits: 1_000, characters: 2_400, line: 200 };

export function decisionTrailer(decision: Decision): string {
  return `Decision: ${decisionText(decision)}`;
}

/** What the diff tells that is not stated. Where git cannot say, nothing: a commit does not fail of it. */
export async function decisionsIn(
  reader: DecisionReader,
  diff: CommitDiff,
  stated: readonly Decision[],
): Promise<readonly Decision[]> {
  try {
    const readable = diff.paths.filter(({ path }) => reader.isReadable(path));
    const files = await Promise.all(readable.map(({ path }) => fileDiff(diff, path)));
    const folders = await diff.folders();
    return reader.decisions({ paths: diff.paths, files: files.flat(), folders, stated });
  } catch {
    return [];
  }
}

async function fileDiff(diff: CommitDiff, path: string): Promise<FileDiff[]> {
  return diff.text(path).then(
    (text) => [{ path, ...text }],
    () => [],
  );
}

/** The newest decisions of the branch, for the model; '' where there are none. `made`: the session's own commits. */
export async function knownDecisions(
  repository: Pick<Repository, 'decisions'>,
  made: Commits,
): Promise<string> {
  const rows = await repository.decisions(LIST.commits).catch(() => []);
  const recorded = recordedDecisions(made);
  const lines = rows.flatMap(({ sha, decisions }) =>
    (decisions.length > 0 ? decisions : (recorded.get(sha) ?? [])).map(
      (decision) => `- ${shortened(decision)} (${sha.slice(0, 7)})`,
    ),
  );
  const taken = wholeLines(lines, LIST.characters);
  if (taken.length === 0) return '';
  return listOf(
    taken.length < lines.length ? [...taken, '- … (`hullspeed decisions` has all of them)'] : taken,
  );
}

function listOf(lines: readonly string[]): string {
  return [
    'Decisions in the commits of this branch, newest first, by whoever made them. Keep to them; where the task needs another one, say so and state it with the ship.',
    ...lines,
  ].join('\n');
}

/** It is a stranger's: it may neither fill the list nor end the block that it stands in. */
function shortened(decision: string): string {
  const line = decision.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').replace(/<(?=\/?hullspeed)/gi, '‹');
  return line.length <= LIST.line ? line : `${line.slice(0, LIST.line - 1)}…`;
}
