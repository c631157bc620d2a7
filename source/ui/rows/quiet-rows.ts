// The quiet rows between prompts and answers: searches, notices, commits, compactions, and how a turn ended.
import type { Item } from '../../session/conversation.ts';
import type { Outcome, TimeSplit } from '../../session/facts.ts';
import { wallMs } from '../../session/pace.ts';
import { duration, share, tokens } from '../text/amounts.ts';
import { behind } from '../text/behind.ts';
import { clean } from '../text/clean.ts';
import { beside, fit } from '../text/fit.ts';
import { webHost } from '../text/markdown-inline.ts';
import { cut } from '../text/width.ts';
import type { Theme, Token } from '../theme.ts';

/** How an outcome is drawn: never by its colour alone. */
export const outcomeMarks: Readonly<Record<Outcome, { readonly glyph: string; readonly token: Token }>> = {
  shipped: { glyph: '✓', token: 'ok' },
  answered: { glyph: '·', token: 'dim' },
  red: { glyph: '✕', token: 'bad' },
  held: { glyph: '‖', token: 'warn' },
  interrupted: { glyph: '■', token: 'warn' },
  failed: { glyph: '✕', token: 'bad' },
};

const levels = {
  info: { glyph: '·', token: 'dim' },
  warning: { glyph: '!', token: 'warn' },
  error: { glyph: '✕', token: 'bad' },
} as const;

const compactions = new Map([
  ['new', 'a fresh context'],
  ['cut', 'old outputs were shortened'],
]);

export function searchRow(item: Item & { kind: 'search' }, width: number, theme: Theme): string {
  const hosts = [...new Set(item.sources.flatMap((source) => webHost(source) ?? []))];
  const subject = `${theme.sgr('ok', '●')} ${theme.sgr('accent', 'search')}  ${clean(item.query, { newlines: false })}`;
  return beside(subject, [{ text: theme.sgr('dim', hosts.join(', ')), rank: 0 }], width);
}

export function noticeRows(item: Item & { kind: 'notice' }, width: number, theme: Theme): string[] {
  const { glyph, token } = levels[item.level];
  return behind(theme.sgr(token, `${glyph} `), theme.sgr(token, clean(item.text).trim()), width);
}

export function commitRow(item: Item & { kind: 'commit' }, width: number, theme: Theme): string {
  const sha = clean(item.sha.slice(0, 7), { newlines: false });
  return cut(`${theme.sgr('ok', `✓ ${sha}`)} ${clean(item.subject, { newlines: false })}`, width);
}

export function compactionRow(item: Item & { kind: 'compaction' }, width: number, theme: Theme): string {
  const what = compactions.get(item.by) ?? 'the context was compacted';
  const before = item.before > 0 ? ` · ${tokens(item.before)} tokens before` : '';
  return cut(theme.sgr('dim', `⇣ ${what}${before}`), width);
}

/** `✓ shipped · 42s · model 93% · tests 5%`, and under it the reason of an end that needs one. */
export function endRows(item: Item & { kind: 'end' }, width: number, theme: Theme): string[] {
  const { glyph, token } = outcomeMarks[item.outcome];
  const times = item.time === undefined ? [] : timeWords(item.time);
  const parts = [
    { text: theme.sgr(token, `${glyph} ${item.outcome}`), rank: 2 },
    ...times.map((text) => ({ text: theme.sgr('dim', text), rank: 1 })),
  ];
  const reason = item.reason === undefined ? [] : behind('  ', clean(item.reason), width);
  return [fit(parts, theme.sgr('dim', ' · '), width), ...reason];
}

/** The wall time and what it went to, largest first; shares that round to nothing are left out. */
function timeWords(time: TimeSplit): string[] {
  const wall = wallMs(time);
  const shares = (['model', 'commands', 'tests', 'git', 'harness'] as const)
    .toSorted((a, b) => time[b] - time[a])
    .map((bucket) => ({ bucket, part: share(time[bucket], wall) }))
    .filter(({ part }) => part !== '0%');
  return [duration(wall), ...shares.map(({ bucket, part }) => `${bucket} ${part}`)];
}
