// The quiet rows between prompts and answers: searches, notices, commits, compactions, and how a turn ended.
import type { Item } from '../../session/conversation.ts';
import type { Outcome, TimeSplit, Usage } from '../../session/facts.ts';
import { wallMs } from '../../session/pace.ts';
import { duration, share, tokens } from '../text/amounts.ts';
import { behind } from '../text/behind.ts';
import { clean } from '../text/clean.ts';
import { beside, fit, type Part } from '../text/fit.ts';
import { webHost } from '../text/markdown-inline.ts';
import { cut } from '../text/width.ts';
import type { Theme, Token } from '../theme.ts';
import { dependencyRows } from './dependencies.ts';

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
  if (item.dependencies !== undefined) return dependencyRows(item.dependencies, width, theme);
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

/** `+ reference ../vibetunnel · 1,204 tokens`, and what is odd about it. */
export function referenceRow(item: Item & { kind: 'reference' }, width: number, theme: Theme): string {
  const name = clean(item.name, { newlines: false });
  const { tokens: card, said = '' } = item;
  const parts = [
    `${card === undefined ? '−' : '+'} reference ${name}`,
    card === undefined ? '' : `${card.toLocaleString('en')} tokens`,
    clean(said, { newlines: false }),
  ];
  return cut(theme.sgr('dim', parts.filter((part) => part !== '').join(' · ')), width);
}

/** `✓ shipped · 42s · model 93% · 3.1k tokens · cached 40%`, and under it the reason of an end that needs one. */
export function endRows(item: Item & { kind: 'end' }, width: number, theme: Theme): string[] {
  const { glyph, token } = outcomeMarks[item.outcome];
  const dim = ({ text, rank }: Part): Part => ({ text: theme.sgr('dim', text), rank });
  const parts = [
    { text: theme.sgr(token, `${glyph} ${item.outcome}`), rank: 9 },
    ...(item.time === undefined ? [] : timeParts(item.time).map(dim)),
    ...(item.usage === undefined ? [] : usageParts(item.usage).map(dim)),
  ];
  const reason = item.reason === undefined ? [] : behind('  ', clean(item.reason), width);
  return [fit(parts, theme.sgr('dim', ' · '), width), ...reason];
}

/** A turn that ended at once went nowhere. */
const LEAST_MS = 50;

/** The wall time and what it went to, largest first; shares that round to nothing are left out. */
function timeParts(time: TimeSplit): Part[] {
  const wall = wallMs(time);
  if (wall < LEAST_MS) return [];
  const shares = (['model', 'commands', 'tests', 'git', 'harness'] as const)
    .toSorted((a, b) => time[b] - time[a])
    .map((bucket) => ({ bucket, part: share(time[bucket], wall) }))
    .filter(({ part }) => part !== '0%');
  return [
    { text: duration(wall), rank: 8 },
    ...shares.map(({ bucket, part }, at) => ({ text: `${bucket} ${part}`, rank: at === 0 ? 7 : 5 })),
  ];
}

/** All tokens that were sent and received, and the share of the sent ones that the provider's cache served. */
function usageParts({ input, cached, output }: Usage): Part[] {
  if (input + output === 0) return [];
  return [
    { text: `${tokens(input + output)} tokens`, rank: 6 },
    { text: input === 0 ? '' : `cached ${share(cached, input)}`, rank: 6 },
  ];
}
