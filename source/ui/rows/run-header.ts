// The header over the person's own terminal: how what runs there stands, or how it ended.
import type { OwnCommand } from '../../engine/face.ts';
import { age, ago, duration } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';
import { fit } from '../text/fit.ts';
import { cut, width as widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';

const SEPARATOR = ' · ';
/** Columns of a command's name below which it says nothing. */
const LEAST_NAME = 6;

/** `● running · npm run dev · 3m`, `✕ exit 1 · npm run dev · 4.2s · 3m ago`. `found`: what would be started; `now` is epoch ms. */
export function runHeader(
  own: OwnCommand | null,
  found: string | undefined,
  now: number,
  width: number,
  theme: Theme,
): string {
  const dim = (text: string): string => theme.sgr('dim', text);
  const name = clean((own?.command ?? found ?? '').split('\n', 1)[0] ?? '', { newlines: false });
  if (own === null) return cut(dim(name), width);
  const { end, started } = own;
  const times =
    end === undefined
      ? [{ text: dim(age(now - started)), rank: 1 }]
      : [
          { text: dim(duration(end.at - started)), rank: 1 },
          { text: dim(ago(now - end.at)), rank: 2 },
        ];
  const mark = ownMark(own, theme);
  const room = width - widthOf(mark) - SEPARATOR.length;
  // Its beginning says which one it is.
  const shown = room < LEAST_NAME ? '' : cut(name, room);
  return fit([{ text: mark, rank: 4 }, { text: shown, rank: 3 }, ...times], dim(SEPARATOR), width);
}

/** `● running`, `✓ exit 0`, `✕ exit 1`, `■ stopped`. */
export function ownMark({ end, stopping }: OwnCommand, theme: Theme): string {
  if (end === undefined) return stopping ? theme.sgr('warn', '◌ stopping') : theme.sgr('accent', '● running');
  if (end.stopped) return theme.sgr('dim', '■ stopped');
  if (end.code === 0) return theme.sgr('ok', '✓ exit 0');
  return theme.sgr('bad', end.code === null ? '✕ killed' : `✕ exit ${end.code}`);
}
