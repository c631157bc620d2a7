// What V8 and malloc keep of memory: a screen is open for weeks beside others of its kind, and they give little back by themselves.
import { readFileSync } from 'node:fs';
import { PerformanceObserver } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { getHeapCodeStatistics, getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The flags were measured with this one; another that does not know them would print a line about it. */
const MEASURED_NODE = '24.';
/** What is machine code and what V8 knows of it: 4 MB behind the start, 7 behind 20 turns, 9 behind 250. */
const MUCH_CODE_BYTES = 8 * 2 ** 20;
const FLUSHING = ['flush-baseline-code', 'stress-flush-code'];
/** What the start leaves of the young generation. By itself it grows to 128 MB. */
const YOUNG_BYTES = 16 * 2 ** 20;

/**
 * Lets the young generation grow no further than `YOUNG_BYTES`, also after V8 has shrunk it: its size is looked at behind
 * each collection, 30 µs. `--max-semi-space-size` says nothing to a process that runs. Measured in turns with and without
 * it: tests that print 100 MB take 44 MB of memory instead of 57, a burst of 20,000 tokens 26 instead of 39 and 0.72 s of
 * the processor instead of 0.90; 70 turns leave 142 MB instead of 186. Until `signal`. To be called
 * once what a start loads is loaded: code that is compiled under other flags is no use to the next start.
 */
export function keepYoungSmall(signal: AbortSignal): void {
  if (signal.aborted || !knowsFlags()) return;
  const limit = (): void => {
    const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
    growBy((young?.space_size ?? 0) < YOUNG_BYTES ? 2 : 1);
  };
  const collections = new PerformanceObserver(limit);
  collections.observe({ entryTypes: ['gc'] });
  limit();
  signal.addEventListener('abort', () => {
    collections.disconnect();
    growBy(2);
  });
}

/** 2 is V8's own. */
function growBy(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

/**
 * Frees what nobody uses, and holds the loop for 30 to 65 ms: V8 gives free pages back some seconds later. Behind 1,000
 * turns that makes 107 MB of 194, and V8 wakes the resting screen no more, which it did each 8 s.
 */
export function createCollector(): () => void {
  let collect: (() => void) | undefined;
  return () => {
    collect ??= exposeCollection();
    collectAndFlush(collect);
    trimMalloc();
  };
}

/** The flag shows itself in new contexts alone. */
function exposeCollection(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What is compiled under other flags than the next start has, that start compiles again.
  setFlagsFromString('--no-expose-gc');
  return collect;
}

/**
 * Where a long session has made much machine code, with all but the code that runs at this moment: 7 MB of 106 behind 250
 * turns. The next key and the next turns took as long as without it, and no more of the processor; behind a start they would
 * take 20 and 100 ms more, because what goes came from the compile cache.
 */
function collectAndFlush(collect: () => void): void {
  const isMuch = getHeapCodeStatistics().code_and_metadata_size > MUCH_CODE_BYTES;
  const flags = isMuch && knowsFlags() ? FLUSHING : [];
  for (const flag of flags) setFlagsFromString(`--${flag}`);
  collect();
  for (const flag of flags) setFlagsFromString(`--no-${flag}`);
}

/**
 * Gives back the free pages between the pieces of malloc that are in use, 10 of 25 MB behind 250 turns, in 12 ms. Only glibc's
 * `malloc_trim` does that, and SQLite calls a function of a library by its name: it takes it for the start of an
 * extension, and its answer, that something was given back, for a failure. Its one parameter, the bytes to keep at the
 * heap's end, is then an address: all of those are kept. The library is the one in use; where it is not glibc, nothing happens.
 */
function trimMalloc(): void {
  try {
    const [glibc] = /\/\S+\/libc(-[\d.]+)?\.so(\.6)?$/m.exec(readFileSync('/proc/self/maps', 'utf8')) ?? [];
    if (glibc === undefined) return;
    const database = new DatabaseSync(':memory:', { allowExtension: true });
    try {
      database.loadExtension(glibc, 'malloc_trim');
    } finally {
      database.close();
    }
  } catch {
    // Without /proc, or because of what it returned.
  }
}

function knowsFlags(): boolean {
  return process.versions.node.startsWith(MEASURED_NODE);
}
