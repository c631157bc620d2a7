// The report of the pace as lines with bars, for a terminal of any width: both faces draw these, in their own colours.
import type { Outcome, TimeSplit, Usage } from './facts.ts';
import { wallMs } from './pace.ts';
import { type DayAccount, dayOf, type PaceReport, type TurnAccount } from './pace-report.ts';

export interface PaceLine {
  /** `plain` where absent. */
  readonly as?: 'heading' | 'word' | 'dim';
  readonly text: string;
  /** What people said, not cleaned: cut it to what is left of the width. */
  readonly said?: string;
}

export interface PaceLook {
  /** Columns, from 40 on. */
  readonly width: number;
  /** Epoch ms. */
  readonly now: number;
  readonly duration: (ms: number) => string;
  readonly marks: Readonly<Record<Outcome, string>>;
}

/** Turns and days that have a row of their own. */
const ROWS = { turns: 20, days: 14 };
const BLOCKS = '▏▎▍▌▋▊▉█';
/** Of a bar that is made of parts, in this order: told apart by shape, so that no colour is needed. */
const PARTS = [
  { glyph: '█', name: 'model', of: ['model'] },
  { glyph: '▓', name: 'commands', of: ['commands'] },
  { glyph: '▒', name: 'tests', of: ['tests'] },
  { glyph: '░', name: 'git and harness', of: ['git', 'harness'] },
] as const;
/** What stands behind a turn that took far longer than turns do. */
export const LONG_MARK = '≫';

export function paceLines(report: PaceReport, look: PaceLook): PaceLine[] {
  const { turns, days, running } = report;
  if (turns.length === 0 && running === undefined)
    return [{ as: 'dim', text: 'no turn has ended yet in this session' }];
  const newest = days.at(-1);
  return [
    ...bottleneckLines(report, look.width),
    ...(newest === undefined ? [] : dayLines(newest, look)),
    ...turnLines(report, look),
    ...earlierLines(days.slice(0, -1), look),
    ...(report.since === undefined
      ? []
      : apart({
          as: 'dim' as const,
          text: `the newest ${turns.length} turns, since ${dayOf(report.since)}`,
        })),
  ];
}

function bottleneckLines({ bottleneck }: PaceReport, width: number): PaceLine[] {
  if (bottleneck === undefined) return [];
  const { what, share, turns, mend } = bottleneck;
  const which = turns === 1 ? 'the last turn' : `the last ${turns} turns`;
  const verb = what === 'commands' || what === 'tests' ? 'are' : 'is';
  return [
    { as: 'word', text: `${what === 'model' ? 'the model' : what} ${verb} ${percent(share)} of ${which}` },
    ...inLines(mend, width).map((text) => ({ text })),
  ];
}

/** Broken between words; a word that is wider than a line stays whole. */
function inLines(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length === 0 || longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function dayLines(day: DayAccount, look: PaceLook): PaceLine[] {
  const { time, you } = day;
  const { answer, hidden } = time;
  const under = hidden > 0 ? `+${look.duration(hidden)} hidden` : '';
  const row = (name: string, ms: number, more = ''): PaceLine => bar(name, ms, day.wallMs, more, look);
  return apart(
    { as: 'heading', text: `${dayName(day.day, look)} · ${dayFacts(day, look)}` },
    row('model', time.model),
    ...(answer === undefined
      ? []
      : [
          row(' waiting', answer.waiting),
          row(' reasoning', answer.reasoning),
          row(' output', answer.output),
        ]),
    row('commands', time.commands),
    row('tests', time.tests, under),
    row('git', time.git),
    row('harness', time.harness),
    { as: 'dim', text: `  you         ${look.duration(you)} between turns` },
  );
}

/** `12 turns · 41m20 · 38 requests · 1.2M tokens · cached 91% · $1.84` */
function dayFacts(
  { turns, wallMs: wall, requests, usage, cost }: DayAccount,
  { duration }: PaceLook,
): string {
  return [plural(turns, 'turn'), duration(wall), plural(requests, 'request'), ...spent(usage, cost)].join(
    ' · ',
  );
}

function spent({ input, cached, output }: Usage, cost: number | undefined): string[] {
  return [
    `${amount(input + output)} tokens`,
    ...(input === 0 ? [] : [`cached ${percent(cached / input)}`]),
    ...(cost === undefined ? [] : [dollars(cost)]),
  ];
}

/** `  tests       ███▌                  12%  4m10  +9m00 hidden`: what does not fit behind it is left out. */
function bar(name: string, ms: number, whole: number, more: string, { width, duration }: PaceLook): PaceLine {
  const columns = Math.max(8, Math.min(40, width - 46));
  const part = whole > 0 ? ms / whole : 0;
  const numbers = `${percent(part).padStart(5)}  ${duration(ms).padStart(6)}`;
  const text = `  ${name.padEnd(11)} ${solid(part, columns).padEnd(columns)}${numbers}`;
  return { text: more === '' || text.length + 2 + more.length > width ? text : `${text}  ${more}` };
}

/** A bar of so much of the columns, to an eighth of one. What is there at all is seen. */
function solid(part: number, columns: number): string {
  const eighths = part > 0 ? Math.max(1, Math.round(Math.min(1, part) * columns * 8)) : 0;
  return BLOCKS.slice(-1).repeat(Math.floor(eighths / 8)) + (BLOCKS[(eighths % 8) - 1] ?? '');
}

function turnLines({ turns, running }: PaceReport, look: PaceLook): PaceLine[] {
  const shown = turns.slice(-ROWS.turns).reverse();
  if (shown.length === 0 && running === undefined) return [];
  const legend = PARTS.map(({ glyph, name }) => `${glyph} ${name}`).join('  ');
  return apart(
    { as: 'heading', text: look.width < 72 ? 'turns' : `turns, the newest first   ${legend}` },
    ...(running === undefined ? [] : [turnLine('now  ', '●', running, look)]),
    ...shown.map((turn) => turnLine(timeOf(turn.at), look.marks[turn.outcome], turn, look)),
  );
}

/** `  14:02 ✓   2m31 ████████████████▓▓▒░  $0.31  make slug() handle emoji` */
function turnLine(
  when: string,
  mark: string,
  turn: Pick<TurnAccount, 'time' | 'wallMs' | 'said' | 'long' | 'cost'>,
  { width, duration }: PaceLook,
): PaceLine {
  const columns = width < 60 ? 10 : 24;
  const cost = turn.cost === undefined ? '' : `  ${dollars(turn.cost).padStart(5)}`;
  const took = `${duration(turn.wallMs).padStart(6)}${turn.long ? LONG_MARK : ' '}`;
  return { text: `  ${when} ${mark} ${took} ${parts(turn.time, columns)}${cost}  `, said: turn.said };
}

/** A whole bar of the parts of a turn's time. Each begins where its share does, so that they always add up. */
function parts(time: TimeSplit, columns: number): string {
  const wall = wallMs(time);
  let ended = 0;
  return PARTS.map(({ glyph, of }) => {
    const from = Math.round((ended / wall) * columns);
    ended += of.reduce((sum, bucket) => sum + time[bucket], 0);
    return wall === 0 ? '' : glyph.repeat(Math.round((ended / wall) * columns) - from);
  })
    .join('')
    .padEnd(columns);
}

function earlierLines(days: readonly DayAccount[], look: PaceLook): PaceLine[] {
  const shown = days.slice(-ROWS.days).reverse();
  if (shown.length === 0) return [];
  const columns = look.width < 60 ? 10 : 24;
  const row = (day: DayAccount): PaceLine => {
    const facts = [plural(day.turns, 'turn'), ...spent(day.usage, day.cost)].join(' · ');
    const text = `  ${day.day} ${look.duration(day.wallMs).padStart(6)}  ${parts(day.time, columns)}  ${facts}`;
    return { text };
  };
  return apart({ as: 'heading', text: 'days before' }, ...shown.map(row));
}

function apart(...lines: readonly PaceLine[]): PaceLine[] {
  return [{ text: '' }, ...lines];
}

function dayName(day: string, { now }: PaceLook): string {
  return day === dayOf(now) ? 'today' : day;
}

function timeOf(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes()].map((value) => String(value).padStart(2, '0')).join(':');
}

/** What is there at all is not `0%`. */
function percent(part: number): string {
  return part > 0 && part < 0.01 ? '<1%' : `${Math.round(part * 100)}%`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `950`, `1.2k`, `81k`, `1.2M`. By hand: Node's own formatter loads ICU's tables at the start of the program. */
function amount(count: number): string {
  const [divisor, unit] = count < 1_000 ? [1, ''] : count < 999_950 ? [1_000, 'k'] : [1_000_000, 'M'];
  const scaled = count / divisor;
  return `${scaled < 9.95 ? Number(scaled.toFixed(1)) : Math.round(scaled)}${unit}`;
}

function dollars(cost: number): string {
  return `$${cost.toFixed(2)}`;
}
