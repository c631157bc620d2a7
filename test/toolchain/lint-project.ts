// A scratch project under the real `biome.json`, so that the lint rules themselves can be tested.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const biome = join(root, 'node_modules/.bin/biome');

/** What Biome said: the path inside the scratch project, the rule (`style/noEnum`) and the 1-based line. */
export interface Finding {
  readonly path: string;
  readonly rule: string;
  readonly line: number;
}

/** Lints `files` (path to content) as if they were the whole project. */
export async function lintProject(files: Readonly<Record<string, string>>): Promise<Finding[]> {
  const directory = await mkdtemp(join(tmpdir(), 'hullspeed-lint-'));
  try {
    await copyFile(join(root, 'biome.json'), join(directory, 'biome.json'));
    await writeFile(join(directory, '.gitignore'), 'node_modules/\n');
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), content);
    }
    return await lint(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function lint(directory: string): Promise<Finding[]> {
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const run = promisify(execFile)(biome, args, { cwd: directory, maxBuffer: 64 << 20 });
  // Findings make Biome exit with 1; its report is on standard output all the same.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const report = JSON.parse(stdout) as {
    diagnostics: { category: string; location: { path: string; start: { line: number } } }[];
  };
  return report.diagnostics.map(({ category, location }) => ({
    path: location.path,
    rule: category.replace('lint/', ''),
    line: location.start.line,
  }));
}
