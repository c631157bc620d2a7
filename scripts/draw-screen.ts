// Draws the cells of an emulated terminal as an SVG: every run of text at the place of its first cell.
import type { IBufferCell, Terminal } from '@xterm/headless';

/** In pixels. A cell is as wide as the common monospaced fonts are at this size. */
const cell = { width: 8.4, height: 18, baseline: 13.5, font: 14 };
const margin = 14;
const fonts =
  "ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

export type Ground = 'dark' | 'light';

interface Palette {
  readonly ground: string;
  readonly ink: string;
  /** The sixteen colours that have names. */
  readonly named: readonly string[];
}

const palettes: Readonly<Record<Ground, Palette>> = {
  dark: {
    ground: '#0d1117',
    ink: '#e6edf3',
    named: [
      ...['#484f58', '#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf', '#b1bac4'],
      ...['#6e7681', '#ffa198', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#f0f6fc'],
    ],
  },
  light: {
    ground: '#ffffff',
    ink: '#1f2328',
    named: [
      ...['#24292f', '#cf222e', '#116329', '#7d4e00', '#0969da', '#8250df', '#1b7c83', '#6e7781'],
      ...['#57606a', '#a40e26', '#1a7f37', '#633c01', '#218bff', '#a475f9', '#3192aa', '#8c959f'],
    ],
  },
};

/** Which sides of its cell a line reaches: left, right, top, bottom. Fonts leave gaps between rows, paths do not. */
const lines: Readonly<Record<string, string>> = {
  '─': 'lr',
  '│': 'tb',
  '├': 'trb',
  '┤': 'tlb',
  '┬': 'lrb',
  '┴': 'lrt',
  '┼': 'lrtb',
};

interface Style {
  readonly front: string;
  /** Absent: the picture's own ground. */
  readonly back?: string;
  /** What else the text wears, as attributes. */
  readonly wear: string;
}

/** Neighbouring cells in one style. */
interface Run {
  readonly row: number;
  readonly column: number;
  readonly cells: number;
  readonly text: string;
  readonly style: Style;
}

export interface Picture {
  /** Stands for it where it is not seen. */
  readonly caption: string;
  readonly ground: Ground;
  /** Whether there is one. */
  readonly cursor: boolean;
}

/** The screen, at most a few dozen kB. */
export function drawScreen(terminal: Terminal, { caption, ground, cursor }: Picture): string {
  const palette = palettes[ground];
  const width = round(terminal.cols * cell.width + 2 * margin);
  const height = terminal.rows * cell.height + 2 * margin;
  const { cursorX: column, cursorY: row } = terminal.buffer.active;
  const runs = Array.from({ length: terminal.rows }, (_, each) => readRuns(terminal, each, palette)).flat();
  const elements = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(caption)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${palette.ground}"/>`,
    `<g font-family="${fonts}" font-size="${cell.font}" xml:space="preserve">`,
    ...runs.flatMap((run) => (run.style.back === undefined ? [] : [drawBox(run, run.style.back)])),
    ...runs.flatMap((run) => (run.text.trim() === '' ? [] : [drawText(run)])),
    ...(cursor ? [drawBox({ row, column, cells: 1 }, palette.ink, ' opacity="0.7"')] : []),
    '</g>',
    '</svg>',
  ];
  return `${elements.join('\n')}\n`;
}

/** A character outside ASCII is a run of its own, because its width depends on the font that has it. */
function readRuns({ buffer, cols }: Terminal, row: number, palette: Palette): Run[] {
  const runs: Run[] = [];
  const line = buffer.active.getLine(row);
  for (let column = 0; column < cols; column += 1) {
    const each = line?.getCell(column);
    const cells = each?.getWidth() ?? 0;
    if (each === undefined || cells === 0) continue;
    const next: Run = { row, column, cells, text: each.getChars() || ' ', style: styleOf(each, palette) };
    const last = runs.at(-1);
    if (last === undefined || !isAscii(last.text + next.text) || !sameStyle(last.style, next.style))
      runs.push(next);
    else runs[runs.length - 1] = { ...last, cells: last.cells + cells, text: last.text + next.text };
  }
  return runs;
}

function isAscii(text: string): boolean {
  return /^[ -~]+$/.test(text);
}

function sameStyle(a: Style, b: Style): boolean {
  return a.front === b.front && a.back === b.back && a.wear === b.wear;
}

function styleOf(each: IBufferCell, palette: Palette): Style {
  const front = each.isFgDefault() ? palette.ink : colour(each.getFgColor(), each.isFgRGB(), palette);
  const back = each.isBgDefault() ? undefined : colour(each.getBgColor(), each.isBgRGB(), palette);
  const wear = [
    each.isBold() ? ' font-weight="bold"' : '',
    each.isItalic() ? ' font-style="italic"' : '',
    each.isDim() ? ' opacity="0.6"' : '',
    each.isUnderline() ? ' text-decoration="underline"' : '',
    each.isStrikethrough() ? ' text-decoration="line-through"' : '',
  ].join('');
  if (each.isInverse()) return { front: back ?? palette.ground, back: front, wear };
  return { front, wear, ...(back !== undefined && { back }) };
}

/** As terminals number them: 16 with names, a cube of 6 × 6 × 6, 24 greys. */
function colour(value: number, isRgb: boolean, { named, ink }: Palette): string {
  if (isRgb) return hex((value >> 16) & 255, (value >> 8) & 255, value & 255);
  if (value < 16) return named[value] ?? ink;
  if (value >= 232) return grey(8 + (value - 232) * 10);
  const level = (steps: number): number => (steps === 0 ? 0 : 55 + steps * 40);
  const place = value - 16;
  return hex(level(Math.floor(place / 36)), level(Math.floor(place / 6) % 6), level(place % 6));
}

function grey(level: number): string {
  return hex(level, level, level);
}

function hex(...rgb: readonly [red: number, green: number, blue: number]): string {
  return `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function drawText({ row, column, cells, text, style }: Run): string {
  const [x, y] = [left(column), top(row)];
  const sides = lines[text];
  if (sides !== undefined) return `<path d="${linePath(x, y, sides)}" stroke="${style.front}"/>`;
  // Whatever font there is, ASCII fills exactly its cells.
  const length = isAscii(text) ? ` textLength="${round(cells * cell.width)}"` : '';
  return `<text x="${x}" y="${round(y + cell.baseline)}"${length} fill="${style.front}"${style.wear}>${escapeXml(text)}</text>`;
}

function linePath(x: number, y: number, sides: string): string {
  const ends: Readonly<Record<string, string>> = {
    l: `H${x}`,
    r: `H${round(x + cell.width)}`,
    t: `V${y}`,
    b: `V${y + cell.height}`,
  };
  const middle = `M${round(x + cell.width / 2)} ${y + cell.height / 2}`;
  return [...sides].map((side) => `${middle}${ends[side]}`).join('');
}

function drawBox(
  { row, column, cells }: Pick<Run, 'row' | 'column' | 'cells'>,
  fill: string,
  more = '',
): string {
  return `<rect x="${left(column)}" y="${top(row)}" width="${round(cells * cell.width)}" height="${cell.height}" fill="${fill}"${more}/>`;
}

function left(column: number): number {
  return round(margin + column * cell.width);
}

function top(row: number): number {
  return margin + row * cell.height;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
