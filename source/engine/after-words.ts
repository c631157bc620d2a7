// An answer without calls: what the model is told where it cannot be the turn's last word.
import { toShip } from '../session/claims.ts';
import { texts } from '../session/conversation.ts';
import type { Outcome, StepInput, WireItem } from '../session/facts.ts';
import type { StepEnd, StepPorts } from './step.ts';

export const CUT: StepInput = {
  kind: 'notice',
  text: 'Your last answer was cut off at the maximum of output tokens. Go on from there, in smaller pieces.',
};
const EMPTY: StepInput = {
  kind: 'notice',
  text: 'Your last answer was empty. Go on: act, ship, or answer in words.',
};
const AUTO_SHIP: StepInput = {
  kind: 'notice',
  text: 'The person has auto_ship on: call ship now for the work that is not committed yet.',
};

/** An answer without calls: unfinished for a reason that we can name, or the turn's end. */
export function afterWords(
  ports: Pick<StepPorts, 'store' | 'settings'>,
  end: StepEnd & { kind: 'answered' },
  asked: { again: boolean; ship: boolean },
): readonly StepInput[] | { readonly outcome: Outcome; readonly reason?: string } {
  const { store, settings } = ports;
  if (store.getState().queue.steers.length > 0) return [];
  if (end.cut) return [CUT];
  if (!hasWords(end.items)) {
    if (asked.again)
      return {
        outcome: 'failed',
        reason: 'the model answered twice with nothing; try again, or say it in other words',
      };
    asked.again = true;
    return [EMPTY];
  }
  if (settings.autoShip && !asked.ship && toShip(store.getState().claims).length > 0) {
    asked.ship = true;
    return [AUTO_SHIP];
  }
  return { outcome: 'answered' };
}

function hasWords(items: readonly WireItem[]): boolean {
  return items.some(
    (item) => item.type === 'message' && texts(item.content).some((text) => text.trim() !== ''),
  );
}
