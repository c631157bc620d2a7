// What was cut from an output, for the model after all: the person hands it over with a key.
import type { CallItem } from '../session/conversation.ts';
import { itemOfKeys, shownOutput, wholeOutput } from './items.ts';
import { codeOf } from './rows/item-text.ts';
import type { Stage } from './stage.ts';
import { say, send } from './submit.ts';
import { clean } from './text/clean.ts';

/** Characters that are handed over at once: about 15,000 tokens. */
const MOST = 60_000;
/** As the tool marks where it cut. */
const CUT = /\n?… kept [^\n]* …\n/;

export async function handRest(stage: Stage): Promise<void> {
  const item = itemOfKeys(stage);
  if (item?.kind !== 'call') return say(stage, 'that is no call: select one whose output was cut');
  if (item.kept === undefined) return say(stage, 'the model saw all of its output');
  const whole = item.whole === undefined ? undefined : await wholeOutput(stage, item);
  if (whole === undefined) return say(stage, 'what was cut from it was not kept on the disk');
  const shown = (await shownOutput(stage, item)) ?? '';
  const text = `The person hands you what was cut from the output of this call: ${nameOf(item)}\n${restOf(clean(whole), shown)}`;
  const said = 'handed the model what was cut from the output';
  if (send(stage, { do: 'tell', text, said })) say(stage, `${said}: it comes with the next request`);
}

/** What stands between the beginning and the end that were shown; where they do not fit the whole, all of it. */
export function restOf(whole: string, shown: string): string {
  const cut = CUT.exec(shown);
  const [status = ''] = shown.split('\n', 1);
  const head = cut === null ? '' : shown.slice(status.length + 1, cut.index + 1);
  const tail = cut === null ? '' : shown.slice(cut.index + cut[0].length);
  const fits = whole.startsWith(head) && whole.endsWith(tail) && whole.length >= head.length + tail.length;
  const rest = fits ? whole.slice(head.length, whole.length - tail.length) : whole;
  if (rest.length <= MOST) return rest;
  return `${rest.slice(0, MOST)}\n… ${rest.length - MOST} more characters: run the command again with a filter to see them`;
}

function nameOf(item: CallItem): string {
  return codeOf(item).split('\n', 1)[0]?.slice(0, 200) ?? item.name;
}
