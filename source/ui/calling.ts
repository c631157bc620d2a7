// Watches for the moments at which the person is called back: a turn that ends, goes red, or waits.
import { projectName } from './rows/status-row.ts';
import type { Stage } from './stage.ts';
import { callFor } from './terminal/attention.ts';
import { clean } from './text/clean.ts';

/** A model that is asked again sooner needs nobody. */
const WAIT_MS = 15_000;

/** `call` gets a clean text. Returns the way to stop. */
export function watchForCalls(stage: Stage, call: (text: string) => unknown): () => void {
  const { engine, view, clock } = stage;
  let waiting = false;
  const say = (what: string): void => {
    const name = projectName(engine.session.getState().root);
    call(clean(name === '' ? what : `${what} · ${name}`, { newlines: false }).slice(0, 100));
  };
  const stops = [
    engine.session.subscribe((after, before) => {
      const text = callFor(before, after, view.getState().inFront, clock.mono());
      if (text !== undefined) say(text);
    }),
    engine.live.subscribe(() => {
      const { retry } = engine.live.state;
      // Once until an answer comes, however often it is asked again.
      if (retry === null) waiting = engine.session.getState().turns.running !== undefined && waiting;
      else if (!waiting && retry.until - clock.mono() > WAIT_MS) {
        waiting = true;
        if (view.getState().inFront === false) say('waiting for the model');
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
