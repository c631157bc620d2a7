// The tool that types into a command that still runs, or waits for more of its output.
import type { ParsedCall, WireTool } from '../engine/ports.ts';
import { type AskedLimits, readLimits, type WaitBounds } from './call-limits.ts';
import { type ObjectSchema, readArguments } from './schema.ts';

/** As in Codex's unified exec: a poll that is too eager costs a request, one that types wants its echo. */
const POLL: WaitBounds = { least: 5_000, most: 300_000, usual: 5_000 };
const TYPE: WaitBounds = { least: 250, most: 30_000, usual: 250 };

const parameters: ObjectSchema = {
  type: 'object',
  properties: {
    session_id: { type: 'integer' },
    chars: { type: 'string', description: 'Empty: wait for output. "\\u0003": stop the command.' },
    yield_time_ms: { type: 'integer' },
    max_output_tokens: { type: 'integer' },
  },
  required: ['session_id'],
};

export const writeStdinTool: WireTool = {
  type: 'function',
  name: 'write_stdin',
  description: 'Types into a session started with tty, or polls any; its new output.',
  strict: false,
  parameters,
};

interface Asked extends AskedLimits {
  readonly session_id: number;
  readonly chars?: string;
}

export function parseWriteStdin(argument: string, outputTokens: number): ParsedCall {
  const read = readArguments<Asked>('write_stdin', argument, parameters);
  if ('error' in read) return { kind: 'error', error: read.error };
  const { session_id: session, chars = '' } = read.value;
  return {
    kind: 'input',
    session,
    chars,
    ...readLimits(read.value, chars === '' ? POLL : TYPE, outputTokens),
  };
}
