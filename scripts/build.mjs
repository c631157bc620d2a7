// Bundles the program to dist/: source/opening.ts as one file that loads at once, and source/cli.ts with all it needs,
// with lazy parts as chunks of their own.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
    onLoad({ filter: /node_modules\/string-width\/index\.js$/, namespace: 'file' }, async ({ path }) => {
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

/**
 * Where its `onExit` is off, simple-git races each call against one promise that never resolves, and that keeps of every
 * call what waits for it: 9 calls and 3 kB a turn. The promise of the call's own is as patient.
 */
const noEndlessPromise = {
  name: 'no-endless-promise',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/simple-git\/dist\/index\.mjs$/, namespace: 'file' }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace(/\w === !1 \? \$t : (\w\.exitTimeout\.promise)/, '$1');
      if (contents === text)
        throw new Error(
          `${path}: the race at a call's exit is not found; look how simple-git waits for it now`,
        );
      return { contents, loader: 'js' };
    });
  },
};

/**
 * Ink draws each frame from the ground up. Its rows are put together by source/ui/ink/fast-output.ts instead, and what it
 * makes of a text, it makes once: at 120x40 a frame with one changed line takes a quarter of the time, with a
 * scrolled pane a third (`npm run bench`). Without this plugin everything works as before.
 */
const fastInk = {
  name: 'fast-ink',
  setup({ onResolve, onLoad }) {
    const users = /node_modules\/(?:ink|widest-line|cli-truncate|slice-ansi|wrap-ansi)\//;
    onResolve({ filter: /./ }, ({ path, importer, resolveDir }) => {
      if (replacements[path] === undefined || !users.test(importer)) return;
      const file = createRequire(join(resolveDir, 'x.js')).resolve(path);
      checkInk(file);
      return { path: file, namespace: 'fast-ink', pluginData: replacements[path] };
    });
    onLoad({ filter: /.*/, namespace: 'fast-ink' }, ({ path, pluginData: [name, file, of = path] }) => ({
      resolveDir: join(path, '..'),
      contents: `import stock from ${JSON.stringify(of)};
        import { ${name} } from ${JSON.stringify(join(root, 'source/ui/ink', file))};
        export default ${name}(stock);`,
    }));
  },
};

/** What Ink and its packages import, and what is made of it, or of another import, instead. */
const replacements = {
  './output.js': ['fastOutput', 'fast-output.ts'],
  './sanitize-ansi.js': ['fastSanitize', 'texts.ts'],
  './measure-text.js': ['fastMeasure', 'texts.ts', 'widest-line'],
  'widest-line': ['fastWidest', 'texts.ts'],
  'string-width': ['fastWidth', 'texts.ts'],
};

/** What is replaced is known byte for byte: another version is looked at by a person first. */
const known = {
  'ink/build/output.js': '5e6c511c0a573f48cd5765d7f1f16583d2595f7b05775608382bdb990b63f225',
  'ink/build/measure-text.js': 'f646e9d5f3c4ec847694f28355c4c5e32772f0150eeb0e05217a53e544548c71',
  'ink/build/sanitize-ansi.js': 'd1f9783713dc610e01188ae37e339ce151abb922c4ea4e119deb55f90c50659e',
};
function checkInk(file) {
  const [, name] = file.split('node_modules/');
  if (known[name] === undefined) return;
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (hash !== known[name])
    throw new Error(
      `${name} is not the file that the build knows (${hash}): see whether source/ui/ink still does what it does`,
    );
}

/**
 * One character beyond Latin-1 makes V8 keep two bytes for each of its file's, as long as the screen is open: 0.9 MB.
 * esbuild escapes all but those of regular expressions, and of tagged templates, of which none here asks for its raw text.
 */
function escapeRest(file) {
  const text = readFileSync(file, 'utf8');
  if (/\\[^\0-\x7f]/.test(text))
    throw new Error(`${file}: a backslash before what is not ASCII cannot be escaped`);
  const ascii = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, text.replace(/[^\0-\x7f]/g, ascii));
}

rmSync(dist, { recursive: true, force: true });
const common = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  plugins: [noDevtools, noYogaFetch, lateSegmenter, noEndlessPromise, fastInk],
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
for (const name of readdirSync(dist, { recursive: true }).filter((each) => /\.[cm]js$/.test(each)))
  escapeRest(join(dist, name));
mkdirSync(join(dist, 'meta'), { recursive: true });
writeFileSync(join(dist, 'meta/bundle.json'), JSON.stringify(metafile));
