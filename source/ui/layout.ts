// Where everything stands on the screen. Pure, so that every size can be tried, from one cell to a wall.

export type Pane = 'conversation' | 'tests' | 'commits';
export const panes: readonly Pane[] = ['conversation', 'tests', 'commits'];

/** In cells; the origin is the screen's top left. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A title row and the rows below it. */
export interface Area {
  readonly title: Rect;
  readonly body: Rect;
}

export type Layout =
  /** Conversation left, tests over commits right. `column` is the x of the line between them. */
  | {
      readonly kind: 'wide';
      readonly panes: Readonly<Record<Pane, Area>>;
      readonly column: number;
      readonly foot: Foot;
    }
  /** Conversation over two strips, whose titles stand in the lines that part them. */
  | { readonly kind: 'medium'; readonly panes: Readonly<Record<Pane, Area>>; readonly foot: Foot }
  /** One pane; its title row names the others too. */
  | { readonly kind: 'single'; readonly pane: Pane; readonly area: Area; readonly foot: Foot }
  | { readonly kind: 'too small' };

/** What stands below the panes: a line, the composer, the status row. */
export interface Foot {
  readonly line: Rect;
  readonly composer: Rect;
  readonly status: Rect;
}

export interface Arrangement {
  /** The pane that is shown where there is room for one. */
  readonly pane: Pane;
  readonly zoomed: boolean;
  /** Rows that the composer would like. */
  readonly composerRows: number;
}

/** Below this there is one sentence. */
export const smallest = { columns: 40, rows: 12 };
const medium = { columns: 60, rows: 20 };
const wide = { columns: 100, rows: 24 };
const LEFT_SHARE = 0.52;

export function layOut(columns: number, rows: number, { pane, zoomed, composerRows }: Arrangement): Layout {
  const fits = (size: { columns: number; rows: number }): boolean =>
    columns >= size.columns && rows >= size.rows;
  if (!fits(smallest)) return { kind: 'too small' };
  const foot = layFoot(columns, rows, composerRows);
  const height = foot.line.y;
  if (zoomed || !fits(medium)) return { kind: 'single', pane, area: layArea(0, 0, columns, height), foot };
  return fits(wide) ? layWide(columns, height, foot) : layMedium(columns, height, foot);
}

/** As `layOut`; the very same as long as everything stands where it stood, so that nobody arranges it anew. */
export function keepLayout(): typeof layOut {
  let kept: { readonly key: string; readonly layout: Layout } | undefined;
  return (columns, rows, arranged) => {
    const key = [columns, rows, arranged.pane, arranged.zoomed, arranged.composerRows].join();
    if (kept?.key !== key) kept = { key, layout: layOut(columns, rows, arranged) };
    return kept.layout;
  };
}

/** The composer's most rows on a screen of so many. */
export function mostComposerRows(rows: number): number {
  return Math.max(1, Math.min(10, Math.floor(rows / 3)));
}

/** The body of a pane, where the layout shows that pane at all. */
export function bodyOf(layout: Layout, pane: Pane): Rect | undefined {
  if (layout.kind === 'too small') return undefined;
  if (layout.kind === 'single') return layout.pane === pane ? layout.area.body : undefined;
  return layout.panes[pane].body;
}

function layFoot(width: number, rows: number, composerRows: number): Foot {
  const height = Math.max(1, Math.min(composerRows, mostComposerRows(rows)));
  const line = { x: 0, y: rows - height - 2, width, height: 1 };
  return { line, composer: { ...line, y: line.y + 1, height }, status: { ...line, y: rows - 1 } };
}

function layArea(x: number, y: number, width: number, height: number): Area {
  return { title: { x, y, width, height: 1 }, body: { x, y: y + 1, width, height: height - 1 } };
}

function layWide(columns: number, height: number, foot: Foot): Layout {
  const column = Math.round(columns * LEFT_SHARE);
  const x = column + 2;
  const commits = Math.floor((height - 3) * 0.4);
  const tests = height - commits - 3;
  return {
    kind: 'wide',
    column,
    foot,
    panes: {
      conversation: layArea(0, 0, column - 1, height),
      tests: layArea(x, 0, columns - x, tests + 1),
      commits: layArea(x, tests + 2, columns - x, commits + 1),
    },
  };
}

function layMedium(columns: number, height: number, foot: Foot): Layout {
  const commits = Math.max(2, Math.min(5, Math.floor(height * 0.15)));
  const tests = Math.max(3, Math.min(8, Math.floor(height * 0.22)));
  const conversation = height - commits - tests - 2;
  return {
    kind: 'medium',
    foot,
    panes: {
      conversation: layArea(0, 0, columns, conversation),
      tests: layArea(0, conversation, columns, tests + 1),
      commits: layArea(0, conversation + tests + 1, columns, commits + 1),
    },
  };
}
