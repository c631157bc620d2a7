// The whole process of `hullspeed run` with a model that answers at once, beside a Node that does nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startModelServer } from '../source/demo/model-server.ts';
import { say } from '../source/demo/pieces.ts';
import { type Row, time } from './figures.ts';
import type { Place } from './place.ts';

const ROUNDS = 11;

export async function measureHeadless(place: Place): Promise<Row[]> {
  const server = await startModelServer(() => say('Hello.'));
  const run: number[] = [];
  const floor: number[] = [];
  try {
    // The first one fills the compile cache with what this face needs.
    await timeProcess(place, place.program(server.baseUrl, 'run', 'say hello'));
    for (let round = 0; round < ROUNDS; round++) {
      floor.push(await timeProcess(place, ['-e', '0']));
      run.push(await timeProcess(place, place.program(server.baseUrl, 'run', 'say hello')));
    }
  } finally {
    await server.close();
  }
  return [time('headless, one prompt, whole process, ms', run, floor, 'node -e 0')];
}

/** Milliseconds from spawn to exit. */
export async function timeProcess(place: Place, args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: place.repository,
    env: place.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`node ${args.join(' ')} exited with ${code}: ${stderr}`);
  return performance.now() - started;
}
