// `hullspeed demo`: the whole loop on a small real project, with a scripted model on the wire of a real one.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_MODEL, type Demo, demoPrompts, startDemo } from '../demo/demo.ts';
import { AppError } from '../engine/errors.ts';
import { printLog } from '../headless/log.ts';
import { followEngine } from '../headless/run.ts';
import { readJournal } from '../journal/read-journal.ts';
import type { Opening } from '../ui/opening/opening.ts';
import { type Located, locate, openSession, type Program } from '../wire.ts';
import { crash } from './crash.ts';
import { interruptOnSignals } from './signals.ts';
import type { Writers } from './writers.ts';

/** Tokens a second: as a fast model writes, and slow enough to be read. */
const PACE = 150;

export async function demo(
  program: Program,
  writers: Writers,
  opening: Opening | undefined,
): Promise<number> {
  const scripted = await startDemo({ environment: program.environment, ...(opening && { pace: PACE }) });
  try {
    const stage = await setStage(program, scripted);
    return await (opening ? show(stage, writers, opening) : play(stage, writers));
  } finally {
    await scripted.close();
  }
}

interface Stage {
  readonly program: Program;
  readonly located: Located;
}

/** The demo goes by no config but its own, and keeps its session apart from the person's. */
async function setStage(program: Program, { directory, baseUrl }: Demo): Promise<Stage> {
  const state = await mkdtemp(join(tmpdir(), 'hullspeed-demo-state-'));
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, ...environment } = program.environment;
  const places = { ...program.places, state, config: join(state, 'config') };
  const stage: Program = { ...program, environment, places, cwd: directory };
  const located = await locate(stage, { trust: true, model: DEMO_MODEL, baseUrl });
  if (located === null)
    throw new AppError(
      'repository',
      `the demo's project in ${directory} is no git repository: is git there, and does the temporary directory keep files?`,
    );
  return { program: stage, located };
}

async function show({ program, located }: Stage, writers: Writers, opening: Opening): Promise<number> {
  const { showFullScreen } = await import('./full-screen.ts');
  const { readAppearance } = await import('./appearance.ts');
  const appearance = await readAppearance(program, located.config);
  const opened = await openSession(program, located, { headless: false, onFatal: crash });
  opened.engine.notify(
    `This is the demo. The model is scripted: it knows ${demoPrompts.length} prompts. The project, its tests, git and every commit are real: ${located.place.root}. Press Enter: after each turn the next prompt is ready.`,
  );
  return showFullScreen(
    opened,
    { ...program, ...located, appearance, opening, drafts: demoPrompts },
    writers,
  );
}

/** Plays all of it, then prints what came of it. */
async function play({ program, located }: Stage, { stdout }: Writers): Promise<number> {
  stdout.write(`hullspeed demo: the model is scripted, all else is real. Project: ${located.place.root}\n`);
  const { engine } = await openSession(program, located, { headless: false, onFatal: crash });
  const signals = interruptOnSignals(engine);
  const send = await followEngine({ engine, json: false, stdout, stderr: stdout });
  let worst = 0;
  for (const prompt of demoPrompts) {
    if (signals.code() !== undefined) break;
    stdout.write('\n');
    worst = Math.max(worst, await send(prompt));
  }
  const { rows: commits } = await engine.repository.log(0, 20);
  await engine.close(signals.code() === undefined ? 'quit' : 'signal');
  signals.stop();
  stdout.write('\nThe log of the session:\n\n');
  await printLog({ events: (await readJournal(located.directory)).events(), json: false, stdout });
  stdout.write(
    `\nThe commits on the branch:\n\n${commits.map((row) => `${row.sha.slice(0, 7)} ${row.subject}\n`).join('')}`,
  );
  return signals.code() ?? worst;
}
