// What keys do in the conversation.
import type { Item } from '../../session/conversation.ts';
import { selectCall } from '../panes/scrolling.ts';
import type { Stage } from '../stage.ts';

export const conversationActions = {
  'previous call': (stage: Stage) => selectCall(stage, -1),
  'next call': (stage: Stage) => selectCall(stage, 1),
  'turn call': turnCall,
};

function turnCall(stage: Stage): void {
  const { selected, turned } = stage.view.getState();
  const { items } = stage.screen.getState();
  const call =
    selected ?? items.findLast((item): item is Item & { kind: 'call' } => item.kind === 'call')?.call;
  if (call === undefined) return;
  const next = new Set(turned);
  if (!next.delete(call)) next.add(call);
  stage.view.setState({ turned: next, selected: call });
}
