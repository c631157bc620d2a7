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

/** A shortcut, which must never keep a start from going on. */
function lastFrameOf(session: string | undefined): string | undefined {
  try {
    const environment = readEnvironment();
    // It says where git is to stop looking: then only git can say which repository this is.
    if (environment.GIT_CEILING_DIRECTORIES) return undefined;
    const directory = knownSession(findPlaces(environment).state, process.cwd(), session);
    return directory === undefined ? undefined : readLastFrame(directory);
  } catch {
    // The directory may be gone, and a disk unreadable: whoever opens the session says so.
    return undefined;
  }
}
