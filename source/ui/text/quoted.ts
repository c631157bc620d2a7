// Lines as a quote in a prompt: markdown, which models and people read alike.

/** One row for each line. */
export function quoted(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '>' : `> ${line}`));
}
