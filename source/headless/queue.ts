// `hullspeed queue`: what passes between it and the session that another process has open, and what it prints.
import type { Engine } from '../engine/face.ts';
import { MOST_IMAGES, refuseImage } from '../session/image.ts';
import { clean, jsonLine, type Writer } from './print.ts';

export interface QueueRequest {
  readonly queue: string;
  /** Epoch ms. Later nobody waits for the answer any more, and the prompt is not taken. */
  readonly until: number;
  /** Blobs that the sender has put into the session's directory. */
  readonly images?: readonly string[];
}

export type QueueAnswer =
  /** Nothing ran and nothing waited. */
  | { readonly started: true }
  /** Its place in the queue, the first being 1. `waits`: for the person to go on, or for a full screen to be opened. */
  | { readonly queued: number; readonly waits?: 'paused' | 'screen' }
  | { readonly refused: string };

/** The session's side. `drains` as in the engine's options. */
export function takePrompt(
  engine: Engine,
  request: unknown,
  { drains }: { readonly drains: boolean },
): QueueAnswer {
  if (!isRequest(request))
    return { refused: 'it understands {"queue": "prompt", "until": epoch ms, "images": [blob]}' };
  if (Date.now() > request.until) return { refused: 'it came too late' };
  const { images = [] } = request;
  const lost = images.find((id) => !isImage(engine.fetch(id)));
  if (lost !== undefined) return { refused: 'an image did not arrive whole: send it again' };
  const before = engine.session.getState().queue.items.length;
  const refusal = engine.send({ do: 'queue', text: request.queue, ...(images.length > 0 && { images }) });
  if (refusal !== undefined) return refusal;
  const { items, paused } = engine.session.getState().queue;
  if (items.length <= before) return { started: true };
  if (!drains) return { queued: items.length, waits: 'screen' };
  return paused === undefined ? { queued: items.length } : { queued: items.length, waits: 'paused' };
}

function isRequest(value: unknown): value is QueueRequest {
  if (typeof value !== 'object' || value === null) return false;
  const { queue, until, images = [] } = value as Record<string, unknown>;
  return typeof queue === 'string' && typeof until === 'number' && areBlobs(images);
}

function areBlobs(value: unknown): value is readonly string[] {
  const isBlob = (id: unknown): boolean => typeof id === 'string' && /^[0-9a-f]{64}$/.test(id);
  return Array.isArray(value) && value.length <= MOST_IMAGES && value.every(isBlob);
}

function isImage(bytes: Uint8Array | null): boolean {
  return bytes !== null && refuseImage('', bytes) === undefined;
}

/** What the session's process said; it may be of another version. */
export function readAnswer(value: unknown): QueueAnswer {
  const { started, queued, waits, refused } = (value ?? {}) as Record<string, unknown>;
  if (started === true) return { started };
  if (typeof queued === 'number')
    return waits === 'paused' || waits === 'screen' ? { queued, waits } : { queued };
  return { refused: typeof refused === 'string' ? clean(refused) : 'its answer is not understood' };
}

const reasons = { paused: ': the queue is paused', screen: ': it waits for the full screen' };

/** One line. */
export function printQueued(
  answer: Exclude<QueueAnswer, { refused: string }>,
  { json, stdout }: { readonly json: boolean; readonly stdout: Writer },
): void {
  if (json) stdout.write(jsonLine(answer));
  else if ('started' in answer) stdout.write('started\n');
  else stdout.write(`queued as ${answer.queued}${answer.waits ? reasons[answer.waits] : ''}\n`);
}
