// Where the time went, as it is read over the panes: live while a turn runs.
import type { Outcome } from '../../session/facts.ts';
import { type PaceLine, paceLines } from '../../session/pace-lines.ts';
import { paceReport } from '../../session/pace-report.ts';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';
import { duration } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';
import { beside } from '../text/fit.ts';
import { cut } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import { outcomeMarks } from './quiet-rows.ts';

const tokens = { heading: 'heading', word: 'strong', dim: 'dim' } as const;
const marks = Object.fromEntries(
  Object.entries(outcomeMarks).map(([outcome, { glyph }]) => [outcome, glyph]),
) as Record<Outcome, string>;

export function paceTitle(place: string, width: number, theme: Theme): string {
  return beside(theme.sgr('focus', '▸PACE'), [{ text: theme.sgr('dim', place), rank: 1 }], width);
}

export function paceRows(screen: Screen, { engine, theme }: Stage): string[] {
  const { columns } = screen;
  return linesOf(screen, engine.settings.price).map(({ as, text, said = '' }) => {
    const row = cut(text + clean(said, { newlines: false }), columns);
    return as === undefined ? barred(row, theme) : theme.sgr(tokens[as], row);
  });
}

/** The same without colours. */
export function paceText({ screen, engine }: Stage): string {
  const lines = linesOf(screen.getState(), engine.settings.price);
  return lines.map(({ text, said = '' }) => (text + said).trimEnd()).join('\n');
}

function linesOf(
  { session, live, columns, at }: Screen,
  price: Stage['engine']['settings']['price'],
): PaceLine[] {
  const running = session.turns.running && live.time;
  const report = paceReport({ pace: session.pace, tests: session.tests, price, ...(running && { running }) });
  return paceLines(report, { width: columns, now: at, duration, marks });
}

/** The model's part in the accent: what is not of that colour is what one waits for. */
function barred(row: string, theme: Theme): string {
  return row
    .replace(/[▏▎▍▌▋▊▉█]+/g, (bar) => theme.sgr('accent', bar))
    .replace(/[▓▒]+/g, (bar) => theme.sgr('warn', bar))
    .replace(/░+/g, (bar) => theme.sgr('dim', bar));
}
