#!/usr/bin/env node
// Starts the program on a Node that can run it, and says what to do where there is none. Parses on Node 18.
'use strict';

const { existsSync, realpathSync } = require('node:fs');
const { join } = require('node:path');
const { isatty } = require('node:tty');

const root = join(__dirname, '..');
const bundle = join(root, 'dist/cli.mjs');
const bundledNode = join(root, 'node_modules/.bin/node');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) start();
else if (existsSync(bundledNode) && realpathSync(bundledNode) !== process.execPath) runOn(bundledNode);
else {
  const found = `hullspeed needs Node 22.18 or newer; this is ${process.version} (${process.execPath})`;
  refuse(
    `${found}. Install a newer one (https://nodejs.org), or run npm ci in a checkout, which brings its own.`,
  );
}

function start() {
  if (!existsSync(bundle)) return refuse(`hullspeed is not built yet: run npm run build in ${root}.`);
  const { enableCompileCache, flushCompileCache } = require('node:module');
  const cache = process.env.XDG_CACHE_HOME || join(require('node:os').homedir(), '.cache');
  const onScreen = isatty(0) && isatty(1);
  // A screen compiles what is hot later and less, on fewer threads. An answer of 20,000 tokens at once takes half of the
  // processor's time, and a key typed into it 28 ms instead of 43; a headless turn, which is over by then, takes 50 ms more.
  // Before the cache is opened, which keeps apart what was compiled under other flags. A V8 that does not know it says so.
  if (onScreen && major === 24) require('node:v8').setFlagsFromString('--efficiency-mode');
  enableCompileCache(join(cache, 'hullspeed'));
  // The cache is written at a clean exit, which a session that lives for weeks and is killed never has. By then a screen
  // has all that it loads by itself, and an idle one is not woken later: 0.1 ms, of the first start of a build 12.
  setTimeout(flushCompileCache, 3_000).unref();
  // Drawn before the program is loaded: see source/opening.ts.
  const opening = onScreen ? require('../dist/opening.cjs').openScreen(process) : undefined;
  void import('../dist/cli.mjs').then((program) => program.start(opening));
}

/** Stands in for the program: its signals and its exit code are handed through. */
function runOn(node) {
  const { constants } = require('node:os');
  const { spawn } = require('node:child_process');
  const child = spawn(node, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends SIGINT and SIGQUIT to both; the program alone decides what they mean.
  for (const signal of ['SIGINT', 'SIGQUIT']) process.on(signal, () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) =>
    refuse(`hullspeed could not start ${node}: ${error.message}. Run npm ci in ${root}.`),
  );
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
