// Puts Ink's texts on the screen's rows without a grid of cells. Stock Ink takes every row of every frame apart into cells
// and glues them together again: some 10 ms a frame at 120x40, ten times what all else in a frame takes. Here a row is its
// texts side by side, each taken apart once as long as it stays on the screen. Whatever is not that simple (texts that
// overlap, are clipped, have several lines or run over the edge) goes through Ink's own class, row by row.
// Used by the bundle alone (scripts/build.mjs); tests and development run stock Ink, and test/fuzz compares both.
import { remember } from './remember.ts';

type Transformer = (line: string, row: number) => string;

/** Ink's `Output`, as far as it is used: ink 8.0.0, build/output.js. */
export interface Output {
  write(x: number, y: number, text: string, options: { readonly transformers: readonly Transformer[] }): void;
  clip(clip: unknown): void;
  unclip(): void;
  get(): { readonly output: string; readonly height: number };
}

interface StyledCharacter {
  readonly value: string;
  readonly styles: readonly unknown[];
}

export interface StockOutput extends Output {
  readonly caches: {
    getStyledChars(text: string): readonly StyledCharacter[];
    getStringWidth(text: string): number;
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export type OutputClass<T extends Output> = new (size: Size) => T;

interface Write {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** A text as it is written to a row of its own, without what is blank at its end. */
interface Piece {
  readonly drawn: string;
  /** Of what is drawn, and with the blank end: it hides what was there before. */
  readonly drawnColumns: number;
  readonly columns: number;
}

/** Texts that were on the screen lately; twice as many are kept. */
const MOST_PIECES = 2_000;
const plain = { transformers: [] };

/** A class that does what the stock one does, byte for byte but for the order of codes between two texts. */
export function fastOutput(Stock: OutputClass<StockOutput>): OutputClass<Output> {
  const pieceOf = remember(
    (text: string) => takeApart(new Stock({ width: 0, height: 1 }), text),
    MOST_PIECES,
  );

  return class FastOutput implements Output {
    readonly #size: Size;
    readonly #writes: Write[] = [];
    /** Everything again, for a frame that only the stock class can draw. */
    readonly #replay: ((stock: Output) => void)[] = [];
    #simple = true;

    constructor(size: Size) {
      this.#size = size;
    }

    write(
      x: number,
      y: number,
      text: string,
      options: { readonly transformers: readonly Transformer[] },
    ): void {
      this.#replay.push((stock) => stock.write(x, y, text, options));
      // Ink's own texts have one that does nothing where they have no style.
      const changed = options.transformers.some((transform) => transform(text, 0) !== text);
      if (changed || text.includes('\n') || !Number.isInteger(x)) this.#simple = false;
      this.#writes.push({ x, y, text });
    }

    clip(clip: unknown): void {
      this.#simple = false;
      this.#replay.push((stock) => stock.clip(clip));
    }

    unclip(): void {
      this.#replay.push((stock) => stock.unclip());
    }

    get(): { readonly output: string; readonly height: number } {
      const { width, height } = this.#size;
      if (!this.#simple) return replayed(new Stock(this.#size), this.#replay);
      const rows: Write[][] = Array.from({ length: height }, () => []);
      for (const write of this.#writes) if (write.text !== '') rows[write.y]?.push(write);
      return { output: rows.map((row) => this.#draw(row, width)).join('\n'), height };
    }

    #draw(writes: readonly Write[], width: number): string {
      let row = '';
      let drawn = 0;
      let column = 0;
      for (const { x, text } of writes.toSorted((a, b) => a.x - b.x)) {
        const piece = pieceOf(text);
        if (x < column || x + piece.columns > width) return this.#drawStock(writes, width);
        column = x + piece.columns;
        if (piece.drawn === '') continue;
        row += ' '.repeat(x - drawn) + piece.drawn;
        drawn = x + piece.drawnColumns;
      }
      return row;
    }

    #drawStock(writes: readonly Write[], width: number): string {
      const stock = new Stock({ width, height: 1 });
      for (const { x, text } of writes) stock.write(x, 0, text, plain);
      return stock.get().output;
    }
  };
}

function replayed(stock: Output, all: readonly ((stock: Output) => void)[]): ReturnType<Output['get']> {
  for (const each of all) each(stock);
  return stock.get();
}

function takeApart(stock: StockOutput, text: string): Piece {
  const characters = stock.caches.getStyledChars(text);
  const columnsOf = (some: readonly StyledCharacter[]): number =>
    some.reduce((columns, { value }) => columns + Math.max(1, stock.caches.getStringWidth(value)), 0);
  const last = characters.findLastIndex(({ value, styles }) => styles.length > 0 || value.trim() !== '');
  stock.write(0, 0, text, plain);
  return {
    drawn: stock.get().output,
    drawnColumns: columnsOf(characters.slice(0, last + 1)),
    columns: columnsOf(characters),
  };
}
