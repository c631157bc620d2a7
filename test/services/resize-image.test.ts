// Images in the size in which a model sees them, by the real library.
import { expect, test } from 'vitest';
import { fitImage } from '../../source/engine/images.ts';
import { resizeImage } from '../../source/services/resize-image.ts';
import { readImage } from '../../source/session/image.ts';
import { photograph, picture } from '../support/images.ts';

test('an image is never made larger, and a JPEG stays one that knows which side is up', async () => {
  const small = picture(700, 500);
  expect(await fitImage('small', small, resizeImage)).toEqual({ bytes: small });
  const jpeg = photograph(1_000, 3_000);
  const fitted = await fitImage('photo', jpeg, resizeImage);
  const bytes = 'bytes' in fitted ? Buffer.from(fitted.bytes) : Buffer.alloc(0);
  expect(readImage(bytes)).toEqual({ type: 'image/jpeg', width: 683, height: 2_048 });
  expect(bytes.includes('Exif\0\0')).toBe(true);
});
