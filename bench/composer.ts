// A letter in the composer: what a key does to the draft, the names that are offered for it, and its rows. Long drafts,
// long lines, many remembered prompts and many files are to cost what short ones do.
import { createFinder } from '../source/ui/completion/finder.ts';
import { tokenAt } from '../source/ui/completion/token.ts';
import { type Buffer, bufferOf, edit } from '../source/ui/editor.ts';
import { composerRows } from '../source/ui/parts/composer-rows.ts';
import { createPrompts } from '../source/ui/prompts.ts';

const ROUNDS = 15;
const LETTERS = 40;
const style = { mark: (text: string) => text, hint: '' };
const size = { width: 120, most: 10 };

export interface ComposerFigures {
  /** Milliseconds a letter, in a short draft and in the others. */
  readonly short: number[];
  readonly long: number[];
  readonly wide: number[];
  /** The same with a word of a search among remembered prompts. */
  readonly few: number[];
  readonly many: number[];
  /** And while files are offered: what the first frame waits for. */
  readonly small: number[];
  readonly large: number[];
}

export async function measureComposer(): Promise<ComposerFigures> {
  const lines = 'fix the slug of a title that has an emoji in it\n';
  const rounds = (measure: () => number): number[] => {
    measure();
    return Array.from({ length: ROUNDS }, measure);
  };
  const drafts = [
    bufferOf(lines.repeat(20)),
    bufferOf(lines.repeat(10_000)),
    bufferOf(lines.replace('\n', ' ').repeat(1_000)),
  ];
  const [short = [], long = [], wide = []] = drafts.map((draft) => rounds(() => typeInto(draft)));
  const [few = [], many = []] = [10, 1_000].map((count) => rounds(() => seekAmong(count)));
  const small = await Promise.all([findAmong(1_000)]);
  const large = await Promise.all([findAmong(100_000)]);
  return { short, long, wide, few, many, small: small.flat(), large: large.flat() };
}

function typeInto(draft: Buffer): number {
  return timed(() => {
    let buffer = draft;
    for (let letter = 0; letter < LETTERS; letter++) {
      buffer = edit(buffer, { kind: 'insert', text: letter % 6 === 5 ? ' ' : 'x' });
      tokenAt(buffer);
      composerRows(buffer, size, style);
    }
  });
}

function seekAmong(count: number): number {
  const kept = Array.from({ length: count }, (_, at) => ({ text: `prompt ${at} about the slug`, chips: [] }));
  const prompts = createPrompts(kept, 0);
  let query = '';
  return timed(() => {
    for (let letter = 0; letter < LETTERS; letter++) {
      query = 'about the slug'.slice(0, 1 + (letter % 14));
      prompts.find(query, 0);
    }
  });
}

async function findAmong(count: number): Promise<number[]> {
  const paths = Array.from({ length: count }, (_, at) => `source/folder-${at % 97}/a-file-${at}.ts`);
  const repository = { files: () => Promise.resolve(paths), siblings: () => Promise.resolve([]) };
  const finder = createFinder(
    repository,
    () => undefined,
    () => 0,
  );
  const find = (query: string): boolean => finder.find({ kind: 'file', query, column: 0 }).pending;
  const samples: number[] = [];
  find('');
  for (let round = 0; round < ROUNDS; round++) {
    const query = `file${round}`;
    await new Promise((resolve) => setImmediate(resolve));
    samples.push(timed(() => find(query), 1));
    while (find(query)) await new Promise((resolve) => setImmediate(resolve));
  }
  return samples.slice(1);
}

function timed(work: () => void, letters = LETTERS): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / letters;
}
