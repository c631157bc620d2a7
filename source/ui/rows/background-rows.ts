// The model's background commands: one row each, and all that one of them printed lately.
import type { WatchedCommand } from '../../engine/ports.ts';
import { age, duration } from '../text/amounts.ts';
import { clean, cleanAnsi } from '../text/clean.ts';
import { beside } from '../text/fit.ts';
import { cut } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';

/** `3  npm run dev  listening on 3000        ● running  12m`; `now` is epoch ms. */
export function backgroundRow(command: WatchedCommand, now: number, width: number, theme: Theme): string {
  const { session, cmd, started, ended = now } = command;
  const line = lastLine(command.output);
  const name = `${theme.sgr('dim', String(session))}  ${clean(cmd, { newlines: false })}`;
  const subject =
    line === '' ? cut(name, width) : `${cut(name, Math.ceil(width / 2))}  ${theme.sgr('dim', line)}`;
  const time = command.ended === undefined ? age(ended - started) : duration(ended - started);
  return beside(
    subject,
    [
      { text: backgroundMark(command, theme), rank: 2 },
      { text: theme.sgr('dim', time), rank: 1 },
    ],
    width,
    0.6,
  );
}

function backgroundMark({ ended, exit }: WatchedCommand, theme: Theme): string {
  if (ended === undefined) return theme.sgr('accent', '● running');
  if (exit === 0) return theme.sgr('ok', '✓ exit 0');
  return theme.sgr('bad', typeof exit === 'number' ? `✕ exit ${exit}` : '✕ killed');
}

/** `▸BACKGROUND 3  npm run dev   ● running  1-40 of 212  12m` */
export function outputTitle(
  command: WatchedCommand,
  place: string,
  now: number,
  width: number,
  theme: Theme,
): string {
  const name = theme.sgr('focus', `▸BACKGROUND ${command.session}`);
  return beside(
    `${name}  ${clean(command.cmd, { newlines: false })}`,
    [
      { text: backgroundMark(command, theme), rank: 2 },
      { text: theme.sgr('dim', place), rank: 1.5 },
      { text: theme.sgr('dim', age((command.ended ?? now) - command.started)), rank: 1 },
    ],
    width,
  );
}

export type OutputPagesOf = (
  command: WatchedCommand,
  width: number,
) => { readonly rows: readonly string[]; readonly first: number; readonly files: readonly number[] };

/** What one of them printed, with its colours. Rows keep their numbers while the oldest of them go. */
export function createOutputPages(theme: Theme): OutputPagesOf {
  let kept:
    | (Pick<WatchedCommand, 'session' | 'output' | 'dropped'> &
        ReturnType<OutputPagesOf> & { readonly width: number })
    | undefined;
  return ({ session, output, dropped }, width) => {
    const before = kept?.session === session ? kept : undefined;
    if (before?.width === width && before.dropped === dropped && before.output === output) return before;
    const gone = before === undefined ? '' : firstBytes(before.output, dropped - before.dropped);
    const first =
      (before?.first ?? 0) + (gone === '' ? 0 : wrap(shown(gone.replace(/\r*\n$/, '')), width).length);
    const text = shown(output).trimEnd();
    const rows = text === '' ? [theme.sgr('dim', 'it has printed nothing yet')] : wrap(text, width);
    kept = { session, output, dropped, width, rows, first, files: [] };
    return kept;
  };
}

function firstBytes(text: string, bytes: number): string {
  return bytes <= 0 ? '' : Buffer.from(text).subarray(0, bytes).toString();
}

function shown(output: string): string {
  return cleanAnsi(settled(output));
}

/** More than any row shows. */
const LINE = 2_000;

function lastLine(output: string): string {
  const lines = clean(settled(output.slice(-LINE))).split('\n');
  return lines.findLast((line) => line.trim() !== '')?.trim() ?? '';
}

/** A line that was drawn over itself is what it was last. */
function settled(output: string): string {
  return output.replace(/\r+\n/g, '\n').replace(/[^\n]*\r(?=[^\n])/g, '');
}
