// Makes an image smaller, in a thread of its own; the one file that knows Photon. That is Rust's image crate as wasm: it
// reads and writes all that models take, needs no install script, and is loaded with the first image that is too large.
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ImageSize, ResizeImage } from '../engine/ports.ts';

/** It is given up then. */
const RESIZE_MS = 20_000;

/** 5: Lanczos, which keeps the letters of a screenshot legible. Of a JPEG's quality 85 is what photographs are sent with. */
const WORK = `
const { parentPort, workerData: { photon, bytes, width, height, jpeg } } = require('node:worker_threads');
const { PhotonImage, resize } = require(photon);
const resized = resize(PhotonImage.new_from_byteslice(bytes), width, height, 5);
parentPort.postMessage(jpeg ? resized.get_bytes_jpeg(85) : resized.get_bytes());
`;

/** A JPEG stays one, with the segment that says which side is up; all else becomes a PNG. */
export const resizeImage: ResizeImage = async (bytes, size) => {
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  const resized = await inThread(bytes, { ...size, jpeg });
  return resized !== undefined && jpeg ? withExif(resized, bytes) : resized;
};

async function inThread(
  bytes: Uint8Array,
  work: ImageSize & { readonly jpeg: boolean },
): Promise<Uint8Array | undefined> {
  const photon = createRequire(import.meta.url).resolve('@silvia-odwyer/photon-node');
  const worker = new Worker(WORK, {
    eval: true,
    workerData: { photon, bytes, ...work },
    env: {},
    execArgv: [],
    // What a panic of the decoder prints is nothing for the screen.
    stdout: true,
    stderr: true,
  });
  const { promise, resolve } = Promise.withResolvers<Uint8Array | undefined>();
  const timer = setTimeout(resolve, RESIZE_MS, undefined);
  worker.once('message', resolve);
  worker.once('error', () => resolve(undefined));
  worker.once('exit', () => resolve(undefined));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function withExif(resized: Uint8Array, original: Uint8Array): Uint8Array {
  const from = Buffer.from(original.buffer, original.byteOffset, original.byteLength);
  for (let at = 2; at + 10 <= from.length && from[at] === 0xff; at += 2 + from.readUInt16BE(at + 2)) {
    if (from[at + 1] === 0xda) break;
    if (from[at + 1] !== 0xe1 || from.toString('latin1', at + 4, at + 8) !== 'Exif') continue;
    const segment = from.subarray(at, at + 2 + from.readUInt16BE(at + 2));
    return Buffer.concat([resized.subarray(0, 2), segment, resized.subarray(2)]);
  }
  return resized;
}
