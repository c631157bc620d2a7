// Images that are named on the command line.
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '../engine/errors.ts';
import { imageLabel, MOST_IMAGE_BYTES, readImage, refuseImage, tooLarge } from '../session/image.ts';

export interface NamedImages {
  readonly bytes: readonly Uint8Array[];
  /** What the prompt says of them; '' where there are none. */
  readonly words: string;
}

/** Rejects with `AppError('usage')` where one cannot be sent. */
export async function readImages(files: readonly string[], cwd: string): Promise<NamedImages> {
  const images = await Promise.all(files.map((file) => readOne(file, cwd)));
  const labels = images.map(({ label }) => label).join(' ');
  return { bytes: images.map(({ bytes }) => bytes), words: labels === '' ? '' : `\n\n${labels}` };
}

async function readOne(file: string, cwd: string): Promise<{ bytes: Uint8Array; label: string }> {
  const bytes = await readBytes(resolve(cwd, file)).catch((cause: Error) => {
    throw new AppError('usage', `--image ${file} cannot be read: ${cause.message}`, { cause });
  });
  const refused = typeof bytes === 'number' ? tooLarge(file, bytes) : refuseImage(file, bytes);
  const header = typeof bytes === 'number' ? undefined : readImage(bytes);
  if (refused !== undefined || header === undefined || typeof bytes === 'number')
    throw new AppError('usage', `--image: ${refused}`);
  return { bytes, label: imageLabel(basename(file), header) };
}

/** The bytes, or how many there are where they are too many. Never waits for a pipe or a device. */
async function readBytes(path: string): Promise<Uint8Array | number> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error('it is not a file');
  return found.size > MOST_IMAGE_BYTES ? found.size : readFile(path);
}
