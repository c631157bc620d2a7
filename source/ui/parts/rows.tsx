// A block of finished rows on the screen: one Text a row, so that only rows that changed are laid out again.
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
    <Box flexDirection="column" width={width} height={height}>
      {rows.slice(0, height).map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity, and places that stay mounted scroll cheaply
        <Row key={index} text={text} />
      ))}
    </Box>
  );
}

const Row = memo(function Row({ text }: { readonly text: string }) {
  // Ink gives an empty text no height.
  return <Text wrap="truncate">{text === '' ? ' ' : steady(text)}</Text>;
});
