// Makes a fresh clone ready: installs what the lockfile names and checks the bundled Node.
// Plain JavaScript for Node 18, because it runs on whatever Node the machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const bundledNode = join(modules, '.bin/node');
const mark = join(modules, '.installed');

const lockfile = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const installed = existsSync(mark) && existsSync(bundledNode) && readFileSync(mark, 'utf8') === lockfile;
if (!installed) install();

function install() {
  console.error('hullspeed: installing what package-lock.json names (npm ci) …');
  const { status, error } = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH: machinePath() },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    fail(
      `npm ci in ${root} failed${error ? ` (${error.message})` : ''}. Mend what it says above and try again; ` +
        'node-pty is compiled on Linux and needs python3, make and a C++ compiler',
    );
  }
  const { stdout } = spawnSync(bundledNode, ['-v'], { encoding: 'utf8' });
  if (!runs(stdout)) {
    fail(
      `${bundledNode} does not run (it said ${JSON.stringify(stdout)}). Remove node_modules and try again with install scripts allowed`,
    );
  }
  writeFileSync(mark, lockfile);
}

/** Without this checkout's own bin folder: npm ci takes away the Node that stands there while it works. */
function machinePath() {
  const isOurs = (folder) => folder.startsWith(modules);
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !isOurs(folder))
    .join(delimiter);
}

/** 22.18 is the first Node that ink, openai and type stripping all accept. */
function runs(version) {
  const [major = 0, minor = 0] = String(version ?? '')
    .replace(/^v/, '')
    .split('.')
    .map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

function fail(message) {
  console.error(`hullspeed: ${message}.`);
  process.exit(1);
}
