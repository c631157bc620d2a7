// Our way of putting Ink's texts together against Ink's own: the same cells with the same styles, whatever is drawn.
import { fileURLToPath } from 'node:url';
import { styledCharsFromTokens, tokenize } from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { fastOutput, type OutputClass, type StockOutput } from '../../source/ui/ink/fast-output.ts';
import { remember } from '../../source/ui/ink/remember.ts';
import { fastMeasure, fastSanitize } from '../../source/ui/ink/texts.ts';

/** Ink's package does not let anybody import its files by name. */
async function inks(file: string): Promise<{ default: unknown }> {
  return await import(fileURLToPath(new URL(`../../node_modules/ink/build/${file}`, import.meta.url)));
}

const Stock = (await inks('output.js')).default as OutputClass<StockOutput>;
const Fast = fastOutput(Stock);

const size = { width: 24, height: 5 };
const styles = ['1', '2', '31', '38;5;80', '38;2;1;2;3', '44', '7', '1;4;32'];
const words = [
  'a',
  'two words',
  '  ',
  '日本',
  'é',
  'e\u0301',
  '🎉',
  '👩🏽‍💻',
  '│',
  '…',
  '\u00a0',
  '\u200d',
  '0',
];
const piece = fc
  .tuple(fc.constantFrom(...words), fc.option(fc.constantFrom(...styles)))
  .map(([word, style]) => (style === null ? word : `\x1b[${style}m${word}\x1b[0m`));
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const write = fc.record({
  kind: fc.constant('write' as const),
  x: fc.integer({ min: -2, max: 26 }),
  y: fc.integer({ min: -1, max: 5 }),
  text,
});
/** Now and then a style goes on in the next line. */
const lines = fc
  .array(fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constant('\x1b[35ma') }), {
    minLength: 2,
    maxLength: 6,
  })
  .map((several) => several.join('\n'));
const several = fc.tuple(write, lines).map(([each, text]) => ({ ...each, text }));
const clip = fc.record({
  kind: fc.constant('clip' as const),
  x1: fc.integer({ min: 0, max: 10 }),
  x2: fc.integer({ min: 5, max: 20 }),
  inside: fc.array(write, { maxLength: 3 }),
});
const drawing = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: write },
    { weight: 3, arbitrary: several },
    { weight: 1, arbitrary: clip },
  ),
  { maxLength: 8 },
);
type Operation = typeof drawing extends fc.Arbitrary<(infer T)[]> ? T : never;

const options = { transformers: [(line: string) => line] };

function draw(Output: typeof Fast, operations: readonly Operation[]): unknown[] {
  const output = new Output(size);
  for (const each of operations) {
    if (each.kind === 'write') output.write(each.x, each.y, each.text, options);
    else {
      output.clip({ x1: each.x1, x2: each.x2, y1: undefined, y2: undefined });
      for (const { x, y, text } of each.inside) output.write(x, y, text, options);
      output.unclip();
    }
  }
  const drawn = output.get();
  const rows = drawn.output.split('\n');
  const cells = rows.map((row) =>
    // Where nothing is written but what looks like nothing, there is a space.
    styledCharsFromTokens(tokenize(row)).map(({ value, styles }) => [
      value.replace('\u00a0', ' '),
      ...styles.map(({ code }) => code),
    ]),
  );
  return [drawn.height, cells];
}

test('it draws the cells that stock Ink draws', () => {
  fc.assert(
    fc.property(drawing, (operations) => {
      expect(draw(Fast, operations)).toEqual(draw(Stock, operations));
    }),
    { numRuns: 2_000 },
  );
});

test('a style of a text itself is drawn as stock Ink draws it', () => {
  const shout = { transformers: [(line: string) => `\x1b[1m${line}\x1b[22m`] };
  const [fast, stock] = [new Fast(size), new Stock(size)];
  for (const output of [fast, stock]) output.write(2, 1, 'bold', shout);
  expect(fast.get()).toEqual(stock.get());
});

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => stringWidth(line)));
const signs = fc.oneof(
  text,
  fc.constantFrom(
    '\n',
    '\r',
    '\t',
    '\x07',
    '\x1b',
    '\x1b[',
    '\x1b[2J',
    '\x1b]8;;x\x07',
    '\x1b[4:3m',
    '\x9b1m',
    '\u0301',
  ),
);

test('a text is cleaned and measured as stock Ink does it', async () => {
  const sanitize = (await inks('sanitize-ansi.js')).default as (text: string) => string;
  const measure = (await inks('measure-text.js')).default;
  const [sanitized, measured] = [fastSanitize(sanitize), fastMeasure(widest)];
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 6 }), (some) => {
      const all = some.join('');
      expect(sanitized(all)).toBe(sanitize(all));
      expect(measured(all)).toEqual((measure as typeof measured)(all));
    }),
    { numRuns: 1_000 },
  );
});

test('what is asked for is remembered, what is not is forgotten', () => {
  const asked: string[] = [];
  const length = remember((each: string) => {
    asked.push(each);
    return each.length;
  }, 2);
  for (const each of ['a', 'b', 'a', 'c', 'a', 'd', 'e', 'a', 'b']) expect(length(each)).toBe(each.length);
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e', 'b']);
});
