// The one error for a failing world. Bugs are ordinary errors and are never caught as these.

export type ErrorCode =
  | 'usage'
  | 'config'
  | 'repository'
  | 'journal'
  | 'newer'
  | 'locked'
  | 'trust'
  | 'model'
  | 'terminal'
  | 'git'
  | 'signal';

/** `message` says what was tried, on what, and what to do next. Caught in `turn.ts` and `cli.ts` alone. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}
