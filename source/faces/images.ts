// Images that are named on the command line.
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '../engine/errors.ts';
import { fitImage } from '../engine/images.ts';
import { resizeImage } from '../services/resize-image.ts';
import { imageLabel, MOST_FILE_BYTES, readImage, tooLarge } from '../session/image.ts';

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
  const bytes = await readBytes(resolve(cwd, file)).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? `there is no such file in ${cwd}` : cause.message;
    throw new AppError('usage', `--image ${file} cannot be read: ${reason}`, { cause });
  });
  const fitted =
    typeof bytes === 'number'
      ? { failed: tooLarge(file, bytes, MOST_FILE_BYTES) }
      : await fitImage(file, bytes, resizeImage);
  if ('failed' in fitted) throw new AppError('usage', `--image: ${fitted.failed}`);
  const header = readImage(fitted.bytes) ?? { width: 0, height: 0 };
  return { bytes: fitted.bytes, label: imageLabel(basename(file), header) };
}

/** The bytes, or how many there are where they are too many. Never waits for a pipe or a device. */
async function readBytes(path: string): Promise<Uint8Array | number> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error('it is not a file');
  return found.size > MOST_FILE_BYTES ? found.size : readFile(path);
}
