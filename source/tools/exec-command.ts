// The tool that runs a shell command, as the model is told of it and as its calls are read.
import { resolve } from 'node:path';
import type { ParsedCall, WireTool } from '../engine/ports.ts';
import { heredocPatch } from './apply-patch.ts';
import { type AskedLimits, readLimits, type WaitBounds } from './call-limits.ts';
import { type ObjectSchema, readArguments } from './schema.ts';

/** As in Codex's unified exec. */
const WAIT: WaitBounds = { least: 250, most: 30_000, usual: 10_000 };

const parameters: ObjectSchema = {
  type: 'object',
  properties: {
    cmd: { type: 'string', description: 'For bash.' },
    workdir: { type: 'string', description: 'Default: the project.' },
    tty: { type: 'boolean', description: 'Run in a terminal that write_stdin can type into.' },
    yield_time_ms: {
      type: 'integer',
      description:
        'Wait this long (default 10000, at most 30000); a command that takes longer goes on as a session.',
    },
    max_output_tokens: { type: 'integer' },
  },
  required: ['cmd'],
};

export const execCommandTool: WireTool = {
  type: 'function',
  name: 'exec_command',
  description: 'Runs a shell command; its output, or a session id if it still runs.',
  strict: false,
  parameters,
};

interface Asked extends AskedLimits {
  readonly cmd: string;
  readonly workdir?: string;
  readonly tty?: boolean;
}

/** A patch sent through the shell is read as a patch: models trained on a shell tool do that. */
export function parseExecCommand(argument: string, root: string, outputTokens: number): ParsedCall {
  const read = readArguments<Asked>('exec_command', argument, parameters);
  if ('error' in read) return { kind: 'error', error: read.error };
  const asked = read.value;
  const { cmd, tty = false } = asked;
  if (cmd.includes('\0'))
    return refuse('The command holds a NUL character, which no shell takes. Send it without.');
  const workdir = resolve(root, asked.workdir ?? '.');
  const patch = heredocPatch(cmd);
  if (patch === undefined)
    return { kind: 'command', cmd, workdir, tty, ...readLimits(asked, WAIT, outputTokens) };
  if (workdir === resolve(root)) return { kind: 'patch', patch };
  return refuse(
    'Paths of a patch are relative to the project, whatever the directory. Send it with the apply_patch tool.',
  );
}

function refuse(error: string): ParsedCall {
  return { kind: 'error', error };
}
