// What is drawn before anybody prints: seen by nobody, and over when the program is left.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createScreen } from '../../source/services/screen.ts';
import { warmDrawing } from '../../source/ui/warm-drawing.tsx';

afterEach(() => vi.restoreAllMocks());

test('colours go through the emulator and Ink, and none of it to the terminal', async () => {
  const written = vi.spyOn(process.stdout, 'write');
  const unseen = await createScreen({ columns: 80, rows: 24 });
  const drawn = vi.spyOn(unseen, 'rows');
  await warmDrawing(unseen, () => sleep(20));
  const texts = drawn.mock.results.map(({ value }) => value.join('\n'));
  expect(new Set(texts).size).toBe(4);
  for (const text of texts) expect(text).toContain('\x1b[32m');
  expect(written).not.toHaveBeenCalled();
  unseen.close();
});

test('it ends where somebody leaves, in the middle or before', async () => {
  const unseen = await createScreen({ columns: 80, rows: 24 });
  const leaving = new AbortController();
  const pause = (): Promise<void> => sleep(1, undefined, { signal: leaving.signal });
  const rows = vi.spyOn(unseen, 'rows').mockImplementation(() => {
    leaving.abort();
    return [];
  });
  await warmDrawing(unseen, pause);
  await warmDrawing(unseen, pause);
  expect(rows).toHaveBeenCalledTimes(1);
  unseen.close();
});
