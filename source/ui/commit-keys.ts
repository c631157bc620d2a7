// What the keys of the commits do with one of them, or with a changed file: open it, copy its name, start a prompt.
import type { CommitText } from '../engine/git-ports.ts';
import { pageCommits } from './panes/commits.ts';
import { openReading } from './reading.ts';
import type { Stage } from './stage.ts';
import { copy, say, send } from './submit.ts';
import { clean } from './text/clean.ts';
import type { Chosen, Subject } from './view.ts';

const gone = 'git has no such commit any more; it may have been amended or rebased';
const unchanged = 'nothing differs from HEAD there any more';

/** Does it with what is open, else with what is selected; where there is neither, says so. */
export function aboutChosen(stage: Stage, work: (chosen: Chosen) => void): void {
  const chosen = openedNow(stage) ?? selectedNow(stage);
  if (chosen === undefined) say(stage, 'the branch has no commits yet');
  else work(chosen);
}

function openedNow(stage: Stage): Chosen | undefined {
  const { subject } = stage.view.getState().reading ?? {};
  return subject?.kind === 'diff' ? subject.chosen : undefined;
}

function selectedNow(stage: Stage): Chosen | undefined {
  const page = pageCommits(stage.screen.getState(), stage);
  if (page === undefined) return undefined;
  const file = page.files[page.selected];
  const commit = page.commits[page.selected - page.files.length];
  return file ? { file } : commit && { commit };
}

export function open(stage: Stage, chosen: Chosen): Promise<void> {
  const subject: Subject = { kind: 'diff', chosen, text: 'reading …' };
  const text = read(stage, chosen).catch(
    (error: unknown) => `git could not show it: ${clean(String(error))}`,
  );
  return openReading(
    stage,
    subject,
    text.then((whole) => ({ ...subject, text: whole })),
  );
}

async function read({ engine: { repository } }: Stage, chosen: Chosen): Promise<CommitText | string> {
  if ('commit' in chosen) return (await repository.show(chosen.commit.sha)) ?? gone;
  const text = await repository.diff(chosen.file.path);
  return text.diff === '' ? unchanged : text;
}

/** The whole sha, or the path. */
export async function copyName(stage: Stage, chosen: Chosen): Promise<void> {
  if ('commit' in chosen) await copy(stage, chosen.commit.sha, chosen.commit.sha.slice(0, 7));
  else await copy(stage, chosen.file.path, chosen.file.path);
}

/** How a prompt about it begins. */
export function promptAbout(chosen: Chosen): string {
  if ('file' in chosen) return `about ${clean(chosen.file.path, { newlines: false })}: `;
  const { sha, subject } = chosen.commit;
  return `about ${sha.slice(0, 7)} (${clean(subject, { newlines: false })}): `;
}

/** Takes a file out of what is shipped, or puts it back. */
export function turnLeftOut(stage: Stage, chosen: Chosen): void {
  const path = 'file' in chosen ? chosen.file.path : undefined;
  const claim = path === undefined ? undefined : stage.engine.session.getState().claims[path];
  const out = claim?.out === undefined;
  if (path === undefined) say(stage, 'a commit is made already: choose one of the files above');
  else if (claim === undefined) say(stage, 'that file is yours: a ship takes it only if a prompt says so');
  else if (stage.engine.live.state.activity === 'committing') say(stage, 'a commit is being made: a moment');
  else if (send(stage, { do: 'leave out', path, out }))
    say(stage, out ? 'left out: no ship takes it until you put it back' : 'put back: the next ship takes it');
}
