// Puts Ink's texts on the screen's rows without a grid of cells. Stock Ink takes every row of every frame apart into cells
// and glues them together again: some 10 ms a frame at 120x40, ten times what all else in a frame takes. Here a row is its
// texts side by side, each taken apart once as long as it stays on the screen. Whatever is not that simple (texts that
// overlap or run over the edge) goes through Ink's own class, row by row, and a frame with a clipped text as a whole.
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

/** A line of a text as it is written to a row of its own, without what is blank at its end. */
interface Piece {
  readonly text: string;
  readonly drawn: string;
  /** Of what is drawn, and with the blank end: it hides what was there before. */
  readonly drawnColumns: number;
  readonly columns: number;
  /** A style does not end with it. */
  readonly open: boolean;
}

interface Write {
  readonly x: number;
  readonly piece: Piece;
}

/** Lines and whole texts that were on the screen lately; twice as many are kept, and of a line the text that it was cut from. */
const MOST_PIECES = 500;
const MOST_TEXTS = 50;
const plain = { transformers: [] };

/** A class that does what the stock one does, byte for byte but for the order of codes between two texts. */
export function fastOutput(Stock: OutputClass<StockOutput>): OutputClass<Output> {
  const pieceOf = remember(
    (line: string) => takeApart(new Stock({ width: 0, height: 1 }), line),
    MOST_PIECES,
  );
  const piecesOf = remember((text: string) => text.split('\n').map(pieceOf), MOST_TEXTS);

  return class FastOutput implements Output {
    readonly #size: Size;
    readonly #rows: Write[][];
    /** Everything again, for a frame that only the stock class can draw. */
    readonly #replay: ((stock: Output) => void)[] = [];
    #simple = true;

    constructor(size: Size) {
      this.#size = size;
      this.#rows = Array.from({ length: size.height }, () => []);
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
      const pieces = piecesOf(text);
      if (changed || !Number.isInteger(x) || pieces.slice(0, -1).some(({ open }) => open))
        this.#simple = false;
      pieces.forEach((piece, line) => {
        if (piece.text !== '') this.#rows[y + line]?.push({ x, piece });
      });
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
      return { output: this.#rows.map((row) => this.#draw(row, width)).join('\n'), height };
    }

    #draw(writes: readonly Write[], width: number): string {
      let row = '';
      let drawn = 0;
      let column = 0;
      for (const { x, piece } of writes.toSorted((a, b) => a.x - b.x)) {
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
      for (const { x, piece } of writes) stock.write(x, 0, piece.text, plain);
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
    text,
    drawn: stock.get().output,
    drawnColumns: columnsOf(characters.slice(0, last + 1)),
    columns: columnsOf(characters),
    open: !endsPlain(text) && (stock.caches.getStyledChars(`${text}\n`).at(-1)?.styles.length ?? 0) > 0,
  };
}

/** Most rows are so, and need not be taken apart a second time: a third of a frame whose rows are all new, as in a flood. */
function endsPlain(text: string): boolean {
  return text.endsWith('\x1b[0m') || !/[\x1b\x9b]/.test(text);
}
