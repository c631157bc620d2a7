// From the command line to a face. The one place that ends the process.
import packageJson from '../package.json' with { type: 'json' };
import { type Parsed, parseArgs } from './args.ts';
import { AppError, type ErrorCode } from './engine/errors.ts';
import type { Writers } from './faces/writers.ts';
import { clean, createWriter } from './headless/print.ts';
import { usage } from './headless/usage.ts';
import { findPlaces, readEnvironment } from './project/environment.ts';
import type { Opening } from './ui/opening/opening.ts';
import type { Program } from './wire.ts';

/** Rule 42; what is not named here is the world's failure in the middle of things. */
const exitCodes: Partial<Record<ErrorCode, number>> = {
  usage: 2,
  config: 2,
  repository: 2,
  trust: 2,
  newer: 2,
  locked: 4,
};
const FAILED = 3;
const BUG = 70;

async function main(opening: Opening | undefined): Promise<number> {
  const stdout = createWriter(process.stdout);
  const stderr = createWriter(process.stderr);
  const parsed = parseArgs(process.argv.slice(2));
  if ('error' in parsed) {
    stderr.write(`hullspeed: ${parsed.error}\nSee hullspeed --help.\n`);
    return 2;
  }
  if (parsed.command === 'help') stdout.write(usage());
  if (parsed.command === 'version') stdout.write(`${packageJson.version}\n`);
  if (parsed.command === 'help' || parsed.command === 'version') return 0;
  await opening?.settled();
  try {
    return await face(parsed, { stdout, stderr }, opening);
  } catch (error) {
    opening?.leave();
    if (!(error instanceof AppError)) throw error;
    stderr.write(`hullspeed: ${clean(error.message)}\n`);
    return exitCodes[error.code] ?? FAILED;
  }
}

type Faces = Exclude<Parsed, { command: 'help' } | { command: 'version' }>;

/** Each face is loaded by itself: headless commands never see Ink. */
async function face(parsed: Faces, writers: Writers, opening: Opening | undefined): Promise<number> {
  const environment = readEnvironment();
  const program: Program = {
    app: `hullspeed ${packageJson.version}`,
    environment,
    places: findPlaces(environment),
    cwd: process.cwd(),
  };
  switch (parsed.command) {
    case 'open':
      return (await import('./faces/open.ts')).open(program, parsed, writers, opening);
    case 'run':
      return (await import('./faces/run.ts')).run(program, parsed, writers);
    case 'queue':
      return (await import('./faces/queue.ts')).queue(program, parsed, writers);
    case 'references':
      return (await import('./faces/references.ts')).references(program, parsed, writers);
    case 'demo':
      return (await import('./faces/demo.ts')).demo(program, writers, opening);
    default:
      return (await import('./faces/reports.ts')).report(program, parsed, writers);
  }
}

/** `opening`: holds the terminal already, where there is one and the command line asks for a screen. */
export function start(opening: Opening | undefined): void {
  main(opening).then(
    (code) => {
      process.exitCode = code;
      // A handle that somebody left open must not hold the terminal.
      setTimeout(() => process.exit(), 1_000).unref();
    },
    (error: unknown) => {
      process.stderr.write(`hullspeed met a bug: ${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(BUG);
    },
  );
}
