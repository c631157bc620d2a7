// The tests of a repository that has several: one command made of the suites that changed paths touch, and what it said.
import type { TestCommand, TestReport } from '../engine/ports.ts';
import { addUp, mayLinger, readOutput, runOnce } from '../runners/read-output.ts';
import { matchesGlob } from './glob.ts';
import type { Found } from './package-script.ts';

export interface Suite {
  /** Globs of what it tests, from the repository's root. */
  readonly paths: readonly string[];
  /** For a shell, in `folder`. `runs`: the script behind it. */
  readonly command: string;
  readonly runs?: string;
  /** From the root on; `.` is the root. */
  readonly folder: string;
}

interface Named extends Suite {
  readonly name: string;
}

/** A command as it is run once and to its end, with what its environment needs. */
export function commandOf({ command, runs = command }: Found): Pick<TestCommand, 'command' | 'env' | 'read'> {
  return {
    command: runs === command ? runOnce(command) : command,
    // `CI=1` ends the watch mode that a runner chooses by itself; Node and others draw no colours with it.
    env: mayLinger(runs) ? { CI: '1' } : {},
    read: (output) => readOutput(runs, output),
  };
}

/**
 * `whole`: the command for all of the tests; undefined where only the suites are known, which then are all. A path that no
 * suite covers asks for the whole; one that needs no tests asks for nothing.
 */
export function withSuites(
  source: string,
  suites: readonly Suite[],
  whole: TestCommand | undefined,
  skips: (path: string) => boolean,
): TestCommand {
  const named = nameSuites(suites);
  const all = compose(source, named);
  const full = whole ?? all;
  return {
    ...full,
    touching(paths) {
      const tested = paths.filter((path) => !skips(path));
      const covers = ({ paths: globs }: Suite, path: string): boolean =>
        globs.some((glob) => matchesGlob(path, glob));
      if (tested.some((path) => !named.some((suite) => covers(suite, path)))) return full;
      const touched = named.filter((suite) => tested.some((path) => covers(suite, path)));
      if (touched.length === 0 || (touched.length === named.length && whole === undefined)) return full;
      return { ...compose(source, touched), ...(whole === undefined && { within: full.command }) };
    },
  };
}

/** By its folder, else by what its first glob begins with. */
function nameSuites(suites: readonly Suite[]): Named[] {
  const taken = new Set<string>();
  return suites.map((suite) => {
    const [glob = ''] = suite.paths;
    const wanted = (suite.folder === '.' ? glob.replace(/(.)\/\*\*?$/, '$1') : suite.folder).replace(
      /\p{Cc}/gu,
      ' ',
    );
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted} (${count})`;
    taken.add(name);
    return { ...suite, name };
  });
}

function compose(source: string, suites: readonly Named[]): TestCommand {
  const parts = suites.map((suite) => ({ suite, ...commandOf(suite) }));
  const [only] = parts;
  const lines = parts.map(({ suite, command }) =>
    ['suite', suite.name, suite.folder, command].map((word) => quoteWord(word)).join(' '),
  );
  return {
    source,
    suites: suites.map(({ name }) => name),
    env: Object.assign({}, ...parts.map(({ env }) => env)),
    command:
      parts.length === 1 && only !== undefined
        ? inFolder(only.suite.folder, only.command)
        : `${SUITE}; ${lines.join('; ')}; exit $red`,
    ...(parts.length === 1 &&
      only !== undefined &&
      only.suite.folder !== '.' && { inFolder: { folder: only.suite.folder, said: only.command } }),
    read: async (output) => {
      if (parts.length === 1 && only !== undefined) return qualify(only.suite, await only.read(output));
      let from = 0;
      const reports: TestReport[] = [];
      for (const { suite, read } of parts) {
        const section = sectionOf(output, from, suite.name);
        from = section.next;
        reports.push(judged(suite, section.exit, qualify(suite, await read(section.text))));
      }
      return addUp(reports);
    },
  };
}

/** A shell function that runs one suite in its folder and says how it ended; after a red one the others still run. */
const SUITE = `red=0; suite() { printf '── %s\\n' "$1"; (cd "$2" && eval "$3"); set -- "$1" $?; printf '\\n── %s: exit %s\\n' "$1" "$2"; [ "$2" = 0 ] || red=$2; }`;

/** A command as it is written at the root. */
function inFolder(folder: string, command: string): string {
  return folder === '.' ? command : `cd ${quoteWord(folder)} && ${command}`;
}

function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) && !word.startsWith('-') ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

interface Section {
  readonly text: string;
  /** Undefined: its end is not there. */
  readonly exit?: number;
  readonly next: number;
}

function sectionOf(output: string, from: number, name: string): Section {
  const end = `\n── ${name}: exit `;
  const at = output.indexOf(end, from);
  if (at < 0) return { text: '', next: from };
  const exit = Number.parseInt(output.slice(at + end.length, at + end.length + 4), 10);
  return { text: output.slice(from, at), exit, next: at + end.length };
}

/** Its own exit code decides: a red one that names nothing has a name all the same, lest others' names stand for it. */
function judged({ name }: Named, exit: number | undefined, report: TestReport): TestReport {
  const { counts } = report;
  if (exit === 0) return { ...report, failures: [], ...(counts && { counts: { ...counts, failed: 0 } }) };
  if (report.failures.length > 0) return report;
  const failed = Math.max(1, counts?.failed ?? 0);
  return {
    ...report,
    failures: [{ name: `${name}: ${exit === undefined ? 'did not come to its end' : `exit ${exit}`}` }],
    counts: { passed: 0, skipped: 0, ...counts, failed },
  };
}

/** Names say whose they are, and files are named from the root on. */
function qualify({ name, folder }: Named, report: TestReport): TestReport {
  const fromRoot = (file: string): string =>
    folder === '.' || file.startsWith('/') || file.startsWith(`${folder}/`)
      ? file
      : `${folder}/${file.replace(/^\.\//, '')}`;
  return {
    ...report,
    failures: report.failures.map((failure) => ({
      ...failure,
      name: `${name}: ${failure.name}`,
      ...(failure.file !== undefined && { file: fromRoot(failure.file) }),
    })),
    ...(report.slow && {
      slow: report.slow.map((each) => ({ ...each, name: `${name}: ${each.name}` })),
    }),
  };
}

/** What is told of the tests where a context begins, bounded. */
export function describeTests(found: TestCommand | undefined): string {
  if (found === undefined) return 'No tests were found.';
  const whole =
    found.suites === undefined
      ? `Tests: \`${found.command}\` (from ${found.source}).`
      : `Tests in suites (from ${found.source}): ${listed(found.suites)}.`;
  if (found.touching === undefined) return whole;
  return `${whole} A ship runs only the suites that its paths touch, each in its folder; all where a path is in none.`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 40).map((name) => JSON.stringify(name.slice(0, 80)));
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
}
