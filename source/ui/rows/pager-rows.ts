// All there is to read of one item of the conversation: its title, and its rows laid out once for a width.
import type { CallItem, Item } from '../../session/conversation.ts';
import { plural } from '../text/amounts.ts';
import { behind } from '../text/behind.ts';
import { clean } from '../text/clean.ts';
import { patchRows, readPatch } from '../text/diff.ts';
import { beside } from '../text/fit.ts';
import { highlight } from '../text/highlight.ts';
import { markdownRows } from '../text/markdown.ts';
import { cut } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';
import type { ItemText } from '../view.ts';
import { callName, callResults, callSubject, shipRows } from './call-rows.ts';
import { codeOf, messageOf } from './item-text.ts';
import { wholeThought } from './thought-rows.ts';

/** A pasted log file can have any size; laying this much out takes some 200 ms. */
const MOST_CHARACTERS = 400_000;

/** `▸exec  npm test   exit 1  kept 200 of 4,812 lines  2.1s  1-40 of 212`. */
export function pagerTitle(item: Item, place: string, width: number, theme: Theme): string {
  const name = item.kind === 'call' ? callName(item.name) : item.kind;
  const subject = item.kind === 'call' ? callSubject(item.name, item.argument, theme) : '';
  const results = item.kind === 'call' ? callResults(item, theme) : [];
  const parts = [...results, { text: theme.sgr('dim', place), rank: 1.5 }];
  return beside(`${theme.sgr('focus', `▸${name}`)}  ${subject}`, parts, width, 0.3);
}

export function layOutItem({ item, output }: ItemText, width: number, theme: Theme): string[] {
  if (width < 1) return [];
  if (item.kind === 'call') return callPage(item, output ?? item.output, width, theme);
  if (item.kind !== 'answer') return textRows(messageOf(item), width, theme);
  const thought = wholeThought(item.reasoning, width, theme);
  const gap = thought.length > 0 && item.text !== '' ? [''] : [];
  const { text, more } = shortened(item.text);
  return [...thought, ...gap, ...markdownRows(text, width, theme), ...moreRows(more, width, theme)];
}

function callPage(item: CallItem, output: string, width: number, theme: Theme): string[] {
  const asked = askedRows(item, width, theme);
  const runs = item.status === 'running' || item.status === 'waiting';
  const none = runs ? [cut(theme.sgr('dim', 'its output can be read when it has ended'), width)] : [];
  const answer = output.trim() === '' ? none : textRows(output, width, theme);
  const gap = asked.length > 0 && answer.length > 0 ? [''] : [];
  return [...asked, ...gap, ...answer];
}

/** What the call was asked to do, where the title does not say all of it. */
function askedRows(item: CallItem, width: number, theme: Theme): string[] {
  switch (item.name) {
    case 'apply_patch':
      return patchRows(readPatch(item.argument), width, theme, { coloured: true });
    case 'ship':
      return withoutMargins(shipRows({ ...item, output: '' }, width, theme, true));
    case 'exec_command': {
      const lines = highlight(clean(codeOf(item)).trim(), 'bash', theme);
      return behind(theme.sgr('accent', '$ '), lines.join('\n'), width, { hanging: 2 });
    }
    default:
      return wrap(theme.sgr('dim', clean(shortened(codeOf(item)).text)), width);
  }
}

function withoutMargins(rows: readonly string[]): string[] {
  const first = rows.findIndex((row) => row !== '');
  return first < 0 ? [] : rows.slice(first, rows.findLastIndex((row) => row !== '') + 1);
}

function textRows(all: string, width: number, theme: Theme): string[] {
  const { text, more } = shortened(all);
  return [...wrap(clean(text).trimEnd(), width), ...moreRows(more, width, theme)];
}

function shortened(text: string): { readonly text: string; readonly more: number } {
  return { text: text.slice(0, MOST_CHARACTERS), more: Math.max(0, text.length - MOST_CHARACTERS) };
}

function moreRows(more: number, width: number, theme: Theme): string[] {
  return more === 0 ? [] : [cut(theme.sgr('dim', `… ${plural(more, 'more character')}`), width)];
}
