// An answer that is laid out between frames: what is written and drawn in which round of the loop.
import { setImmediate as round } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { layOutAhead } from '../../source/ui/ahead.ts';
import type { Stage } from '../../source/ui/stage.ts';

/** `slices`: how many there are to lay out. */
function ahead(slices: number) {
  const said: string[] = [];
  let left = slices;
  const stage = {
    clock: { now: () => 0, mono: () => 0 },
    engine: { live: { state: {} } },
    rows: {
      ahead: () => {
        if (left === 0) return false;
        left -= 1;
        said.push('slice');
        return true;
      },
    },
    request: () => said.push('frame'),
  } as unknown as Stage;
  return { said, ...layOutAhead(stage, () => said.push('written')) };
}

async function rounds(): Promise<void> {
  for (let times = 0; times < 20; times += 1) await round();
}

test('a frame that stands ready is written before a slice, and each slice gets a frame of its own round', async () => {
  const { said, ask } = ahead(2);
  ask();
  ask();
  await rounds();
  const slice = ['written', 'slice', 'written', 'frame'];
  expect(said).toEqual([...slice, ...slice, 'written']);
});

test('nothing comes after the end', async () => {
  const { said, ask, stop } = ahead(2);
  ask();
  stop();
  await rounds();
  expect(said).toEqual([]);
});
