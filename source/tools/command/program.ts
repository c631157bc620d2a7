// A program that a command started, the same whether it writes into a pipe or into a terminal.

/** `code` null: killed by `signal`. */
export interface ProgramExit {
  readonly code: number | null;
  readonly signal?: string | number | null;
}

export interface Program {
  /** Resolves when the program itself has ended; its children may go on. Never rejects. */
  readonly exit: Promise<ProgramExit>;
  /** Resolves after the last output, when nothing holds it any more. Never rejects. */
  readonly closed: Promise<void>;
  /** False where it reads from nobody; Ctrl+C reaches it all the same. */
  type(chars: string): boolean;
  /** Kills it at once with all its children; what they still print is dropped. */
  kill(): void;
}
