// A diff as git prints it, read into the same files and lines as a patch of the model's.
import { clean } from './clean.ts';
import type { PatchFile, PatchLine } from './patch-lines.ts';

type Growing = { -readonly [K in keyof PatchFile]: PatchFile[K] } & { lines: PatchLine[] };

/** Characters of a line that are kept: code that people write is shorter, and a bundle is not read. */
const LONGEST = 1_000;
/** Of two commits, or of a merge and its parents. */
const fileHeading = /^diff --(?:git|cc|combined) (.*)$/;
/** A hunk: an `@` more for each parent more, the first line in the new file, and what git found above it. */
const hunkHeading = /^@@(@*) (?:-\S+ )+\+(\d+)\S* @@+ ?(.*)$/;
/** Lines between a file's heading and its first hunk. */
const fact =
  /^(new file mode|deleted file mode|rename from|rename to|copy to|new mode|Binary files|---|\+\+\+) ?(.*)$/;

/**
 * The files of a unified diff, in order and cleaned line by line: a carriage return in the code makes no new line.
 * A hunk begins with an anchor, `12  function slug()`.
 */
export function diffFiles(diff: string): PatchFile[] {
  const files: Growing[] = [];
  let parents = 0;
  for (const line of diff.replace(/\n$/, '').split('\n')) {
    const heading = fileHeading.exec(line);
    const hunk = hunkHeading.exec(line);
    if (heading !== null) {
      files.push({ change: 'updated', path: headingPath(heading[1] ?? ''), added: 0, removed: 0, lines: [] });
      parents = 0;
    }
    const file = files.at(-1);
    if (file === undefined || heading !== null) continue;
    if (hunk !== null) {
      parents = 1 + (hunk[1] ?? '').length;
      file.lines.push({ kind: 'anchor', text: shown(`${hunk[2]}  ${hunk[3]}`).trimEnd() });
    } else if (parents === 0) addFact(file, line);
    else addLine(file, line, parents);
  }
  return files;
}

function addFact(file: Growing, line: string): void {
  const [, name, value = ''] = fact.exec(line) ?? [];
  if (name === 'new file mode') file.change = 'added';
  else if (name === 'deleted file mode') file.change = 'deleted';
  else if (name === 'rename from') file.path = pathIn(value);
  else if (name === 'rename to' || name === 'copy to') file.to = pathIn(value);
  else if (name === 'new mode') file.lines.push({ kind: 'anchor', text: `mode ${shown(value)}` });
  else if (name === 'Binary files') file.lines.push({ kind: 'anchor', text: 'binary' });
  else if (name !== undefined && value !== '/dev/null' && file.to === undefined)
    file.path = pathIn(value).replace(/^[ab]\//, '');
}

function addLine(file: Growing, line: string, parents: number): void {
  const marks = line.slice(0, parents);
  const text = shown(line.slice(parents));
  if (marks.startsWith('\\')) file.lines.push({ kind: 'anchor', text: 'no newline at the end' });
  else if (marks.includes('+')) {
    file.added += 1;
    file.lines.push({ kind: 'added', text });
  } else if (marks.includes('-')) {
    file.removed += 1;
    file.lines.push({ kind: 'removed', text });
  } else file.lines.push({ kind: 'context', text });
}

/** `a/PATH b/PATH`: all that says the path of a file without lines. A merge names it once. */
function headingPath(both: string): string {
  const half = both.slice((both.length + 1) / 2);
  return pathIn(both === `a${half.slice(1)} ${half}` ? half.slice(2) : both);
}

/** Git ends a path that has spaces with a tab, and quotes one that has stranger characters. */
function pathIn(text: string): string {
  return shown(text.replace(/\t$/, '').replace(/^"(.*)"$/, '$1'));
}

function shown(text: string): string {
  const whole = text.length <= LONGEST ? text.replace(/\r$/, '') : `${text.slice(0, LONGEST)}…`;
  return clean(whole, { newlines: false });
}
