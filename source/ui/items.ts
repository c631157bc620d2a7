// What the keys of the conversation do with the selected item: open it, read all of it, copy it or its code.

import type { Item } from '../session/conversation.ts';
import { open as openCommit } from './commit-keys.ts';
import { pageConversation } from './panes/conversation.ts';
import { isOpen, newestPrompt } from './panes/conversation-list.ts';
import { screenNow, selectedItem } from './panes/items.ts';
import { isBefore, type Position, walk } from './panes/scroll.ts';
import { openReading } from './reading.ts';
import { codeBlocks, codeOf, messageOf } from './rows/item-text.ts';
import { plainText } from './search/find.ts';
import type { Stage } from './stage.ts';
import { copy, say } from './submit.ts';
import { grouped } from './text/amounts.ts';
import { cleanCopy } from './text/clean.ts';

/** Events that are looked through for the output of a call, from its step on. */
const NEAR = 200;
const FAR = 5;

/** Folded: opens it here. Open, or nothing that folds: all of it over the panes. */
export function openItem(stage: Stage): void {
  const selected = selectedItem(stage, isCall);
  if (selected === undefined) {
    say(stage, 'there is nothing to open yet');
    return;
  }
  const { item, key, block } = selected;
  const { items, view, log } = stage.screen.getState();
  const commit = item.kind === 'commit' && log.rows.find(({ sha }) => sha === item.sha);
  if (commit) {
    void openCommit(stage, { commit });
    return;
  }
  const open = isOpen(item, key, block > newestPrompt(items), view.turned);
  if (open || !folds(item)) void readItem(stage);
  else turnItem(stage);
}

function isCall(item: Item): boolean {
  return item.kind === 'call';
}

/** Whom a copy is about while nothing is selected: the model's last words. */
function hasWords(item: Item): boolean {
  return (item.kind === 'answer' && item.text !== '') || (item.kind === 'call' && item.name === 'ship');
}

/** Whether there is more of it when it is open. */
function folds(item: Item): boolean {
  return item.kind === 'call'
    ? item.output !== '' || item.name === 'apply_patch'
    : item.kind === 'answer' && item.reasoning !== '';
}

export function turnItem(stage: Stage): void {
  const selected = selectedItem(stage, isCall);
  if (selected === undefined) return;
  const { turned } = stage.view.getState();
  const next = new Set(turned);
  if (!next.delete(selected.key)) next.add(selected.key);
  stage.view.setState({ turned: next, selected: selected.key });
}

/** Over the panes at once; a call's whole output when the journal has given it. What is searched stays searched. */
export async function readItem(stage: Stage): Promise<void> {
  const selected = selectedItem(stage, isCall);
  if (selected === undefined) return say(stage, 'there is nothing to read yet');
  const { item, key } = selected;
  const { search } = stage.view.getState();
  stage.view.setState({ selected: key });
  const subject = { kind: 'pager' as const, item, text: { item } };
  if (item.kind !== 'call' || item.output === '')
    return openReading(stage, subject, undefined, search?.query);
  const whole = wholeOutput(stage, item).then((output) => ({ ...subject, text: { item, output } }));
  await openReading(stage, { ...subject, text: 'reading …' }, whole, search?.query);
}

/** The message, the output, the sha. */
export async function copyItem(stage: Stage): Promise<void> {
  const item = itemOfKeys(stage);
  if (item === undefined) return say(stage, 'there is nothing to copy yet');
  const output = item.kind === 'call' ? await wholeOutput(stage, item) : undefined;
  await copy(stage, messageOf(item, output), nameOf(item, output));
}

/** The command or the patch of a call, the sha of a commit; of an answer the code block on the screen, then the next. */
export async function copyCode(stage: Stage): Promise<void> {
  const item = itemOfKeys(stage);
  if (item === undefined) return say(stage, 'there is nothing to copy yet');
  if (item.kind === 'call') return copy(stage, codeOf(item), codeName(item));
  const blocks = codeBlocks(messageOf(item));
  if (blocks.length === 0) return say(stage, 'there is no code block in it; y copies all of it');
  const nth = nextBlock(
    stage,
    item,
    blocks.map(({ text }) => text),
  );
  const what = blocks.length === 1 ? 'the code block' : `code block ${nth + 1} of ${blocks.length}`;
  await copy(stage, blocks[nth]?.text ?? '', what);
}

function nameOf(item: Item, output: string | undefined): string {
  if (item.kind === 'commit') return item.sha.slice(0, 7);
  if (item.kind === 'prompt' || item.kind === 'notice' || item.kind === 'answer') return `the ${item.kind}`;
  if (item.kind !== 'call') return 'it';
  if (messageOf(item, output) === codeOf(item)) return codeName(item);
  return item.name === 'ship' ? 'the message' : 'the output';
}

function codeName({ name }: Item & { kind: 'call' }): string {
  return name === 'apply_patch' ? 'the patch' : name === 'exec_command' ? 'the command' : 'the call';
}

/** What is read over the panes, else what is selected. */
export function itemOfKeys(stage: Stage): Item | undefined {
  const { subject } = stage.view.getState().reading ?? {};
  return subject?.kind === 'pager' ? subject.item : selectedItem(stage, hasWords)?.item;
}

/** Which block the key is about: the first that is not scrolled away, or the one after that which was just copied. */
function nextBlock(stage: Stage, item: Item, blocks: readonly string[]): number {
  const view = stage.view.getState();
  const key = selectedItem(stage, hasWords)?.key ?? '';
  const nth =
    view.block?.item === key ? (view.block.nth + 1) % blocks.length : firstShown(stage, item, blocks);
  stage.view.setState({ block: { item: key, nth } });
  return nth;
}

function firstShown(stage: Stage, item: Item, blocks: readonly string[]): number {
  const screen = screenNow(stage);
  const page = pageConversation(screen, stage);
  const block = screen.items.indexOf(item);
  if (page === undefined || block < 0 || screen.view.reading !== undefined) return 0;
  const rows = page.blocks.rows(block).map((row) => plainText(row).trim());
  const place: Position = { block, row: 0 };
  let hidden = 0;
  for (
    let at: Position = place;
    hidden < rows.length && isBefore(at, page.top);
    at = walk(page.blocks, at, 1)
  )
    hidden += 1;
  const shown = blocks.findIndex((text) => lastRowOf(text, rows) >= hidden);
  return Math.max(0, shown);
}

/** The row in which the block's last words stand; beyond them all where it is not found. */
function lastRowOf(text: string, rows: readonly string[]): number {
  const last = cleanCopy(text).trimEnd().split('\n').at(-1)?.trim() ?? '';
  const found = rows.findLastIndex((row) => row !== '' && last.startsWith(row));
  return found < 0 ? rows.length : found;
}

/** Bytes of an output that are read: a pager is no place for more. */
const MOST_BYTES = 380_000;

/**
 * All that was printed, where the model was shown less; else what it was shown, which the state has shortened. Undefined
 * where the journal does not give it.
 */
export async function wholeOutput(stage: Stage, item: Item & { kind: 'call' }): Promise<string | undefined> {
  const printed = item.whole === undefined ? null : stage.engine.fetch(item.whole, MOST_BYTES);
  if (printed === null) return shownOutput(stage, item);
  const text = new TextDecoder().decode(printed, { stream: true });
  const rest = (item.kept?.ofBytes ?? 0) - printed.length;
  return rest > 0 ? `${text}\n… ${grouped(rest)} more bytes` : text;
}

/** All that the model was shown; the state has it shortened. */
export async function shownOutput(
  { engine }: Stage,
  item: Item & { kind: 'call' },
): Promise<string | undefined> {
  for (let page = 0; page < FAR; page += 1) {
    const events = await engine.history(item.seq + page * NEAR, NEAR).catch(() => []);
    for (const event of events)
      if (event.type === 'call.finished' && event.call === item.call) return event.output;
    if (events.length < NEAR) return undefined;
  }
  return undefined;
}
