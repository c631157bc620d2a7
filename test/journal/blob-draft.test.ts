// Blobs that are written piece by piece, in real files.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBlobs } from '../../source/journal/blobs.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hullspeed-draft-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const drafts = (): string[] =>
  readdirSync(join(directory, 'blobs')).filter((name) => name.startsWith('draft'));

test('a draft is kept under the hash of all its pieces, for its owner alone', () => {
  const blobs = createBlobs(directory);
  const draft = blobs.draft();
  draft.write(Buffer.from('one '));
  draft.write(Buffer.from('twö').subarray(0, 3));
  draft.write(Buffer.from('twö').subarray(3));
  draft.write(Buffer.of(0xff));
  const printed = Buffer.concat([Buffer.from('one twö'), Buffer.of(0xff)]);
  const id = draft.keep();
  expect(id).toBe(createHash('sha256').update(printed).digest('hex'));
  const path = blobs.path(id ?? '');
  expect(readFileSync(path ?? '')).toEqual(printed);
  expect(statSync(path ?? '').mode & 0o777).toBe(0o600);
  expect(Buffer.from(blobs.fetch(id ?? '') ?? [])).toEqual(printed);
  expect(drafts()).toEqual([]);
  expect(draft.keep()).toBeUndefined();
});

test('a dropped draft leaves nothing, and what a crash left is written over', () => {
  const first = createBlobs(directory).draft();
  first.write(Buffer.from('half of'));
  const blobs = createBlobs(directory);
  const again = blobs.draft();
  again.write(Buffer.from('whole'));
  expect(readFileSync(blobs.path(again.keep() ?? '') ?? '', 'utf8')).toBe('whole');
  const dropped = blobs.draft();
  dropped.write(Buffer.from('nothing'));
  dropped.drop();
  dropped.write(Buffer.from('more'));
  expect(dropped.keep()).toBeUndefined();
  expect(drafts()).toEqual([]);
});

test('many at once do not meet, and the start of one can be read alone', () => {
  const blobs = createBlobs(directory);
  const open = Array.from({ length: 40 }, () => blobs.draft());
  for (const [nth, draft] of open.entries()) draft.write(Buffer.from(`text ${nth}`));
  const ids = open.map((draft) => draft.keep() ?? '');
  expect(ids.map((id) => Buffer.from(blobs.fetch(id) ?? []).toString())).toEqual(
    open.map((_, nth) => `text ${nth}`),
  );
  expect(Buffer.from(blobs.fetch(ids[7] ?? '', 4) ?? []).toString()).toBe('text');
});

test('of large ones the newest three stay, and small ones all', () => {
  const blobs = createBlobs(directory);
  const keep = (text: string): string => {
    const draft = blobs.draft();
    draft.write(Buffer.from(text));
    return draft.keep() ?? '';
  };
  const small = keep('small');
  const large = ['a', 'b', 'c', 'd'].map((letter) => keep(letter.repeat(8_000_000)));
  expect(large.map((id) => blobs.path(id) !== null)).toEqual([false, true, true, true]);
  expect(blobs.path(small)).not.toBeNull();
});

test('where the disk refuses, nothing is kept and nothing thrown', () => {
  writeFileSync(join(directory, 'blobs'), 'in the way');
  const draft = createBlobs(directory).draft();
  draft.write(Buffer.from('text'));
  expect(draft.keep()).toBeUndefined();
  draft.drop();
});

test('an id from elsewhere names no file', () => {
  expect(createBlobs(directory).path('../../etc/passwd')).toBeNull();
});
