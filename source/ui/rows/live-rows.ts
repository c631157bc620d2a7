// What streams in and is not a fact yet, drawn under the conversation.
import type { LiveState } from '../../engine/face.ts';
import { clean } from '../text/clean.ts';
import { changeCounts, patchRows, readPatch } from '../text/diff.ts';
import { beside, type Part } from '../text/fit.ts';
import { createStreamingMarkdown } from '../text/markdown.ts';
import { stringField } from '../text/partial-json.ts';
import { cut } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import { callName, callSubject, patchSubject } from './call-rows.ts';
import { dependencyRows, patchDependencies } from './dependencies.ts';
import { foldedThought, newestThought } from './thought-rows.ts';

/** Reasoning is followed, not read: its newest rows are enough. */
const reasoningRows = 4;
/** Of each running command's output. */
const outputRows = 3;
/** More than the rows above can hold, so that no frame cleans what it does not show. */
const tailCharacters = 2_000;

/** What streams is laid out once, so each screen needs rows of its own. */
export interface LiveRows {
  rows(live: LiveState, width: number, maxPatchRows: number): string[];
  /** The text of an answer that has streamed, as it was laid out then; undefined for any other. */
  streamed(text: string, width: number): string[] | undefined;
  /** Lays out some of an answer between two frames, as long as `goes` says so. Whether there was any. */
  ahead(live: LiveState, goes: () => boolean): boolean;
}

/** Rows of the live state. */
export function createLiveRows(theme: Theme): LiveRows {
  const answer = createStreamingMarkdown(theme);
  const say = createStreamingMarkdown(theme);
  const callRows = ({ name, argument }: LiveState['calls'][number], width: number): string[] => {
    const head = line(callName(name), callSubject(name, argument, theme), width, theme);
    return name === 'ship' ? [head, ...spaced(say.rows(stringField(argument, 'say') ?? '', width))] : [head];
  };
  const rows: LiveRows['rows'] = (live, width, maxPatchRows) => {
    if (width < 1) return [];
    return [
      ...thoughtRows(live, width, theme),
      ...spaced(answer.soFar(live.text, width)),
      ...(live.search === '' ? [] : [line('search', clean(live.search, { newlines: false }), width, theme)]),
      ...live.calls.flatMap((call) =>
        call.name === 'apply_patch'
          ? growingPatch(call.argument, width, theme, maxPatchRows)
          : callRows(call, width),
      ),
    ];
  };
  return { rows, streamed: answer.whole, ahead: ({ text }, goes) => answer.ahead(text, goes) };
}

/** Once there are words or calls, it stands as the answer will have it: what is read then does not move any more. */
function thoughtRows(live: LiveState, width: number, theme: Theme): string[] {
  if (live.text !== '' || live.calls.length > 0) return foldedThought(live.reasoning, width, theme);
  return live.reasoning === '' ? [] : newestThought(live.reasoning, width, theme, reasoningRows);
}

function growingPatch(argument: string, width: number, theme: Theme, most: number): string[] {
  const files = readPatch(argument);
  const counts = { text: files.length === 0 ? '' : changeCounts(files, theme), rank: 0 };
  const added = dependencyRows(patchDependencies(files), width, theme);
  const options = { maxRows: Math.max(1, most - 1 - added.length), streaming: true, headed: true };
  const rows = patchRows(files, Math.max(1, width - 2), theme, options).map((row) => cut(`  ${row}`, width));
  const head = line(callName('apply_patch'), patchSubject(files), width, theme, [counts]);
  return [head, ...added, ...rows];
}

function line(
  name: string,
  subject: string,
  width: number,
  theme: Theme,
  results: readonly Part[] = [],
): string {
  return beside(`${theme.sgr('accent', `◌ ${name}`)}  ${subject}`, results, width);
}

/** The newest rows of what a running call has written so far. */
export function newestOutput(output: string, width: number, theme: Theme): string[] {
  if (width < 1) return [];
  const text = clean(output.slice(-tailCharacters)).trimEnd();
  if (text === '') return [];
  const lines = text.split('\n').slice(-outputRows);
  return lines.map((each) => cut(`  ${theme.sgr('border', '│')} ${theme.sgr('dim', each)}`, width));
}

function spaced(rows: string[]): string[] {
  return rows.length === 0 ? [] : ['', ...rows, ''];
}
