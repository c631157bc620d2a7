// Prompts that are ready before the person has typed any: one after the other, each when the one before is done with.
import type { Item } from '../session/conversation.ts';
import { bufferOf, isEmpty } from './editor.ts';
import type { Stage } from './stage.ts';

/** Puts the next draft into the composer when a turn has ended, nothing is typed and nothing waits. Returns the way to stop. */
export function layOutDrafts({ engine, view }: Stage, drafts: readonly string[]): () => void {
  return engine.session.subscribe(({ turns, queue, conversation }, before) => {
    const ended = turns.last !== before.turns.last && !turns.running && !turns.accepted;
    const waiting = queue.items.length + queue.steers.length;
    if (!ended || waiting > 0 || !isEmpty(view.getState().draft)) return;
    const next = nextDraft(drafts, conversation.items);
    if (next !== undefined) view.setState({ draft: bufferOf(next), recalled: undefined });
  });
}

/** The one after the last that was sent; the first while none was, undefined behind the last. */
function nextDraft(drafts: readonly string[], items: readonly Item[]): string | undefined {
  const sent = items.findLast((item) => item.kind === 'prompt' && drafts.includes(item.text));
  return drafts[sent?.kind === 'prompt' ? drafts.indexOf(sent.text) + 1 : 0];
}
