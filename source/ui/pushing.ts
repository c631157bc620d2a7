// A push by the person's own hand: the first press shows what would go where, the second one sends it.
import type { Outgoing } from '../engine/git-ports.ts';
import { anyKeyFor } from './keys/any-key.ts';
import type { Screen } from './screen.ts';
import type { Stage } from './stage.ts';
import { say, send } from './submit.ts';
import { plural } from './text/amounts.ts';
import { clean } from './text/clean.ts';
import { cut } from './text/width.ts';
import type { PushQuestion, Ready } from './view.ts';

const LOOKING = 'looking at what a push would send …';

/**
 * Reads what a push would do, and shows it; where that is what is shown already, pushes. Whatever takes the look out of
 * the view meanwhile has its answer dropped.
 */
export async function pushOrShow(stage: Stage): Promise<void> {
  const { view } = stage;
  if (stage.engine.live.state.pushing) return say(stage, 'a push is on its way');
  const { push } = view.getState();
  say(stage, LOOKING);
  // What it finds has not been shown yet: no press can mean it.
  if (push?.kind === 'looking') return;
  const shown = push?.ready;
  // What is pushed is to be seen, not a choice of it.
  if (stage.log.current().decided) void stage.log.turnDecided();
  const looking: PushQuestion = { kind: 'looking', ready: shown };
  view.setState({ push: looking });
  const next = await stage.engine.repository
    .outgoing()
    .catch((error: unknown): Outgoing => ({ reason: String(error) }));
  if (view.getState().push !== looking) return;
  const answer = (message?: string): void => {
    // What was said since then is newer.
    if (view.getState().message === LOOKING) view.setState({ message });
  };
  if ('reason' in next) {
    view.setState({ push: undefined });
    answer(next.reason);
  } else if (shown === undefined || !isSame(shown, next)) {
    view.setState({ push: { kind: 'shown', ready: next } });
    answer(shown && 'there is more to push than was shown: look again');
  } else {
    view.setState({ push: undefined });
    answer();
    send(stage, { do: 'push' });
  }
}

function isSame(a: Ready, b: Ready): boolean {
  return a.to === b.to && a.head === b.head && a.commits === b.commits;
}

/** The row over the commits while a push waits for its second press, or is on its way. */
export function pushRow(
  { view, live, log, session }: Screen,
  width: number,
  { theme, keymap }: Pick<Stage, 'theme' | 'keymap'>,
): string[] {
  if (live.pushing) return [cut(theme.sgr('accent', '↑ pushing …'), width)];
  if (view.push?.ready === undefined) return [];
  const { to, commits, first } = view.push.ready;
  const unpushed = new Set(log.rows.flatMap(({ sha, unpushed: is }) => (is ? [sha] : [])));
  const red = session.commits.made.filter(
    ({ sha, verdict }) => unpushed.has(sha) && verdict.kind === 'red',
  ).length;
  const what = `${plural(commits, 'commit')}${red > 0 ? ` (${red} red)` : ''}`;
  const where = `${clean(to, { newlines: false })}${first ? ', which is new there' : ''}`;
  return [cut(theme.sgr('accent', `↑ ${anyKeyFor(keymap, 'push')} again pushes ${what} to ${where}`), width)];
}

/** Says in the line over the composer what became of a push. Returns the way to stop. */
export function tellPushes(stage: Stage): () => void {
  const { engine } = stage;
  let pushing = false;
  return engine.live.subscribe(() => {
    if (pushing === engine.live.state.pushing) return;
    pushing = engine.live.state.pushing;
    if (pushing) return;
    const last = engine.session.getState().conversation.items.findLast((item) => item.kind === 'notice');
    if (last?.kind === 'notice') say(stage, last.text);
    stage.log.refresh();
  });
}
