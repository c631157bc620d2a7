// A block of finished rows on the screen: one Text of all of them, for what React and Ink do, they do for each Text in each
// frame. One a row took the processor three times as long in a frame where one row changed.
import { Box, Text } from 'ink';
import { memo } from 'react';
import { steady } from '../text/steady.ts';

export interface RowsProps {
  /** Each at most `width` cells wide, styled and closed. Those beyond `height` are not drawn. */
  readonly rows: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** In most frames most panes are as they were: their rows are compared, and nothing is made of them. */
export const Rows = memo(
  DrawnRows,
  (before, after) =>
    before.width === after.width &&
    before.height === after.height &&
    before.rows.length === after.rows.length &&
    before.rows.every((row, at) => row === after.rows[at]),
);

function DrawnRows({ rows, width, height }: RowsProps) {
  return (
    <Box width={width} height={height}>
      <Text wrap="truncate">{rows.slice(0, height).map(steady).join('\n')}</Text>
    </Box>
  );
}
