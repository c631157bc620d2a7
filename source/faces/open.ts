// `hullspeed`: the full screen over the session of the repository that one stands in.
import type { Parsed } from '../args.ts';
import { AppError } from '../engine/errors.ts';
import { storeTrust } from '../project/trust.ts';
import { initRepository } from '../services/git-place.ts';
import type { Opening } from '../ui/opening/opening.ts';
import {
  hasModel,
  isAllowed,
  type Located,
  locate,
  NO_MODEL,
  notTrusted,
  openSession,
  type Program,
} from '../wire.ts';
import { crash } from './crash.ts';
import { ask, type Desk } from './question.ts';
import { noRepository } from './run.ts';
import type { Writers } from './writers.ts';

export async function open(
  program: Program,
  { flags, prompt }: Parsed & { command: 'open' },
  writers: Writers,
  opening: Opening | undefined,
): Promise<number> {
  if (opening === undefined) {
    throw new AppError('usage', 'the full screen needs a terminal. Without one: hullspeed run "your prompt"');
  }
  const { stdin, stdout } = process;
  const desk: Desk = { stdin, stdout, clear: opening.leave };
  const locating = locate(program, flags);
  // It takes as long as git's answer does, so both go on at once.
  const loading = Promise.all([import('./full-screen.ts'), import('./appearance.ts')]);
  const located = (await locating) ?? (await makeRepository(program, flags, desk));
  if (located === null) return 0;
  if (!flags.trust && !(await isAllowed(program, located)) && !(await askForTrust(program, located, desk)))
    throw notTrusted(located);
  const [{ showFullScreen }, { readAppearance }] = await loading;
  const appearance = await readAppearance(program, located.config);
  const opened = await openSession(program, located, { headless: false, onFatal: crash });
  if (!hasModel(located.config)) explain(opened.engine);
  if (prompt !== undefined) opened.engine.send({ do: 'prompt', text: prompt });
  return showFullScreen(opened, { ...program, ...located, appearance, opening }, writers);
}

async function makeRepository(
  program: Program,
  flags: Parameters<typeof locate>[1],
  desk: Desk,
): Promise<Located | null> {
  const { cwd, environment } = program;
  const answer = await ask(desk, `${cwd} is in no git repository yet, and hullspeed works by commits.`, [
    { keys: ['\r', '\n'], text: 'Enter   make one here (git init)', value: 'make' as const },
  ]);
  if (answer === null) return null;
  await initRepository(cwd, environment);
  const located = await locate(program, flags);
  if (located === null) throw noRepository(cwd);
  return located;
}

/** The one question: asked once a repository, answered for good, or for the folder above it. */
async function askForTrust({ places }: Program, { place }: Located, desk: Desk): Promise<boolean> {
  const above = place.root.slice(0, place.root.lastIndexOf('/')) || '/';
  const question = `Trust ${place.root}?\n\nThere is no sandbox: its tests, its hooks and the model's commands run with all your rights.\nNothing of it has run yet.`;
  const folder = await ask(desk, question, [
    { keys: ['y'], rest: 'es\r', text: 'y       trust this repository', value: place.root },
    { keys: ['f'], rest: '\r', text: `f       trust everything in ${above}`, value: above },
  ]);
  if (folder === null) return false;
  await storeTrust(places.state, folder);
  return true;
}

/** Said once: a session that is opened without a model every day need not read it every day. */
function explain(engine: Awaited<ReturnType<typeof openSession>>['engine']): void {
  const last = engine.session.getState().conversation.items.at(-1);
  if (last?.kind === 'notice' && last.text === NO_MODEL) return;
  engine.notify(NO_MODEL);
}
