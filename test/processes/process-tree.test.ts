// Nothing of a tree is missed, however it tries to get away.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endTree, findTree, killTree } from '../../source/processes/process-tree.ts';

/** Programs that know each other by the marker alone: each leads a session and is replaced by itself all the time. */
function startStrays(count: number): { marker: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'hullspeed-tree-'));
  const script = join(folder, 'loop.sh');
  writeFileSync(script, `exec sh ${script}\n`);
  const id = randomUUID();
  for (let i = 0; i < count; i += 1)
    spawn('sh', [script], {
      env: { PATH: process.env.PATH ?? '', STRAY: id },
      stdio: 'ignore',
      detached: true,
    }).unref();
  const marker = `STRAY=${id}`;
  const clear = (): void => {
    for (let look = 0; look < 20; look += 1)
      for (const pid of findTree({ marker })) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true });
  };
  return { marker, [Symbol.dispose]: clear };
}

/** Several looks, because one may miss what is in the middle of an exec. */
function survivors(marker: string): number[] {
  return Array.from({ length: 20 }, () => findTree({ marker })).flat();
}

test.runIf(process.platform === 'linux')('strays in the middle of an exec are ended too', async () => {
  for (let round = 0; round < 4; round += 1) {
    using strays = startStrays(1);
    const { marker } = strays;
    await expect.poll(() => findTree({ marker }).length, { interval: 10 }).toBe(1);
    await endTree({ marker });
    expect(survivors(marker)).toEqual([]);
  }
});

test.runIf(process.platform === 'linux')('a kill that waits for nothing reaches them too', async () => {
  for (let round = 0; round < 4; round += 1) {
    using strays = startStrays(2);
    const { marker } = strays;
    await expect.poll(() => findTree({ marker }).length, { interval: 10 }).toBe(2);
    killTree({ marker });
    await expect.poll(() => survivors(marker), { interval: 10 }).toEqual([]);
  }
});
