// Where a command prints.
import type { Writer } from '../headless/print.ts';

export interface Writers {
  readonly stdout: Writer;
  readonly stderr: Writer;
}
