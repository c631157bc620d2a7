// What an image is, read from its first bytes: its name says nothing. PNG, JPEG, GIF and WebP are what models take.

export interface ImageHeader {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Of one image: base64 makes a third more of it, and every request carries it again. */
export const MOST_IMAGE_BYTES = 10_000_000;
/** Of a file that is read as an image, which is then made smaller: more is no image that anybody sends. */
export const MOST_FILE_BYTES = 100_000_000;
/** A camera's photograph has 50 million. Decoded, each takes four bytes, and a small file may name any number. */
const MOST_PIXELS = 64_000_000;
/**
 * What OpenAI itself makes of a larger image (its guide to images and vision, `detail: high`): into a square of 2,048, then
 * the shorter side to 768. More would be uploaded with every request and seen by nobody.
 */
const SIDES = { long: 2_048, short: 768 };
/** In one prompt. */
export const MOST_IMAGES = 20;
/** What one image costs a model, about: for budgets, never for bills. */
export const IMAGE_TOKENS = 1_200;

/** Undefined where the bytes are none of the four, or break off before their size is told. */
export function readImage(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const header = readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view);
    return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined;
  } catch {
    // Shorter than its format says.
    return undefined;
  }
}

/** Why the bytes cannot be sent, as a sentence that begins with the image's name; undefined where they can. */
export function refuseImage(name: string, bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST_IMAGE_BYTES) return tooLarge(name, bytes.length, MOST_IMAGE_BYTES);
  const header = readImage(bytes);
  if (header !== undefined && header.width * header.height > MOST_PIXELS)
    return `${name} has ${header.width}×${header.height} pixels, more than ${MOST_PIXELS / 1e6} million: make it smaller first`;
  if (header === undefined) return `${name} is not an image that models take: use PNG, JPEG, GIF or WebP`;
  return undefined;
}

export function tooLarge(name: string, bytes: number, most: number): string {
  const size = (bytes / 1_000_000).toFixed(1);
  return `${name} has ${size} MB and an image may have ${most / 1_000_000} MB: make it smaller first`;
}

/** The size in which a model sees it; undefined where it has no more than that. */
export function seenSize({
  width,
  height,
}: Pick<ImageHeader, 'width' | 'height'>): { readonly width: number; readonly height: number } | undefined {
  const scale = Math.min(SIDES.long / Math.max(width, height), SIDES.short / Math.min(width, height));
  if (scale >= 1) return undefined;
  const side = (pixels: number): number => Math.max(1, Math.round(pixels * scale));
  return { width: side(width), height: side(height) };
}

/** How a prompt's words name an image that rides with them. */
export function imageLabel(name: string, { width, height }: Pick<ImageHeader, 'width' | 'height'>): string {
  return `[image ${name} ${width}×${height}]`;
}

function readPng(view: DataView): ImageHeader | undefined {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return undefined;
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function readGif(view: DataView): ImageHeader | undefined {
  if (ascii(view, 0, 6) !== 'GIF87a' && ascii(view, 0, 6) !== 'GIF89a') return undefined;
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** Its three kinds tell their size in three ways (RFC 9649). */
function readWebp(view: DataView): ImageHeader | undefined {
  if (ascii(view, 0, 4) !== 'RIFF' || ascii(view, 8, 4) !== 'WEBP') return undefined;
  const kind = ascii(view, 12, 4);
  const type = 'image/webp';
  if (kind === 'VP8 ')
    return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind !== 'VP8X') return undefined;
  const three = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return { type, width: three(24) + 1, height: three(27) + 1 };
}

/** Its size stands in the first frame header (SOF), behind segments of any kind. */
function readJpeg(view: DataView): ImageHeader | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // Fill bytes may stand before a marker.
    at += marker === 0xff ? 1 : 2 + Math.max(2, view.getUint16(at + 2));
  }
}

function ascii(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(at + index)));
}
