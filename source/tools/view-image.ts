// The tool that shows the model an image of the disk: its own screenshots, mostly.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ParsedCall, ToolResult, WireTool } from '../engine/ports.ts';
import { type ObjectSchema, readArguments } from './schema.ts';

const parameters: ObjectSchema = {
  type: 'object',
  properties: { path: { type: 'string' } },
  required: ['path'],
};

export const viewImageTool: WireTool = {
  type: 'function',
  name: 'view_image',
  description: 'Shows you an image file.',
  strict: false,
  parameters,
};

export function parseViewImage(argument: string, root: string): ParsedCall {
  const read = readArguments<{ path: string }>('view_image', argument, parameters);
  if ('error' in read) return { kind: 'error', error: read.error };
  return { kind: 'image', path: resolve(root, read.value.path) };
}

/** More is no image that anybody sends. */
const MOST_BYTES = 100_000_000;

/** Never rejects. Reads what commands may read too, but nothing that is no regular file, which might never end. */
export async function viewImage(path: string): Promise<ToolResult> {
  try {
    const bytes = await readBounded(path);
    if (bytes !== undefined) return { outcome: 'ok', output: '', images: [bytes] };
    return failure(`${path} is no file, or has more than ${MOST_BYTES / 1_000_000} MB`);
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

async function readBounded(path: string): Promise<Uint8Array | undefined> {
  // A pipe is opened without waiting for its other end.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    return stats.isFile() && stats.size <= MOST_BYTES ? await file.readFile() : undefined;
  } finally {
    await file.close();
  }
}

function failure(reason: string): ToolResult {
  return { outcome: 'failed', output: `The image was not read: ${reason}.` };
}
