// What the model knows of the world beside its own work: where HEAD was, and the news that it has yet to hear.
import type { Recorded } from './events.ts';
import type { HeadSeen, WorldNews } from './facts.ts';

/** HEAD as the session saw it last, or as it put it itself. */
export function reduceHead(head: HeadSeen | undefined, event: Recorded): HeadSeen | undefined {
  if (event.type === 'commit.created')
    return { sha: event.sha, branch: event.branch === 'HEAD' ? null : event.branch };
  return event.type === 'notice.raised' && event.about?.kind === 'world' ? event.about.head : head;
}

export function hasNews({ paths, moved }: WorldNews): boolean {
  return paths.length > 0 || moved !== undefined;
}

/** Both, each path once. */
export function joinNews(before: WorldNews | undefined, after: WorldNews): WorldNews {
  if (before === undefined) return after;
  const moved = [before.moved, after.moved].filter((each) => each !== undefined).join('\n');
  const more = (before.more ?? 0) + (after.more ?? 0);
  return {
    paths: [...new Set([...before.paths, ...after.paths])],
    ...(more > 0 && { more }),
    ...(moved !== '' && { moved }),
  };
}

export function describeNews({ paths, more, moved }: WorldNews): string {
  const lines = moved === undefined ? [] : [moved];
  if (paths.length > 0) {
    const rest = more === undefined ? '' : ` and ${more} more`;
    lines.push(
      `Changed or deleted by the person or another program since you last saw them: ${paths.join(', ')}${rest}. Look at them again before you build on them.`,
    );
  }
  return lines.join('\n');
}
