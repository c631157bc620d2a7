// Where the terminal's own cursor stands while a program has the keyboard: where that program has put it.
import { bodyOf } from '../layout.ts';
import { programOf, terminalOf } from '../program.ts';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';
import { pageOwn } from './run.ts';
import { pageTests } from './tests.ts';

/** Undefined where no program has the keyboard, or where it hides its cursor or has it out of sight. */
export function programCursor(stage: Stage, screen: Screen): { x: number; y: number } | undefined {
  const program = programOf(screen.view);
  const body = bodyOf(screen.layout, 'tests');
  if (program === undefined || body === undefined) return undefined;
  const cursor = terminalOf(stage, program).cursor();
  const top = program === 'run' ? pageOwn(screen, stage)?.top : topOfTests(screen, stage);
  if (cursor === undefined || top === undefined) return undefined;
  const row = cursor.row - top;
  if (row < 0 || row >= body.height || cursor.column >= body.width) return undefined;
  return { x: body.x + cursor.column, y: body.y + row };
}

/** The row of the terminal that would stand in the pane's first. */
function topOfTests(screen: Screen, stage: Stage): number | undefined {
  const page = pageTests(screen, stage);
  return page && page.top - page.failures.length;
}
