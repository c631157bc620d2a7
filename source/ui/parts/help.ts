// The help: every key from the table, those of this place first, with the reason why one would do nothing now.
import type { SessionState } from '../../session/state.ts';
import { type Keymap, placesOf, reasonAgainst, refusalOf } from '../keymap.ts';
import { spell } from '../keys/key-name.ts';
import type { Where } from '../keys/place.ts';
import { paged } from '../panes/scroll.ts';
import { behind } from '../text/behind.ts';
import { fit } from '../text/fit.ts';
import { cut, pad } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import type { View } from '../view.ts';
import { marks, words } from '../words.ts';

/** Columns of the keys; where there are fewer, the last ones of a binding go. */
const KEYS = 31;

interface Entry {
  readonly names: readonly string[];
  readonly title: string;
  /** Why it would do nothing now. */
  readonly reason?: string;
  /** What else it is found by. */
  readonly also: string;
}

interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

export interface HelpPage {
  /** Exactly as many as fit: the title, what is sought, and the keys from as far down as they are scrolled. */
  readonly rows: readonly string[];
  /** The most rows that can be scrolled away. */
  readonly last: number;
}

export interface HelpSize {
  readonly width: number;
  readonly height: number;
}

export function helpPage(
  keymap: Keymap,
  session: SessionState,
  view: Pick<View, 'focus' | 'help' | 'sought'>,
  { width, height }: HelpSize,
  theme: Theme,
): HelpPage {
  const { sought = '' } = view;
  const rows = helpRows(keymap, session, view, width, theme);
  const { top, last } = paged(rows.length, height - 1, view.help ?? 0);
  const asked = sought === '' ? theme.sgr('dim', 'type to find a key or what it does') : sought;
  const title = cut(`${theme.sgr('focus', 'KEYS')}  ${asked}`, width);
  return { rows: [title, ...rows.slice(top, top + height - 1)].slice(0, height), last };
}

/** The column behind what is sought, where the cursor stands. */
export const soughtColumn = 'KEYS  '.length;

export function helpRows(
  keymap: Keymap,
  session: SessionState,
  { focus, sought = '' }: Pick<View, 'focus' | 'sought'>,
  width: number,
  theme: Theme,
): string[] {
  const wanted = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const here = placesOf(focus, undefined);
  /** Those of other places follow in the order of the table. */
  const distance = (where: Where): number => (here.includes(where) ? here.indexOf(where) : here.length);
  const sections = [
    ...keymap
      .toSorted((a, b) => distance(a.where) - distance(b.where))
      .map((place) => keySection(place, session)),
    wordSection(session),
    markSection,
  ];
  const rows = sections.flatMap(({ title, entries }) => {
    const found = entries.filter((entry) => matches(entry, title, wanted));
    return found.length === 0
      ? []
      : ['', theme.sgr('heading', title), ...found.flatMap((entry) => entryRows(entry, width, theme))];
  });
  return rows.length > 0 ? rows.slice(1) : [theme.sgr('dim', cut(`no key for ${sought}`, width))];
}

function keySection({ title, bindings }: Keymap[number], session: SessionState): Section {
  const entries = bindings
    .filter(({ keys }) => keys.length > 0)
    .map((binding) => ({
      names: binding.keys.map(spell),
      title: binding.title,
      reason: reasonAgainst(binding, session),
      also: binding.action,
    }));
  return { title, entries };
}

function wordSection(session: SessionState): Section {
  const entries = Object.entries(words).map(([word, { title, does }]) => {
    const reason = typeof does === 'string' ? undefined : refusalOf(session, does);
    return { names: [word], title, also: '', ...(reason && { reason }) };
  });
  return { title: 'Words, alone in the composer', entries };
}

const markSection: Section = {
  title: 'At the start of a draft',
  entries: Object.entries(marks).map(([mark, title]) => ({ names: [mark], title, also: '' })),
};

/** Each word of what is sought is somewhere: in a key, in what it does, in where it does it. */
function matches(
  { names, title, reason = '', also }: Entry,
  place: string,
  wanted: readonly string[],
): boolean {
  const text = [...names, title, reason, also, place].join(' ').toLowerCase();
  return wanted.every((word) => text.includes(word));
}

function entryRows({ names, title, reason }: Entry, width: number, theme: Theme): string[] {
  const columns = Math.min(KEYS, Math.floor(width / 3));
  const keys = pad(
    fit(
      names.map((text, at) => ({ text, rank: -at })),
      '  ',
      // A second blank stands before what they do, or keys would run into it.
      columns - 1,
    ),
    columns,
  );
  if (reason === undefined) return behind(`  ${theme.sgr('accent', keys)} `, title, width);
  return behind(`  ${keys} `, `${title} (not now: ${reason})`, width).map((row) => theme.sgr('dim', row));
}
