// Images of the context as a request carries them. A request is built anew for each step and the bytes never change,
// so what was read and encoded last is kept.
import { MOST_FILE_BYTES, readImage, refuseImage, seenSize, tooLarge } from '../session/image.ts';
import type { FittedImage, ResizeImage, ToolResult } from './ports.ts';

/** The image as a data URL; null where its bytes are gone or no image. */
export type ReadImage = (blob: string) => string | null;

/** A JPEG's size may stand behind segments of 64 kB each. */
const MOST_HEADER = 8_000_000;
/** How many are kept encoded. */
const KEPT = 8;

export function createImages(fetch: (id: string) => Uint8Array | null): ReadImage {
  const kept = new Map<string, string>();
  return (blob) => {
    const known = kept.get(blob);
    if (known !== undefined) return known;
    const bytes = fetch(blob);
    const header = bytes === null ? undefined : readImage(bytes);
    if (bytes === null || header === undefined) return null;
    const url = `data:${header.type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')}`;
    kept.set(blob, url);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return url;
  };
}

/** What a tool read as an image, as far as a model can be shown it. */
export async function checkImage(path: string, result: ToolResult, resize: ResizeImage): Promise<ToolResult> {
  const [bytes] = result.images ?? [];
  if (bytes === undefined) return result;
  const fitted = await fitImage(path, bytes, resize);
  if ('failed' in fitted) return { outcome: 'failed', output: `The image was not read: ${fitted.failed}.` };
  const [was, is] = [readImage(bytes), readImage(fitted.bytes)];
  const from = was?.width === is?.width ? '' : `, shown as ${is?.width}×${is?.height}`;
  return {
    ...result,
    images: [fitted.bytes],
    output: `${was?.width}×${was?.height} pixels${from}, ${is?.type}.`,
  };
}

/** An image in the size in which a model sees it; one that is no larger stays as it is. Never rejects. */
export async function fitImage(name: string, bytes: Uint8Array, resize: ResizeImage): Promise<FittedImage> {
  if (bytes.length > MOST_FILE_BYTES) return { failed: tooLarge(name, bytes.length, MOST_FILE_BYTES) };
  const header = readImage(bytes);
  const size = header && seenSize(header);
  // The pixels are looked at before anything is decoded.
  const refused = refuseImage(name, size === undefined ? bytes : bytes.subarray(0, MOST_HEADER));
  if (header === undefined || refused !== undefined) return { failed: refused ?? '' };
  if (size === undefined) return { bytes };
  const fitted = await resize(bytes, size);
  if (fitted === undefined)
    return { failed: `${name} has ${header.width}×${header.height} pixels, and its file is broken` };
  const still = refuseImage(name, fitted);
  return still === undefined ? { bytes: fitted } : { failed: still };
}
