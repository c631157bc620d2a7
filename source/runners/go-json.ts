// Turns what `go test -json` prints back into what it would print without.
import { plainLines } from './plain-lines.ts';

/** Packages are tested at once and their events come mixed, so each package's output is put together again. */
export function asOutput(lines: readonly string[]): readonly string[] {
  const plain: string[] = [];
  const outputs = new Map<string, string>();
  for (const line of lines) {
    const event = readEvent(line);
    if (event === undefined) plain.push(line);
    else outputs.set(event.from, (outputs.get(event.from) ?? '') + event.output);
  }
  if (outputs.size === 0) return lines;
  return [...plain, ...[...outputs.values()].flatMap((output) => plainLines(output))];
}

/** `from`: the package, or the one that is built. Undefined where the line is no event. */
function readEvent(line: string): { from: string; output: string } | undefined {
  if (!line.startsWith('{"')) return undefined;
  try {
    const { Action, Package, ImportPath, Output } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (typeof Action !== 'string') return undefined;
    return { from: String(Package ?? ImportPath ?? ''), output: typeof Output === 'string' ? Output : '' };
  } catch {
    return undefined;
  }
}
