// Signals to a headless process: the turn is interrupted, what was recorded stays, and the exit code says which it was.
import type { Engine } from '../engine/face.ts';

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export interface Signals {
  /** Of the first signal; undefined: there was none. */
  code(): number | undefined;
  /** Resolves at the first signal. */
  readonly first: Promise<void>;
  stop(): void;
}

/** A second signal ends the process at once. */
export function interruptOnSignals(engine: Engine): Signals {
  let code: number | undefined;
  const { promise: first, resolve } = Promise.withResolvers<void>();
  const onSignal = (name: NodeJS.Signals): void => {
    const number = codes[name as keyof typeof codes];
    if (code !== undefined) process.exit(number);
    code = number;
    resolve();
    engine.send({ do: 'interrupt' });
  };
  const names = Object.keys(codes) as (keyof typeof codes)[];
  for (const name of names) process.on(name, onSignal);
  return {
    first,
    code: () => code,
    stop() {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
