// Tests that print 100 MB: whether keys stay quick meanwhile, what it takes of memory, and how long it holds the tests up.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'node-pty';
import { startModelServer } from '../source/demo/model-server.ts';
import { say } from '../source/demo/pieces.ts';
import { quantile, type Row, time, weight } from './figures.ts';
import type { Place } from './place.ts';
import { memoryMb } from './process.ts';
import { openTerminal, typeKeys } from './terminal.ts';

const MEGABYTES = 100;
const END = 'That was the last test.';
const GIVE_UP_MS = 120_000;
const KEY_MS = 50;
const ROUNDS = 3;

/** Prints coloured lines as test runners do; what is asked for in MB. */
const suite = `
  const line = (at) => '\\x1b[32m✓\\x1b[39m slugs/part-' + at + ' folds a title \\x1b[2m(' + (at % 97) + ' ms)\\x1b[22m\\n';
  const { writeSync } = require('node:fs');
  const chunk = Buffer.from(Array.from({ length: 1000 }, (_, at) => line(at)).join(''));
  for (let left = Number(process.argv[2]) * 1e6; left > 0; ) left -= writeSync(1, chunk);
  console.log('${END}');
`;

interface Flooded {
  readonly ms: number[];
  readonly echoMs: number[];
  readonly growthMb: number[];
}

export async function measureFlood(place: Place): Promise<Row[]> {
  writeFileSync(join(place.repository, 'suite.cjs'), suite);
  const command = (megabytes: number): string => `${process.execPath} suite.cjs ${megabytes}`;
  const test = (megabytes: number): void =>
    writeFileSync(join(place.repository, 'hullspeed.toml'), `tests.command = "${command(megabytes)}"\n`);
  const server = await startModelServer(() => say('Hello.'));
  const flood: Flooded = { ms: [], echoMs: [], growthMb: [] };
  const quiet: Flooded = { ms: [], echoMs: [], growthMb: [] };
  const bare: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      test(0.001);
      await floodOnce(place, place.program(server.baseUrl, '--session', `quiet-${round}`), quiet);
      test(MEGABYTES);
      await floodOnce(place, place.program(server.baseUrl, '--session', `flood-${round}`), flood);
      bare.push(await readBare(place, command(MEGABYTES)));
    }
  } finally {
    await server.close();
  }
  const at = (share: number): number[] => [quantile(flood.echoMs, share)];
  return [
    time('tests that print 100 MB, ms', flood.ms, bare, 'read through a pty and thrown away'),
    weight('a key typed meanwhile on the screen, ms', flood.echoMs),
    weight('the slowest 5 of 100 such keys, from, ms', at(0.95)),
    weight('the slowest of 100 such keys, from, ms', at(0.99)),
    weight(
      'memory at the most, above what it was, MB',
      flood.growthMb,
      quiet.growthMb,
      'tests that print 1 kB',
    ),
  ];
}

async function floodOnce(place: Place, args: readonly string[], into: Flooded): Promise<void> {
  const terminal = openTerminal(place, args);
  const { pty, exited, seen } = terminal;
  const giveUp = setTimeout(() => pty.kill('SIGKILL'), GIVE_UP_MS);
  await seen('›');
  await sleep(2_000);
  const before = memoryMb(pty.pid, 'VmRSS');
  const end = seen(END);
  let over = false;
  pty.write('/test');
  await sleep(100);
  const started = performance.now();
  pty.write('\r');
  const ended = end.then(() => {
    over = true;
    into.ms.push(performance.now() - started);
  });
  into.echoMs.push(...(await typeKeys(terminal, KEY_MS, () => over)));
  await ended;
  await sleep(1_000);
  into.growthMb.push(memoryMb(pty.pid, 'VmHWM') - before);
  pty.kill('SIGKILL');
  await exited;
  clearTimeout(giveUp);
}

async function readBare({ repository, env }: Place, command: string): Promise<number> {
  const started = performance.now();
  const pty = spawn('bash', ['-c', command], { cwd: repository, env: { ...env } });
  pty.onData(() => undefined);
  await new Promise((resolve) => void pty.onExit(resolve));
  return performance.now() - started;
}
