// A block of finished rows on the screen: one Text of all of them, for what React and Ink do, they do for each Text in each
// frame. One a row took the processor twice as long.
import { Box, Text } from 'ink';
import { memo } from 'react';
import { steady } from '../text/steady.ts';

export interface RowsProps {
  /** Each at most `width` cells wide, styled and closed. Those beyond `height` are not drawn. */
  readonly rows: readonly string[];
  readonly width: number;
  readonly height: number;
  /** Blank columns on the left of it. */
  readonly left?: number;
}

export const Rows = memo(function Rows({ rows, width, height, left = 0 }: RowsProps) {
  return (
    <Box width={width} height={height} marginLeft={left}>
      <Text wrap="truncate">{rows.slice(0, height).map(steady).join('\n')}</Text>
    </Box>
  );
});
