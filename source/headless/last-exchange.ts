// What stays on the normal screen when the full screen has left it: the last prompt, and what came of it.
import type { Conversation, Item } from '../session/conversation.ts';
import { clean, oneLine } from './print.ts';

const PROMPT_LINES = 6;
const ANSWER_LINES = 40;
const LINE_CHARACTERS = 400;

/** Plain text that ends with a line end; '' where nothing was said yet. `running`: the turn is cut off by leaving. */
export function lastExchange({ items }: Conversation, running: boolean): string {
  const from = items.findLastIndex((item) => item.kind === 'prompt' && !item.steer);
  const turn = items.slice(Math.max(0, from));
  const [prompt] = turn;
  const answer = turn.reduce((said, item) => wordsOf(item) || said, '');
  const commits = turn.flatMap((item) =>
    item.kind === 'commit' ? [`✓ ${oneLine(item.sha.slice(0, 7))} ${oneLine(item.subject)}`] : [],
  );
  const end = turn.findLast((item) => item.kind === 'end');
  const parts = [
    prompt?.kind === 'prompt' ? `› ${shortened(prompt.text, PROMPT_LINES).replaceAll('\n', '\n  ')}` : '',
    shortened(answer, ANSWER_LINES),
    [...commits, ...endLines(end, running)].join('\n'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

/** A shipped turn has its commit to say so. */
function endLines(end: Item | undefined, running: boolean): string[] {
  if (running) return ['■ interrupted by leaving; open hullspeed again to go on'];
  if (end?.kind !== 'end' || end.outcome === 'shipped' || end.outcome === 'answered') return [];
  return [`■ ${end.outcome}${end.reason === undefined ? '' : `: ${oneLine(end.reason, LINE_CHARACTERS)}`}`];
}

function wordsOf(item: Item): string {
  if (item.kind === 'answer') return item.text.trim();
  return item.kind === 'call' && item.name === 'ship' ? saidIn(item.argument) : '';
}

/** The arguments are the model's: what does not have the shape has no words. */
function saidIn(argument: string): string {
  try {
    const { say } = JSON.parse(argument) as { say?: unknown };
    return typeof say === 'string' ? say.trim() : '';
  } catch {
    return '';
  }
}

function shortened(text: string, most: number): string {
  const lines = clean(text).trim().split('\n');
  const shown = lines.slice(0, most).map((line) => {
    const characters = [...line];
    return characters.length <= LINE_CHARACTERS ? line : `${characters.slice(0, LINE_CHARACTERS).join('')}…`;
  });
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, `… ${more} more lines`].join('\n') : shown.join('\n');
}
