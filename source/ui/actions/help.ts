// What keys do in the help.
import type { Stage } from '../stage.ts';

export const helpActions = {
  'help up': (stage: Stage) => scrollHelp(stage, -1),
  'help down': (stage: Stage) => scrollHelp(stage, 1),
};

export function scrollHelp(stage: Stage, rows: number): void {
  stage.view.setState(({ help = 0 }) => ({ help: Math.max(0, help + rows) }));
}
