// Images by their first bytes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageLabel, readImage, refuseImage } from '../../source/session/image.ts';
import { gif, jpeg, png, webp } from '../support/images.ts';

const kinds: [string, Uint8Array, string][] = [
  ['PNG', png(640, 480), 'image/png'],
  ['GIF', gif(640, 480), 'image/gif'],
  ['JPEG', jpeg(640, 480), 'image/jpeg'],
  ['lossy WebP', webp('VP8 ', 640, 480), 'image/webp'],
  ['lossless WebP', webp('VP8L', 640, 480), 'image/webp'],
  ['extended WebP', webp('VP8X', 640, 480), 'image/webp'],
];

describe('an image', () => {
  test.each(kinds)('%s is known with its size, also as a part of other bytes', (_, bytes, type) => {
    expect(readImage(bytes)).toEqual({ type, width: 640, height: 480 });
    const inside = Buffer.concat([Buffer.from('xyz'), bytes]).subarray(3);
    expect(readImage(inside)).toEqual({ type, width: 640, height: 480 });
    expect(refuseImage('a', bytes)).toBeUndefined();
  });

  test.each(kinds)('%s that breaks off is none, wherever it does', (_, bytes) => {
    const whole = JSON.stringify(readImage(bytes));
    for (let end = 0; end < bytes.length; end++) {
      const cut = readImage(bytes.subarray(0, end));
      if (cut !== undefined) expect(JSON.stringify(cut)).toBe(whole);
    }
  });

  test('any bytes are read to an end', () => {
    const starts = fc.constantFrom('ffd8ff', '89504e470d0a1a0a', '52494646', '474946383961', '');
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 60 }), (start, rest) => {
        const header = readImage(Buffer.concat([Buffer.from(start, 'hex'), rest]));
        if (header !== undefined) expect(header.width * header.height).toBeGreaterThan(0);
      }),
    );
  });

  test('what is none, or too large, is refused with a sentence', () => {
    expect(refuseImage('a.svg', Buffer.from('<svg xmlns='))).toBe(
      'a.svg is not an image that models take: use PNG, JPEG, GIF or WebP',
    );
    expect(refuseImage('a.png', png(1, 1, 12_345_678))).toBe(
      'a.png has 12.3 MB and an image may have 10 MB: make it smaller first',
    );
    expect(imageLabel('a.png', { width: 1, height: 2 })).toBe('[image a.png 1×2]');
  });
});
