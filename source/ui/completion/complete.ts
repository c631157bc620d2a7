// What keys do with the names that are offered: choose one, put it into the draft, offer no more.
import { attachPath } from '../attach.ts';
import { isImageName } from '../editing/image-paths.ts';
import { edit } from '../editor.ts';
import type { Stage } from '../stage.ts';
import { type Completion, completionOf } from './completion.ts';
import type { Candidate } from './finder.ts';
import type { Token } from './token.ts';

export function chooseCandidate(stage: Stage, by: 1 | -1): void {
  change(stage, ({ index, candidates }) => ({
    index: (index + by + candidates.length) % Math.max(1, candidates.length),
    closed: false,
  }));
}

/** Until another word is begun. */
export function closeCompletion(stage: Stage): void {
  change(stage, ({ index }) => ({ index, closed: true }));
}

/** Puts the chosen one in the place of the token; of what kind it was, undefined where there is none yet. */
export function takeCandidate(stage: Stage): Token['kind'] | undefined {
  const view = stage.view.getState();
  const completion = completionOf(stage, view);
  const chosen = completion?.candidates[completion.index];
  if (completion === undefined || chosen === undefined) return undefined;
  const { token } = completion;
  const from = { row: view.draft.row, column: token.column };
  if (token.kind === 'file' && isImageName(chosen.text)) {
    attachPath(stage, chosen.text, { text: quoted(chosen.text), behind: ' ', from });
    return token.kind;
  }
  const text = token.kind === 'word' ? chosen.text : written(chosen);
  stage.view.setState({ draft: edit(view.draft, { kind: 'replace', from, text }), recalled: undefined });
  return token.kind;
}

/** A project's files are completed next, where its name is one word. */
function written({ text, goesOn }: Candidate): string {
  if (goesOn && quoted(text) === text) return `@${text}`;
  return `${quoted(text)} `;
}

/** As a model and a shell read it as one. A name may hold anything. */
function quoted(path: string): string {
  return /[\s"'`\\\p{Cc}\p{Cf}]/u.test(path) ? JSON.stringify(path) : path;
}

function change(
  stage: Stage,
  next: (completion: Completion) => { readonly index: number; readonly closed: boolean },
): void {
  const view = stage.view.getState();
  const completion = completionOf(stage, view);
  if (completion === undefined) return;
  const { query, column } = completion.token;
  stage.view.setState({ completing: { row: view.draft.row, column, query, ...next(completion) } });
}
