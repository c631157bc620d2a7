// What the launcher runs first where there is a terminal: the first frame. A CommonJS bundle of its own, because Node
// loads one such file some 20 ms sooner than the same code as chunks of the program.
import { parseArgs } from './args.ts';
import { knownSession } from './journal/known-session.ts';
import { readLastFrame } from './journal/last-frame-file.ts';
import { findPlaces, readEnvironment } from './project/environment.ts';
import { beginOpening, type Opening } from './ui/opening/opening.ts';

/** Draws the first frame of a full screen; undefined where the command line asks for none. */
export function openScreen({ argv, stdin, stdout, env }: NodeJS.Process): Opening | undefined {
  const parsed = parseArgs(argv.slice(2));
  if ('error' in parsed || (parsed.command !== 'open' && parsed.command !== 'demo')) return undefined;
  const lastFrame = parsed.command === 'open' ? lastFrameOf(parsed.flags.session) : undefined;
  return beginOpening({ stdin, stdout, environment: env, ...(lastFrame !== undefined && { lastFrame }) });
}

function lastFrameOf(session: string | undefined): string | undefined {
  const directory = knownSession(findPlaces(readEnvironment()).state, process.cwd(), session);
  return directory === undefined ? undefined : readLastFrame(directory);
}
