// The moment for what takes a while: behind a piece of work, once neither the engine nor the person does anything.
import { isResting } from './screen.ts';
import type { Stage } from './stage.ts';

/** Who reads an answer and types the next prompt seldom takes so long. */
export const REST_MS = 30_000;

/**
 * Calls `tidy` once behind what the session recorded, when nothing more has come and no key was pressed for `REST_MS`;
 * and once so behind the start. An age that moves on is nothing that happened, so a resting screen is not woken again.
 */
export function tidyAtRest(
  { engine, view, screen }: Pick<Stage, 'engine' | 'view' | 'screen'>,
  tidy: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const rest = (): void => {
    timer = undefined;
    if (isResting({ session: engine.session.getState(), live: engine.live.state })) tidy();
    else wait();
  };
  const wait = (): void => {
    if (timer === undefined) timer = setTimeout(rest, REST_MS).unref();
    else timer.refresh();
  };
  wait();
  const stops = [
    engine.session.subscribe(wait),
    view.subscribe(() => timer?.refresh()),
    // Keys that a program of the person's own gets are seen by what it prints.
    screen.subscribe((now, before) => void (now.own !== before.own && timer?.refresh())),
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
