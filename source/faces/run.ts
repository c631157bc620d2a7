// `hullspeed run`: one turn without a screen.
import type { Parsed } from '../args.ts';
import { AppError } from '../engine/errors.ts';
import { followEngine } from '../headless/run.ts';
import { hasModel, isAllowed, locate, NO_MODEL, notTrusted, openSession, type Program } from '../wire.ts';
import { readImages } from './images.ts';
import { interruptOnSignals } from './signals.ts';
import type { Writers } from './writers.ts';

export async function run(
  program: Program,
  parsed: Parsed & { command: 'run' },
  { stdout, stderr }: Writers,
): Promise<number> {
  const { flags, json } = parsed;
  const located = await locate(program, flags);
  if (located === null) throw noRepository(program.cwd);
  if (!flags.trust && !(await isAllowed(program, located))) throw notTrusted(located);
  if (!hasModel(located.config)) throw new AppError('config', NO_MODEL);
  const { bytes, words } = await readImages(parsed.images ?? [], program.cwd);
  const prompt = parsed.prompt ?? (await readAll(process.stdin));
  const fatal = Promise.withResolvers<never>();
  const { engine } = await openSession(program, located, { headless: true, onFatal: fatal.reject });
  const signals = interruptOnSignals(engine);
  try {
    const send = await followEngine({ engine, json, stdout, stderr, interrupted: signals.first });
    // A signal that came before there was a turn to interrupt.
    const code =
      signals.code() ?? (await Promise.race([send(prompt + words, bytes.map(engine.keep)), fatal.promise]));
    await engine.close(signals.code() === undefined ? 'quit' : 'signal');
    await stdout.drained();
    return signals.code() ?? code;
  } catch (error) {
    // The model's commands do not outlive the session.
    await engine.close('crash').catch(() => undefined);
    throw error;
  } finally {
    signals.stop();
  }
}

export function noRepository(cwd: string): AppError {
  return new AppError(
    'repository',
    `${cwd} is in no git repository. Run git init there first, or start hullspeed on a terminal, where Enter makes one.`,
  );
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString('utf8');
}
