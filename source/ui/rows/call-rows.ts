// A call folded to one line, and what it unfolds to.
import type { CallItem } from '../../session/conversation.ts';
import type { Decision } from '../../session/facts.ts';
import { duration, grouped, plural } from '../text/amounts.ts';
import { behind } from '../text/behind.ts';
import { clean } from '../text/clean.ts';
import { changeCounts, patchRows, readPatch } from '../text/diff.ts';
import { firstRows } from '../text/first-rows.ts';
import { beside, type Part } from '../text/fit.ts';
import { markdownRows } from '../text/markdown.ts';
import { stringField } from '../text/partial-json.ts';
import type { PatchFile } from '../text/patch-lines.ts';
import { cut } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Theme, Token } from '../theme.ts';
import { callDependencies, dependencyRows } from './dependencies.ts';
import { redShipLine } from './red-ship.ts';

const marks: Readonly<
  Record<CallItem['status'], { readonly glyph: string; readonly token: Token; readonly word?: string }>
> = {
  waiting: { glyph: '○', token: 'dim' },
  running: { glyph: '◌', token: 'accent' },
  ok: { glyph: '●', token: 'ok' },
  failed: { glyph: '✕', token: 'bad', word: 'failed' },
  refused: { glyph: '✕', token: 'bad', word: 'refused' },
  interrupted: { glyph: '■', token: 'warn', word: 'interrupted' },
  superseded: { glyph: '○', token: 'dim', word: 'superseded' },
};

/** Names as people see them. */
const names: ReadonlyMap<string, string> = new Map([
  ['exec_command', 'exec'],
  ['write_stdin', 'input'],
  ['apply_patch', 'patch'],
  ['view_image', 'image'],
]);

/** What took less took no time. */
const LEAST_MS = 50;
const maxOutputRows = 20;
const maxReasonRows = 4;
/** What came of a call says more than the end of a long command. */
const subjectShare = 0.3;

export interface CallOptions {
  readonly open: boolean;
  /** With the row that names it. */
  readonly maxPatchRows?: number;
}

export function callRows(item: CallItem, width: number, theme: Theme, options: CallOptions): string[] {
  const rows = [foldedRow(item, width, theme)];
  if (item.name === 'ship') return [...rows, ...shipRows(item, width, theme, options.open)];
  if (item.name === 'apply_patch' && item.status !== 'failed' && item.status !== 'refused')
    return [...rows, ...drawnPatch(item, width, theme, options)];
  if (!options.open) return [...rows, ...reasonRows(item, width, theme)];
  const output = outputRows(item.output, Math.max(1, width - 2), theme);
  return [...rows, ...output.map((row) => cut(`  ${row}`, width))];
}

function drawnPatch(
  item: CallItem,
  width: number,
  theme: Theme,
  { open, maxPatchRows }: CallOptions,
): string[] {
  const files = readPatch(item.argument);
  const added = dependencyRows(callDependencies(item), width, theme);
  if (!open) return added;
  const maxRows = maxPatchRows && Math.max(1, maxPatchRows - 1 - added.length);
  const rows = patchRows(files, Math.max(1, width - 2), theme, { maxRows, headed: true });
  return [...added, ...rows.map((row) => cut(`  ${row}`, width))];
}

/** `● exec  rg -n slug source  0.1s`; the state of a call that did not end well stands there in a word. */
function foldedRow(item: CallItem, width: number, theme: Theme): string {
  const { glyph, token } = marks[item.status];
  const head = `${theme.sgr(token, glyph)} ${theme.sgr('accent', callName(item.name))}  `;
  return beside(
    head + callSubject(item.name, item.argument, theme),
    callResults(item, theme),
    width,
    subjectShare,
  );
}

/** The name of a tool as people see it, cleaned. */
export function callName(name: string): string {
  return names.get(name) ?? clean(name, { newlines: false });
}

/** What a call is about, in one styled line, from arguments that may be half written. */
export function callSubject(name: string, argument: string, theme: Theme): string {
  const field = (key: string): string => clean(stringField(argument, key) ?? '').trim();
  switch (name) {
    case 'exec_command': {
      const [first = '', ...rest] = field('cmd').split('\n');
      return rest.length === 0 ? first : first + theme.sgr('dim', ` … ${plural(rest.length, 'more line')}`);
    }
    case 'write_stdin':
      return `to ${/"session_id"\s*:\s*(\d+)/.exec(argument)?.[1] ?? '?'}  ${JSON.stringify(field('chars'))}`;
    case 'apply_patch':
      return patchSubject(readPatch(argument));
    case 'view_image':
      return clean(field('path'), { newlines: false });
    case 'ship':
      return theme.sgr('strong', clean(field('subject'), { newlines: false }));
    default:
      return clean(argument.slice(0, 500), { newlines: false });
  }
}

/** The paths of a patch, the first by name. */
export function patchSubject(files: readonly PatchFile[]): string {
  const [first, second, ...rest] = files;
  if (second === undefined) return first?.path ?? '';
  return rest.length === 0
    ? `${first?.path}, ${second.path}`
    : `${first?.path} and ${plural(rest.length + 1, 'more file')}`;
}

/** What came of a call, and how long it took. */
export function callResults(item: CallItem, theme: Theme): Part[] {
  const { word = '', token } = marks[item.status];
  const { changes = [], exit = 0, session, kept, ms = 0 } = item;
  const timed = ms >= LEAST_MS && item.name !== 'apply_patch' && item.name !== 'ship';
  const shown = kept === undefined ? '' : `kept ${grouped(kept.lines)} of ${grouped(kept.ofLines)} lines`;
  return [
    { text: changes.length > 0 ? changeCounts(changes, theme) : '', rank: 4 },
    // An exit code says that it failed, and how.
    { text: exit === 0 ? theme.sgr(token, word) : '', rank: 5 },
    { text: exit === 0 ? '' : theme.sgr('warn', `exit ${exit}`), rank: 5 },
    { text: session === undefined ? '' : theme.sgr('accent', `goes on as ${session}`), rank: 3 },
    { text: theme.sgr('dim', shown), rank: 2 },
    { text: timed ? theme.sgr('dim', duration(ms)) : '', rank: 1 },
  ];
}

/** Why a call did not run or failed, where it is not the command's own doing. */
function reasonRows(item: CallItem, width: number, theme: Theme): string[] {
  if (item.exit !== undefined || (item.status !== 'failed' && item.status !== 'refused')) return [];
  const first = clean(item.output).trim().split('\n', 1)[0] ?? '';
  if (first === '') return [];
  const rows = behind('  ', theme.sgr('dim', first), width);
  return firstRows(rows, width, theme, maxReasonRows);
}

/** The model's closing words and its decisions stand where its answer would; a ship that did not go says why. */
export function shipRows(item: CallItem, width: number, theme: Theme, open: boolean): string[] {
  const say = stringField(item.argument, 'say') ?? '';
  const decisions = shipDecisions(item.argument).flatMap((decision) => decisionRows(decision, width, theme));
  const answer =
    item.output === '' || item.status === 'ok'
      ? []
      : open
        ? outputRows(item.output, Math.max(1, width - 2), theme)
        : outputRows(
            redShipLine(item.output) ?? firstParagraph(item.output),
            Math.max(1, width - 2),
            theme,
            maxReasonRows,
          );
  const said = say.trim() === '' ? [] : ['', ...markdownRows(say, width, theme), ''];
  return [...answer.map((row) => cut(`  ${row}`, width)), ...decisions, ...said];
}

function decisionRows(decision: Decision, width: number, theme: Theme): string[] {
  const line = (text: string): string => clean(text, { newlines: false });
  const over = decision.over === undefined ? '' : ` over ${line(decision.over)}`;
  const choice = `${theme.sgr('decision', line(decision.chose))}${over}`;
  return behind(
    theme.sgr('decision', '◆ '),
    `${choice}${theme.sgr('dim', `: ${line(decision.why)}`)}`,
    width,
  );
}

/** The arguments are the model's: what does not have the shape of a decision is none. */
function shipDecisions(argument: string): Decision[] {
  let decisions: unknown;
  try {
    decisions = (JSON.parse(argument) as { decisions?: unknown } | null)?.decisions;
  } catch {
    return [];
  }
  if (!Array.isArray(decisions)) return [];
  return decisions.flatMap((each: { chose?: unknown; over?: unknown; why?: unknown } | null) => {
    const { chose, over, why } = each ?? {};
    if (typeof chose !== 'string' || typeof why !== 'string') return [];
    return [typeof over === 'string' && over !== '' ? { chose, over, why } : { chose, why }];
  });
}

/** The failures and their output stand in the tests pane. */
function firstParagraph(text: string): string {
  return (
    clean(text)
      .trim()
      .split(/\n\s*\n/, 1)[0] ?? ''
  );
}

function outputRows(output: string, width: number, theme: Theme, maxRows = maxOutputRows): string[] {
  const lines = clean(output).trim().split('\n');
  const rows = lines.flatMap((line) => wrap(theme.sgr('dim', line), width));
  return firstRows(rows, width, theme, maxRows);
}
