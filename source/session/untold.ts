// What happened between two requests and the model is told with the next one (rule 1).
import type { Recorded } from './events.ts';
import type { StepInput, WorldNews } from './facts.ts';
import { describeNews, hasNews, joinNews } from './world.ts';

/** `id`: seq of the notice that brought it. */
export interface Untold {
  readonly id: number;
  readonly input: StepInput;
  /** What it says, where more of the kind joins it: a file that is saved twice before a request is named once. */
  readonly news?: WorldNews;
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
  if (event.type === 'notice.raised' && event.about?.kind === 'world' && hasNews(event.about))
    return withNews(untold ?? [], event.seq, event.about);
  if (event.type === 'reference.removed') return [...(untold ?? []), removed(event)].slice(-MOST);
  if (event.type !== 'step.started' || untold === undefined) return untold;
  const left = untold.filter(({ id }) => !event.told?.includes(id));
  return left.length === 0 ? undefined : left;
}

function withNews(untold: readonly Untold[], id: number, about: WorldNews): readonly Untold[] {
  const { paths, more, moved } = about;
  const fresh = { paths, ...(more && { more }), ...(moved && { moved }) };
  const news = joinNews(untold.findLast((each) => each.news)?.news, fresh);
  const rest = untold.filter((each) => each.news === undefined);
  return [...rest, { id, input: { kind: 'notice' as const, text: describeNews(news) }, news }].slice(-MOST);
}

function removed({ seq, name, path }: Recorded & { type: 'reference.removed' }): Untold {
  const text = `${name} (${path}) is no reference any more: leave it alone, unless the person names it again.`;
  return { id: seq, input: { kind: 'notice', text } };
}
