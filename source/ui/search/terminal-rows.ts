// All rows of a terminal, for a search: drawn again when they changed, and while a program prints once a second at most.

/** What of a terminal a search needs. */
export interface RowSource {
  readonly length: number;
  rows(from: number, count: number): readonly string[];
}

/** `before` are rows that stand before those of the terminal; `version` and `second` say when they are drawn again. */
export type TerminalRows = (
  terminal: RowSource,
  before: readonly string[],
  state: { readonly version: number; readonly second: number; readonly printing: boolean },
) => readonly string[];

export function createTerminalRows(): TerminalRows {
  const kept = new WeakMap<RowSource, { readonly key: string; readonly rows: readonly string[] }>();
  return (terminal, before, { version, second, printing }) => {
    const key = `${printing ? `at ${second}` : version} ${before.join('\n')}`;
    const known = kept.get(terminal);
    if (known?.key === key) return known.rows;
    const rows = [...before, ...terminal.rows(0, terminal.length)];
    kept.set(terminal, { key, rows });
    return rows;
  };
}
