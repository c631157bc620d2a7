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
  if (untold === undefined) return untold;
  // What was to be told of an earlier run is old: a later one was waited for, or the files have been shipped.
  if (event.type === 'commit.created' || (event.type === 'run.finished' && event.verdict !== 'stopped'))
    return without(untold, ({ input }) => input.kind === 'run');
  if (event.type !== 'step.started') return untold;
  return without(untold, ({ id }) => event.told?.includes(id) === true);
}

function without(untold: readonly Untold[], goes: (each: Untold) => boolean): readonly Untold[] | undefined {
  const left = untold.filter((each) => !goes(each));
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
