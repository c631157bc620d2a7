// What an item of the conversation says, as text: to search in, and to copy.
import type { CallItem, Item } from '../../session/conversation.ts';
import { patchText } from '../text/diff.ts';
import { stringField } from '../text/partial-json.ts';

/** What is copied of it: the words of a message, the output of a call, the sha of a commit; '' where there is nothing. */
export function messageOf(item: Item, output?: string): string {
  switch (item.kind) {
    case 'prompt':
    case 'notice':
      return item.text;
    case 'answer':
      return item.text || item.reasoning;
    case 'call':
      return callMessage(item, output ?? item.output) || codeOf(item);
    case 'search':
      return [item.query, ...item.sources].join('\n');
    case 'commit':
      return item.sha;
    case 'retry':
      return item.reason;
    case 'end':
      return item.reason ?? '';
    case 'compaction':
      return '';
    case 'reference':
      return item.name;
    default:
      return item satisfies never;
  }
}

/** A ship has words for people, a patch its lines, other calls their output. */
function callMessage({ name, argument, status }: CallItem, output: string): string {
  if (name === 'apply_patch' && status === 'ok') return '';
  const said = name === 'ship' ? (stringField(argument, 'say') ?? '') : '';
  return said.trim() === '' ? output : said;
}

/** What a call was asked to do: the command, the patch, the arguments. */
export function codeOf({ name, argument }: CallItem): string {
  if (name === 'exec_command') return stringField(argument, 'cmd') ?? argument;
  if (name === 'write_stdin') return stringField(argument, 'chars') ?? argument;
  return name === 'apply_patch' ? patchText(argument) : argument;
}

/** All words of it that can be read somewhere. `output`: the whole one of a call. */
export function wordsOf(item: Item, output?: string): string {
  switch (item.kind) {
    case 'answer':
      return `${item.reasoning}\n${item.text}`;
    case 'call':
      return `${codeOf(item)}\n${output ?? item.output}`;
    case 'commit':
      return `${item.sha} ${item.subject}`;
    default:
      return messageOf(item);
  }
}

export interface CodeBlock {
  /** Without the fences. */
  readonly text: string;
  /** Index of its first line in the text. */
  readonly line: number;
}

const fence = /^(\s*)(`{3,}|~{3,})[^`]*$/;

/** The fenced blocks of markdown, in order. */
export function codeBlocks(text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { readonly mark: string; readonly indent: number; readonly line: number } | undefined;
  let lines: string[] = [];
  text.split('\n').forEach((line, at) => {
    const [, indent = '', mark] = fence.exec(line.trimEnd()) ?? [];
    if (open === undefined) {
      if (mark === undefined) return;
      open = { mark, indent: indent.length, line: at + 1 };
      lines = [];
    } else if (mark !== undefined && line.trim() === mark && mark.startsWith(open.mark)) {
      blocks.push({ text: lines.join('\n'), line: open.line });
      open = undefined;
    } else lines.push(withoutIndent(line, open.indent));
  });
  if (open !== undefined && lines.length > 0) blocks.push({ text: lines.join('\n'), line: open.line });
  return blocks;
}

/** A fence in a list is as far in as its item. */
function withoutIndent(line: string, indent: number): string {
  const spaces = line.length - line.trimStart().length;
  return line.slice(Math.min(indent, spaces));
}
