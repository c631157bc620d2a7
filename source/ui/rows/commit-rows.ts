// The commits pane's rows: what would be shipped now, and the branch's commits with what this session knows of them.
import type { LogRow } from '../../engine/git-ports.ts';
import type { ShippedCommit } from '../../session/commits.ts';
import { decisionText, readDecision } from '../../session/decisions.ts';
import { wallMs } from '../../session/pace.ts';
import { age, duration, plural, share } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';
import { beside, type Part } from '../text/fit.ts';
import { cut, width as widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import { shipMark } from './verdicts.ts';

const choiceColumns = 20;
/** Decisions that stand under the selected commit; opened, it has them all. */
const mostDecisions = 3;
/** What came with a commit says more than the end of a long subject. */
const subjectShare = 0.45;

/**
 * `✓ 3f2a1c0 slug: fold emoji  42s  model 93%  ◆ zod`: verdict at that commit, time and share of the model in the
 * turn that made it, decisions in it. A commit of others shows who and when. `↑` marks what is not pushed. `now` is
 * epoch ms.
 */
export function commitRow(
  row: LogRow,
  shipped: ShippedCommit | undefined,
  now: number,
  width: number,
  theme: Theme,
): string {
  const mark =
    shipped === undefined ? { glyph: ' ', word: '', token: 'dim' as const } : shipMark(shipped.verdict);
  const unpushed = row.unpushed ? theme.sgr('accent', '↑') : ' ';
  const head = `${theme.sgr(mark.token, mark.glyph)}${unpushed}${theme.sgr('dim', clean(row.sha.slice(0, 7), { newlines: false }))} `;
  const room = width - widthOf(head);
  if (room < 1) return cut(head, width);
  const dim = (text: string): string => theme.sgr('dim', text);
  const known =
    shipped === undefined
      ? [{ text: dim(clean(row.author, { newlines: false })), rank: 0 }]
      : shippedParts(shipped, theme);
  const verdict = { text: theme.sgr(mark.token, mark.word), rank: 4 };
  const since = { text: dim(age(now - row.at)), rank: 1 };
  return (
    head +
    beside(
      clean(row.subject, { newlines: false }),
      [verdict, ...known, choicePart(decisionsOf(row, shipped), theme), since],
      room,
      subjectShare,
    )
  );
}

/**
 * `▸3f2a1c0 slug: fold emoji  file 2 of 5  ✓ green  Ada  3m`: the title of a commit that is read. `place` says how
 * far; `now` is epoch ms.
 */
export function openedTitle(
  row: LogRow,
  shipped: ShippedCommit | undefined,
  place: string,
  now: number,
  width: number,
  theme: Theme,
): string {
  const line = (text: string): string => clean(text, { newlines: false });
  const dim = (text: string): string => theme.sgr('dim', text);
  const mark = shipped && shipMark(shipped.verdict);
  const verdict = mark ? theme.sgr(mark.token, `${mark.glyph} ${mark.word || 'green'}`) : '';
  const title = `${theme.sgr('focus', `▸${line(row.sha.slice(0, 7))}`)} ${line(row.subject)}`;
  const parts = [
    { text: dim(place), rank: 2 },
    { text: verdict, rank: 3 },
    { text: dim(line(row.author)), rank: 1 },
    { text: dim(age(now - row.at)), rank: 0 },
  ];
  return beside(title, parts, width, subjectShare);
}

/** `◆ zod over yup: smaller`, a row for each decision, under its commit. */
export function decisionRows(
  row: LogRow,
  shipped: ShippedCommit | undefined,
  width: number,
  theme: Theme,
): string[] {
  const decisions = decisionsOf(row, shipped);
  const shown = decisions.slice(0, mostDecisions);
  const more = decisions.length - shown.length;
  return [...shown.map((decision) => `◆ ${decision}`), ...(more > 0 ? [`… ${more} more`] : [])].map((text) =>
    cut(`          ${theme.sgr('decision', clean(text, { newlines: false }))}`, width),
  );
}

/** As git has them; a hook may have rewritten the message. */
function decisionsOf({ decisions }: LogRow, shipped: ShippedCommit | undefined): readonly string[] {
  return decisions.length > 0 || shipped === undefined ? decisions : shipped.decisions.map(decisionText);
}

/** `◆ zod and 2`. */
function choicePart(decisions: readonly string[], theme: Theme): Part {
  const [first, ...others] = decisions;
  if (first === undefined) return { text: '', rank: 5 };
  const more = others.length > 0 ? ` and ${others.length}` : '';
  const chose = cut(clean(readDecision(first).chose, { newlines: false }), choiceColumns);
  return { text: theme.sgr('decision', `◆ ${chose}${more}`), rank: 5 };
}

function shippedParts(shipped: ShippedCommit, theme: Theme): Part[] {
  const dim = (text: string): string => theme.sgr('dim', text);
  const { time } = shipped;
  const wall = time === undefined ? 0 : wallMs(time);
  return [
    { text: time === undefined ? '' : dim(duration(wall)), rank: 3 },
    { text: time === undefined ? '' : dim(`model ${share(time.model, wall)}`), rank: 1 },
    { text: shipped.by === 'command' ? dim('by command') : '', rank: 1 },
    {
      text: shipped.dirty ? theme.sgr('warn', `with ${plural(shipped.dirty, 'file')} of yours`) : '',
      rank: 2,
    },
    {
      text: shipped.moved ? theme.sgr('warn', `on ${clean(shipped.branch, { newlines: false })}`) : '',
      rank: 2,
    },
  ];
}
