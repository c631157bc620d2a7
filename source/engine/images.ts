// Images of the context as a request carries them. A request is built anew for each step and the bytes never change,
// so what was read and encoded last is kept.
import { readImage, refuseImage } from '../session/image.ts';
import type { ToolResult } from './ports.ts';

/** The image as a data URL; null where its bytes are gone or no image. */
export type ReadImage = (blob: string) => string | null;

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
export function checkImage(path: string, result: ToolResult): ToolResult {
  const [bytes] = result.images ?? [];
  if (bytes === undefined) return result;
  const refused = refuseImage(path, bytes);
  const header = readImage(bytes);
  if (refused !== undefined || header === undefined)
    return { outcome: 'failed', output: `The image was not read: ${refused}.` };
  return { ...result, output: `${header.width}×${header.height} pixels, ${header.type}.` };
}
