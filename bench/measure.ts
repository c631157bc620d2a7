// Measures one group in a process of its own, for what one leaves behind (compiled code, a grown heap) changes the next:
// `node bench/measure.ts calls` prints its rows as JSON.
import { measureCalls, measureManyCalls } from './calls.ts';
import { measureComposer } from './composer.ts';
import { measureDay } from './day.ts';
import type { Row } from './figures.ts';
import { measureFlood } from './flood.ts';
import { measureHeadless } from './headless.ts';
import { measureHistory } from './history.ts';
import { createPlace, type Place } from './place.ts';
import { measureScan } from './scan.ts';
import { measureScreen, startOnce } from './screen.ts';
import { measureStream } from './stream.ts';
import { measureManyTurns } from './turns.ts';

/** Each gives rows of its own. Its place is one where the full screen has been opened: the compile cache has it. */
export const groups: Readonly<Record<string, (place: Place) => Promise<Row[]>>> = {
  screen: measureScreen,
  stream: measureStream,
  headless: measureHeadless,
  calls: measureCalls,
  history: measureHistory,
  composer: measureComposer,
  scan: measureScan,
  day: measureDay,
  'many-calls': measureManyCalls,
  'many-turns': measureManyTurns,
  flood: measureFlood,
};

/** They take a minute or more each: measured only where somebody names them. */
export const longGroups: ReadonlySet<string> = new Set(['many-calls', 'many-turns', 'flood']);

async function measure(group: string): Promise<Row[]> {
  const place = await createPlace();
  try {
    await startOnce(place, place.program('http://127.0.0.1:9/v1'));
    return (await groups[group]?.(place)) ?? [];
  } finally {
    await place.remove();
  }
}

if (import.meta.main) console.log(JSON.stringify(await measure(process.argv[2] ?? '')));
