// Bundles the program to dist/: source/opening.ts as one file that loads at once, and source/cli.ts with all it needs,
// with lazy parts as chunks of their own.
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

/** Node's first segmenter loads ICU's tables: some 16 ms, and the first frame of an ASCII draft needs none. */
const lateSegmenter = {
  name: 'late-segmenter',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/string-width\/index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace(
        'const segmenter = new Intl.Segmenter();',
        'let made; const segmenter = { segment: text => (made ??= new Intl.Segmenter()).segment(text) };',
      );
      if (contents === text)
        throw new Error(`${path}: its segmenter is not found; look how string-width makes it now`);
      return { contents, loader: 'js' };
    });
  },
};

rmSync(dist, { recursive: true, force: true });
const common = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  plugins: [noDevtools, noYogaFetch, lateSegmenter],
  logLevel: 'warning',
};
await build({
  ...common,
  entryPoints: { opening: 'source/opening.ts' },
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
});
const { metafile } = await build({
  ...common,
  entryPoints: { cli: 'source/cli.ts' },
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  format: 'esm',
  jsx: 'automatic',
  external: ['node-pty'],
  // CommonJS packages in the bundle call `require` for Node's own modules.
  banner: {
    js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url);",
  },
  metafile: true,
});
mkdirSync(join(dist, 'meta'), { recursive: true });
writeFileSync(join(dist, 'meta/bundle.json'), JSON.stringify(metafile));
