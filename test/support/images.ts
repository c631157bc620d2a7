// Images as small as they can be: headers alone, which is what is read of them.
import { createRequire } from 'node:module';
import { crc32, deflateSync } from 'node:zlib';

/** A PNG's signature and header, of this size in pixels. `more` makes it another image. */
export function png(width = 640, height = 480, more = 0): Uint8Array {
  const bytes = Buffer.alloc(33 + more);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

export function gif(width: number, height: number): Uint8Array {
  const bytes = Buffer.from('GIF89a\0\0\0\0', 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

/** With a segment before the frame, and a fill byte. */
export function jpeg(width: number, height: number): Uint8Array {
  const bytes = Buffer.from('ffd8ffe00004aaaaffffc2000b080000000003', 'hex');
  bytes.writeUInt16BE(height, 14);
  bytes.writeUInt16BE(width, 16);
  return bytes;
}

export function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(30);
  bytes.write('RIFF', 0);
  bytes.write(`WEBP${kind}`, 8);
  if (kind === 'VP8 ') {
    bytes.writeUInt16LE(width, 26);
    bytes.writeUInt16LE(height, 28);
  } else if (kind === 'VP8L') {
    bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21);
  } else {
    bytes.writeUIntLE(width - 1, 24, 3);
    bytes.writeUIntLE(height - 1, 27, 3);
  }
  return bytes;
}

/** A whole PNG: grey, eight bits, no filter. */
export function picture(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))),
    chunk('IEND'),
  ];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** A whole JPEG with an Exif segment. */
export function photograph(width: number, height: number): Uint8Array {
  const { PhotonImage } = createRequire(import.meta.url)('@silvia-odwyer/photon-node');
  const bytes = Buffer.from(
    new PhotonImage(new Uint8Array(width * height * 4), width, height).get_bytes_jpeg(80),
  );
  const exif = Buffer.from('ffe1000e457869660000010203040506', 'hex');
  return Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2)]);
}
