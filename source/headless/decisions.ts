// `hullspeed decisions`: what was decided in this repository and why, newest first, as its commits say it or the session recorded it.
import type { LogRow, Repository } from '../engine/git-ports.ts';
import type { Commits } from '../session/commits.ts';
import { readDecision, recordedDecisions } from '../session/decisions.ts';
import { jsonLine, oneLine, type Writer } from './print.ts';

export interface DecisionsOptions {
  readonly repository: Pick<Repository, 'log'>;
  /** The session's own. */
  readonly commits: Commits;
  readonly json: boolean;
  readonly stdout: Writer;
}

/** Commits that are held at a time. */
const PAGE = 500;
/** Characters of a decision in the list for people. */
const LINE = 300;

const NONE =
  'no commit of this branch says what it decided: a line `Decision: a over b: why` in its message does\n';

/** Stops reading when nobody reads what it prints. */
export async function printDecisions({ repository, commits, json, stdout }: DecisionsOptions): Promise<void> {
  const recorded = recordedDecisions(commits);
  for (let skip = 0; ; skip += PAGE) {
    const { rows } = await repository.log(skip, PAGE, [...recorded.keys()]);
    if (skip === 0 && rows.length === 0 && !json) stdout.write(NONE);
    for (const told of rows) {
      const { decisions } = told;
      const row = decisions.length > 0 ? told : { ...told, decisions: recorded.get(told.sha) ?? [] };
      stdout.write(json ? record(row) : lines(row));
      await stdout.drained();
      if (!stdout.open) return;
    }
    if (rows.length < PAGE) return;
  }
}

/** One line of JSON for each commit. */
function record({ sha, at, author, subject, decisions }: LogRow): string {
  return jsonLine({ sha, at, author, subject, decisions: decisions.map(readDecision) });
}

function lines({ sha, at, decisions }: LogRow): string {
  const day = new Date(at).toLocaleDateString('sv-SE');
  return decisions
    .map((decision) => `${day}  ${oneLine(sha).slice(0, 7)}  ${oneLine(decision, LINE)}\n`)
    .join('');
}
