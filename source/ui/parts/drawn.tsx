// A place of the screen, for which React does something only where its rows are others than in the frame before. In most
// frames one place is; for the others nothing is made, compared or walked through.
import { useRef } from 'react';
import { useStore } from 'zustand';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';
import { Rows } from './rows.tsx';

/** The rows of a place: the same of the same screen. */
export type Draw = (screen: Screen, stage: Stage) => readonly string[];

export interface DrawnProps {
  readonly stage: Stage;
  readonly draw: Draw;
  readonly width: number;
  readonly height: number;
  /** Blank columns on the left of it. */
  readonly left?: number;
}

export function Drawn({ stage, draw, ...place }: DrawnProps) {
  return <Rows rows={useRows(stage, draw)} {...place} />;
}

/** Asked for more than once a frame, they are drawn once. */
export function useRows(stage: Stage, draw: Draw): readonly string[] {
  const kept = useRef<{ screen: Screen; draw: Draw; rows: readonly string[] }>(undefined);
  return useStore(stage.screen, (screen) => {
    const last = kept.current;
    if (last?.screen === screen && last.draw === draw) return last.rows;
    const drawn = draw(screen, stage);
    const rows = last !== undefined && isSame(last.rows, drawn) ? last.rows : drawn;
    kept.current = { screen, draw, rows };
    return rows;
  });
}

function isSame(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((row, at) => row === after[at]);
}
