// A letter in the composer: what a key does to the draft, the names that are offered for it, and its rows. Long drafts,
// long lines, many remembered prompts and many files are to cost what short ones do.
import { createFinder } from '../source/ui/completion/finder.ts';
import { tokenAt } from '../source/ui/completion/token.ts';
import { type Buffer, bufferOf, edit } from '../source/ui/editor.ts';
import { composerRows } from '../source/ui/parts/composer-rows.ts';
import { createPrompts } from '../source/ui/prompts.ts';
import { type Row, time } from './figures.ts';

/** Rounds in which the engine compiles what it sees often. */
const LEARNS = 20;
const ROUNDS = 41;
const LETTERS = 40;
const style = { mark: (text: string) => text, hint: '' };
const size = { width: 120, most: 10 };

/** Milliseconds a letter: in drafts, with a word of a search among remembered prompts, and while files are offered. */
export async function measureComposer(): Promise<Row[]> {
  const lines = 'fix the slug of a title that has an emoji in it\n';
  const [short = [], long = [], wide = []] = inTurns(
    [
      bufferOf(lines.repeat(20)),
      bufferOf(lines.repeat(10_000)),
      bufferOf(lines.replace('\n', ' ').repeat(1_000)),
    ].map((draft) => () => typeInto(draft)),
  );
  const [few = [], many = []] = inTurns([10, 1_000].map((size) => () => seekAmong(size)));
  const small = await findAmong(1_000);
  const large = await findAmong(100_000);
  return [
    time('a letter in a draft of 10,000 lines, ms', long, short, 'one of 20'),
    time('a letter in a line of 48,000, ms', wide, short, 'lines of 48'),
    time('a letter sought in 1,000 prompts, ms', many, few, 'in 10'),
    time('a letter of a name among 100,000 files, ms', large, small, 'among 1,000'),
  ];
}

/** Samples of each, one after the other in each round, so that whatever the machine does meanwhile falls on all. */
function inTurns(measures: readonly (() => number)[]): number[][] {
  const rounds = Array.from({ length: LEARNS + ROUNDS }, () => measures.map((measure) => measure()));
  return measures.map((_, nth) => rounds.slice(LEARNS).map((round) => round[nth] ?? Number.NaN));
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

/** What the first frame with an offer waits for. */
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
  for (let round = 0; round < LEARNS + ROUNDS; round++) {
    const query = `file${round}`;
    await new Promise((resolve) => setImmediate(resolve));
    samples.push(timed(() => find(query), 1));
    while (find(query)) await new Promise((resolve) => setImmediate(resolve));
  }
  return samples.slice(LEARNS);
}

function timed(work: () => void, letters = LETTERS): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / letters;
}
