// The index as bytes: what is found in it, and one hash that is the same before and after its overlay is in it.
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGit } from '../../../source/services/git.ts';
import type { Entry } from '../../../source/services/git-index.ts';
import { createLister, listingOf } from '../../../source/services/git-listing.ts';
import { makeFixture } from './fixture.ts';

test('who asks while it is being listed waits for the same', async () => {
  using repo = makeFixture({ a: 'a\n' });
  const git = createGit(repo.root, repo.env);
  let asked = 0;
  const counting: typeof git = { ...git, run: (...args) => git.run(...args).finally(() => (asked += 1)) };
  const list = createLister(counting, join(repo.root, '.git'));
  const [one, other] = await Promise.all([list(), list()]);
  expect(one).toBe(other);
  expect(asked).toBe(1);
  repo.write('b', 'b\n');
  repo.git('add', 'b');
  expect((await list()).find('b')).toBeDefined();
  expect(asked).toBe(2);
});

type Files = ReadonlyMap<string, Entry>;

/** As `ls-files -s -z` lists it. */
function listed(files: Files): Buffer {
  const lines = [...files]
    .map(([path, { mode, oid }]) => ({ path: Buffer.from(path), line: `${mode} ${oid} 0\t${path}\0` }))
    .sort((a, b) => a.path.compare(b.path));
  return Buffer.from(lines.map(({ line }) => line).join(''));
}

const name = fc.constantFrom('a', 'b', 'ab', 'a b', 'a-b', 'a.b', 'é', '日本', '💡', 'a\tb', 'z\n');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const entry = fc.record({
  mode: fc.constantFrom('100644', '100755', '120000', '160000'),
  oid: fc.constantFrom('1', '2', '3').map((digit) => digit.repeat(40)),
});
const files = fc.array(fc.tuple(path, entry), { maxLength: 12 }).map((pairs): Files => new Map(pairs));
const overlay = fc
  .array(fc.tuple(path, fc.option(entry)), { maxLength: 6 })
  .map((pairs): ReadonlyMap<string, Entry | null> => new Map(pairs));

test('each path is found, and no other', () => {
  fc.assert(
    fc.property(files, path, (tracked, other) => {
      const listing = listingOf(listed(tracked));
      for (const [each, entry] of tracked) expect(listing.find(each)).toEqual(entry);
      expect(listing.find(other)).toEqual(tracked.get(other));
    }),
  );
});

test('a tree has one hash, whatever of it is in the index already', () => {
  fc.assert(
    fc.property(files, overlay, overlay, (tracked, changes, others) => {
      const tree = new Map(tracked);
      for (const [each, entry] of changes) {
        if (entry === null) tree.delete(each);
        else tree.set(each, entry);
      }
      const whole = listingOf(listed(tree)).hash(new Map());
      expect(listingOf(listed(tracked)).hash(changes)).toBe(whole);
      const other = new Map(tree);
      for (const [each, entry] of others) {
        if (entry === null) other.delete(each);
        else other.set(each, entry);
      }
      const same = listed(other).equals(listed(tree));
      expect(listingOf(listed(other)).hash(new Map()) === whole).toBe(same);
    }),
  );
});

test('what stands in several stages is found in none, and gives way as a whole', () => {
  const stages = [1, 2, 3].map((stage) => `100644 ${String(stage).repeat(40)} ${stage}\tm\0`).join('');
  const before = `100644 ${'a'.repeat(40)} 0\ta\0`;
  const after = `100644 ${'b'.repeat(40)} 0\tz\0`;
  const listing = listingOf(Buffer.from(before + stages + after));
  expect(listing.find('m')).toBeUndefined();
  expect(listing.find('z')).toEqual({ mode: '100644', oid: 'b'.repeat(40) });
  const merged = { mode: '100644', oid: 'c'.repeat(40) };
  const whole = listingOf(Buffer.from(`${before}100644 ${merged.oid} 0\tm\0${after}`)).hash(new Map());
  expect(listing.hash(new Map([['m', merged]]))).toBe(whole);
});

test('a path that is no UTF-8 is found as it is read', () => {
  const bytes = Buffer.concat([
    Buffer.from(`100644 ${'a'.repeat(40)} 0\ta`),
    Buffer.from([0xff]),
    Buffer.from(`\x00100644 ${'b'.repeat(40)} 0\tb\0`),
  ]);
  const listing = listingOf(bytes);
  expect(listing.find('a\ufffd')).toEqual({ mode: '100644', oid: 'a'.repeat(40) });
  const gone = listingOf(bytes.subarray(bytes.indexOf(0) + 1)).hash(new Map());
  expect(listing.hash(new Map([['a\ufffd', null]]))).toBe(gone);
});

test('the folders of tracked files, each once, and no more than are wanted', async () => {
  const paths = ['a', 'b/1', 'b/c/1', 'b/c/2', 'b/d', 'é/1'];
  const listing = listingOf(
    listed(new Map(paths.map((each) => [each, { mode: '100644', oid: '1'.repeat(40) }]))),
  );
  expect(await listing.folders(10)).toEqual(['.', 'b', 'b/c', 'é']);
  expect(await listing.folders(2)).toEqual(['.', 'b']);
  expect(await listingOf(Buffer.alloc(0)).folders(2)).toEqual([]);
});
