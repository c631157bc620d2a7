// What Makefiles and justfiles offer, read line by line: executing nothing, they cannot be asked.
import type { Root } from './root.ts';

const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile'];
const JUSTFILES = ['justfile', 'Justfile', '.justfile'];

/** Whether the Makefile that make would take has the target. */
export async function hasTarget(root: Root, target: string): Promise<boolean> {
  return declares(root, MAKEFILES, (line) => isMakeTarget(line, target));
}

/** Whether the justfile has the recipe; `name` is a plain word. */
export async function hasRecipe(root: Root, name: string): Promise<boolean> {
  // `test:`, `@test filter='': build`.
  const recipe = new RegExp(`^@?${name}(?:\\s[^:]*)?:(?!=)`);
  return declares(root, JUSTFILES, (line) => recipe.test(line));
}

async function declares(
  root: Root,
  names: readonly string[],
  test: (line: string) => boolean,
): Promise<boolean> {
  const name = names.find((each) => root.has(each));
  return name !== undefined && (await root.read(name)).split('\n').some(test);
}

/** `test: …` or `check test:: …`, but no variable `test := …` and no `.PHONY: test`. */
function isMakeTarget(line: string, target: string): boolean {
  const colon = line.indexOf(':');
  if (colon < 0 || /^[\t#]/.test(line) || /^:{1,3}=/.test(line.slice(colon))) return false;
  return line.slice(0, colon).split(/\s+/).includes(target);
}
