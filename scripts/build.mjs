// Bundles the program: source/cli.ts and all it needs to dist/, with lazy parts as chunks of their own.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Ink imports its devtools only when asked to; without a stub the bundle would ask for the package at start. */
const noDevtools = {
  name: 'no-devtools',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'export default {};' }));
  },
};

/** Yoga fetches its wasm from a data: URL, which loads all of Node's fetch: some 60-100 ms of the start. */
const noYogaFetch = {
  name: 'no-yoga-fetch',
  setup({ onLoad }) {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replaceAll('"function"!=typeof fetch', 'true');
      if (contents === text)
        throw new Error(`${path}: the test for fetch is not found; look how Yoga loads its wasm now`);
      return { contents, loader: 'js' };
    });
  },
};

rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'source/cli.ts' },
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  jsx: 'automatic',
  external: ['node-pty'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  // CommonJS packages in the bundle call `require` for Node's own modules.
  banner: {
    js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url);",
  },
  plugins: [noDevtools, noYogaFetch],
  metafile: true,
  logLevel: 'warning',
});
mkdirSync(join(dist, 'meta'), { recursive: true });
writeFileSync(join(dist, 'meta/bundle.json'), JSON.stringify(metafile));
