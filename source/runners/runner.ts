// What hullspeed knows of a test runner: how a command names it, how its watch mode is left, what its output says.
import type { TestReport } from '../engine/ports.ts';

export type Failure = TestReport['failures'][number];
export type Counts = NonNullable<TestReport['counts']>;

export interface Runner {
  readonly name: string;
  /** Whether a shell command starts this runner. */
  matches(command: string): boolean;
  /**
   * `asked` finds a watch mode in a command; `off`, appended to the command, makes it run once all the same. Without
   * `off` no argument can, and what `asked` finds has to be cut out.
   */
  readonly watch?: { readonly asked: RegExp; readonly off?: string };
  /** It watches in a terminal without being asked to, unless `CI` is set. */
  readonly lingers?: true;
  /** A line that says how long a file, a package or a test took: its `name`, and its `time` in `s` or `ms`. */
  readonly slow?: RegExp;
  /** Fits a line of all output that `read` knows: what has none is not read, which takes 4 to 30 ms for 20,000 lines. */
  readonly sign: RegExp;
  /** Reads output as plain lines; undefined where it does not look like this runner's. Never throws. */
  read(lines: readonly string[]): TestReport | undefined;
}

/** Whether a shell command has `program` as a word of its own, also with a path before it. */
export function runsProgram(command: string, program: string): boolean {
  return new RegExp(`(?:^|[\\s/;&|(])${program}(?=$|[\\s;&|)])`).test(command);
}

/** Whether a shell command has `program` and, among the words after it, `word`: `go test`, `cargo --locked test`. */
export function runsSubcommand(command: string, program: string, word: string): boolean {
  return runsProgram(command, `${program}\\s(?:[^;&|]*\\s)?${word}`);
}
