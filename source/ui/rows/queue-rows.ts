// The rows above the composer: steers on their way to the model, and prompts that wait their turn.
import type { PauseReason } from '../../session/facts.ts';
import type { Queue, Waiting } from '../../session/queue.ts';
import { clean } from '../text/clean.ts';
import { cut } from '../text/width.ts';
import type { Theme } from '../theme.ts';

const maxPrompts = 3;
/** More than any row shows of a prompt. */
const maxCharacters = 1_000;

const reasons: Readonly<Record<PauseReason, string>> = {
  interrupted: 'after the interrupt',
  red: 'the tests are red',
  held: 'the commit was held',
  failed: 'the turn failed',
  restart: 'after the restart',
  person: 'by you',
};

/** `queue 1 ▸ add a changelog entry`; no rows where nothing waits. */
export function queueRows(queue: Queue, width: number, theme: Theme): string[] {
  const { steers, items, paused } = queue;
  const row = (label: string, waiting: Waiting): string =>
    cut(
      `${theme.sgr('dim', label)} ${theme.sgr('accent', '▸')} ${clean(waiting.text.slice(0, maxCharacters), { newlines: false })}`,
      width,
    );
  const more = items.length - maxPrompts;
  return [
    ...steers.map((steer) => row('steer', steer)),
    ...items.slice(0, maxPrompts).map((item, at) => row(`queue ${at + 1}`, item)),
    ...(more > 0 ? [cut(theme.sgr('dim', `… ${more} more`), width)] : []),
    ...(paused !== undefined && items.length + steers.length > 0
      ? [cut(theme.sgr('warn', `‖ paused: ${reasons[paused]} · Enter goes on`), width)]
      : []),
  ];
}
