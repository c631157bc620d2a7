// What the launcher runs first where there is a terminal: the first frame. A CommonJS bundle of its own, because Node
// loads one such file some 20 ms sooner than the same code as chunks of the program.
import { parseArgs } from './args.ts';
import { beginOpening, type Opening } from './ui/opening/opening.ts';

/** Draws the first frame of a full screen; undefined where the command line asks for none. */
export function openScreen({ argv, stdin, stdout, env }: NodeJS.Process): Opening | undefined {
  const parsed = parseArgs(argv.slice(2));
  if ('error' in parsed || (parsed.command !== 'open' && parsed.command !== 'demo')) return undefined;
  return beginOpening({ stdin, stdout, environment: env });
}
