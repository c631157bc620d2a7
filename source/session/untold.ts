// What happened between two requests and the model is told with the next one (rule 1).
import type { Recorded } from './events.ts';
import type { StepInput } from './facts.ts';

/** `id`: seq of the notice that brought it. */
export interface Untold {
  readonly id: number;
  readonly input: StepInput;
}

/** More than that is old news. */
const MOST = 8;

/** Undefined: there is nothing to tell. */
export function reduceUntold(
  untold: readonly Untold[] | undefined,
  event: Recorded,
): readonly Untold[] | undefined {
  if (event.type === 'notice.raised' && event.about?.kind === 'tell')
    return [...(untold ?? []), { id: event.seq, input: event.about.input }].slice(-MOST);
  if (event.type !== 'step.started' || untold === undefined) return untold;
  const left = untold.filter(({ id }) => !event.told?.includes(id));
  return left.length === 0 ? undefined : left;
}
