// The failure that keys in the tests pane are about: opened in the editor, made a prompt, or copied.
import type { Failure } from '../session/facts.ts';
import type { SessionState } from '../session/state.ts';
import { newestEnded } from '../session/tests.ts';
import { detailLines, listedFailures, placeOf } from './rows/test-rows.ts';
import type { Stage } from './stage.ts';
import { copy, say } from './submit.ts';
import { clean } from './text/clean.ts';
import { quoted } from './text/quoted.ts';
import type { View } from './view.ts';

/** Undefined where the last run named none. */
export function selectedFailure(
  { tests }: SessionState,
  { failure }: Pick<View, 'failure'>,
): Failure | undefined {
  const failures = listedFailures(newestEnded(tests));
  return failures.find(({ name }) => name === failure) ?? failures[0];
}

/** Why a key about a failure would do nothing. */
export function noFailure(session: SessionState): string | undefined {
  return selectedFailure(session, {}) === undefined ? 'the last run names no failure' : undefined;
}

/** Does it with the selected failure; where there is none, says so. */
export function aboutFailure(stage: Stage, work: (failure: Failure) => void): void {
  const session = stage.engine.session.getState();
  const failure = selectedFailure(session, stage.view.getState());
  if (failure === undefined) say(stage, noFailure(session) ?? '');
  else work(failure);
}

/** `fix: NAME (FILE:LINE)` and the detail as a quote, with the cursor on a line of its own behind it. */
export function promptFor(failure: Failure): string {
  return [`fix: ${headline(failure)}`, ...quoted(detailLines(failure)), ''].join('\n');
}

export async function copyFailure(stage: Stage, failure: Failure): Promise<void> {
  const text = [headline(failure), failure.detail ?? ''].filter(Boolean).join('\n');
  await copy(stage, text, 'the failure');
}

/** In the editor, which has a window of its own or the terminal meanwhile. */
export async function openFailure(stage: Stage, failure: Failure): Promise<void> {
  const { desk, engine } = stage;
  if (failure.file === undefined) return say(stage, 'the runner names no file for this failure');
  const file = await findFile(stage, failure.file);
  if (file === undefined) return say(stage, `${placeOf(failure)} was not found in the repository`);
  const command = await desk.editor(`${engine.repository.root}/${file}`, failure.line);
  if (command === null) return say(stage, 'no editor is set: put one into $EDITOR');
  if ('failed' in command) return say(stage, command.failed);
  const started = command.window ? await desk.open(command.argv) : await runInTerminal(stage, command.argv);
  const [program] = command.argv;
  say(
    stage,
    started ? `opened ${placeOf({ ...failure, file })}` : `${program} could not be started: see $EDITOR`,
  );
}

/** All that the last run printed, in the person's pager. */
export async function openLog(stage: Stage): Promise<void> {
  const { desk, engine } = stage;
  const last = newestEnded(engine.session.getState().tests);
  const path = last === undefined ? null : engine.runLog(last);
  if (path === null) return say(stage, noLog(engine.session.getState()) ?? 'its output is not kept any more');
  const argv = desk.pager(path);
  if (!(await runInTerminal(stage, argv))) say(stage, `${argv[0]} could not be started: see $PAGER`);
}

/** Why there is no output to read. */
export function noLog({ tests }: SessionState): string | undefined {
  return newestEnded(tests)?.log === undefined ? 'no run of the tests has ended yet' : undefined;
}

async function runInTerminal({ desk, lend }: Stage, argv: readonly string[]): Promise<boolean> {
  let started = false;
  await lend(async () => {
    started = await desk.run(argv);
  });
  return started;
}

function headline(failure: Failure): string {
  const place = placeOf(failure);
  return clean(failure.name, { newlines: false }) + (place && ` (${place})`);
}

/**
 * The path in the repository of a file that a runner named. One that ran elsewhere (in a container, through a link) has
 * another root, so of an absolute path the longest end is taken that the repository has.
 */
async function findFile({ engine }: Stage, named: string): Promise<string | undefined> {
  const parts = named.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return undefined;
  const ends = named.startsWith('/') ? parts.map((_, from) => parts.slice(from)) : [parts];
  for (const end of ends) {
    const path = end.join('/');
    // What cannot be read is not the file that was meant.
    if (await engine.repository.content(path).catch(() => null)) return path;
  }
  return undefined;
}
