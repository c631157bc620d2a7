// The search through earlier prompts: typed above the composer, while what it finds stands in it.
import { type Buffer, emptyBuffer } from './editor.ts';
import type { Found } from './parts/composer-rows.ts';
import type { FoundPrompt, Prompts } from './prompts.ts';
import { lay } from './restore.ts';
import type { Stage } from './stage.ts';
import { clean } from './text/clean.ts';
import type { Seeking, View } from './view.ts';

export function startSeeking(stage: Stage): void {
  stage.view.setState({ seeking: { query: '', nth: 0 } });
}

/** The match before, or (with -1) behind. */
export function seekOlder(stage: Stage, by: 1 | -1): void {
  turnSeeking(stage, (seeking) => ({
    ...seeking,
    nth: Math.max(0, (foundBy(stage.prompts, seeking)?.nth ?? 0) + by),
  }));
}

/** Each letter looks from the newest again. */
export function changeSeeking(stage: Stage, change: (query: string) => string): void {
  turnSeeking(stage, ({ query }) => ({ query: change(query), nth: 0 }));
}

/** What was found is the draft now; where nothing was, the draft is as it was. */
export function takeFound(stage: Stage): void {
  const { seeking, draft } = stage.view.getState();
  const found = seeking && foundBy(stage.prompts, seeking);
  stage.view.setState({
    seeking: undefined,
    recalled: undefined,
    ...(found && { draft: lay(draft, found.kept, stage.engine.fetch) }),
  });
}

export function stopSeeking(stage: Stage): void {
  stage.view.setState({ seeking: undefined });
}

/** The line above the composer. */
export function seekingLine(prompts: Prompts, seeking: Seeking): { query: string; place: string } {
  const found = foundBy(prompts, seeking);
  const place = found === undefined ? 'no earlier prompt' : `${found.nth + 1}/${found.count}`;
  return { query: clean(seeking.query, { newlines: false }), place };
}

/** What the composer shows: the draft, or what was found, from the match on. */
export function shownIn({ prompts }: { prompts: Prompts }, view: View): { draft: Buffer; found?: Found } {
  const { seeking, draft } = view;
  const found = seeking && foundBy(prompts, seeking);
  if (seeking === undefined || found === undefined) return { draft: seeking ? emptyBuffer : draft };
  const buffer = lay(emptyBuffer, found.kept);
  if (found.at === undefined || seeking.query === '') return { draft: { ...buffer, row: 0, column: 0 } };
  const above = found.kept.text.slice(0, found.at).split('\n');
  const row = Math.min(above.length, buffer.lines.length) - 1;
  const from = above.at(-1)?.length ?? 0;
  return { draft: { ...buffer, row, column: from }, found: { row, from, to: from + seeking.query.length } };
}

function foundBy(prompts: Prompts, { query, nth }: Seeking): FoundPrompt | undefined {
  return prompts.find(query, nth);
}

function turnSeeking({ view }: Stage, change: (seeking: Seeking) => Seeking): void {
  view.setState(({ seeking }) => ({ seeking: seeking && change(seeking) }));
}
