// A commit laid out for reading.
import { expect, test } from 'vitest';
import { layOutCommit } from '../../../source/ui/rows/commit-pages.ts';
import { dark, expectSound, hostile, plain } from '../text/sound-rows.ts';

const diff = `diff --git a/slug.ts b/slug.ts
--- a/slug.ts
+++ b/slug.ts
@@ -1,2 +1,2 @@
 const dash = '-';
-return text.trim();
+return text.trim().normalize();
diff --git a/new.ts b/new.ts
new file mode 100644
--- /dev/null
+++ b/new.ts
@@ -0,0 +1 @@
+export const one = 1;
`;
const commit = { author: 'Ada', message: 'slug: fold emoji\n\nThey were dropped.', diff, cut: false };

test('the body stands over the counts and the files', () => {
  const { rows, files } = layOutCommit(commit, 60, dark);
  expectSound(rows, 60);
  expect(plain(rows)).toEqual([
    'They were dropped.',
    '',
    '2 files  +2 −1',
    '',
    'slug.ts  +1 −1',
    '⋯ 1',
    "  const dash = '-';",
    '- return text.trim();',
    '+ return text.trim().normalize();',
    '',
    'new.ts new  +1 −0',
    '⋯ 1',
    '+ export const one = 1;',
  ]);
  expect(files).toEqual([4, 10]);
});

test('code around a change and in a new file has the colours of its language, a change those of a change', () => {
  const { rows } = layOutCommit(commit, 60, dark);
  const row = (text: string): string => rows[plain(rows).indexOf(text)] ?? '';
  expect(row("  const dash = '-';")).toContain(dark.sgr('keyword', 'const'));
  expect(row('+ export const one = 1;')).toContain(dark.sgr('keyword', 'export'));
  expect(row('+ return text.trim().normalize();')).not.toContain(dark.sgr('keyword', 'return'));
});

test('a diff that is too long says so', () => {
  const long = `diff --git a/x b/x\n@@ -1 +1 @@\n${'+line\n'.repeat(20_000)}`;
  const { rows } = layOutCommit({ ...commit, diff: long }, 60, dark);
  expect(rows.length).toBeLessThan(10_100);
  expect(plain(rows).at(-1)).toBe('… the diff goes on: git show has all of it');
  expect(plain(layOutCommit({ ...commit, cut: true }, 60, dark).rows).at(-1)).toMatch(/^… the diff goes on/);
});

test.each([1, 7, 40])('hostile text is harmless in %d columns', (columns) => {
  for (const text of hostile) {
    const raw = `diff --git a/${text} b/${text}\n@@ -1 +1 @@ ${text}\n+${text}\n-${text}\n ${text}\n`;
    expectSound(layOutCommit({ ...commit, message: `s\n\n${text}`, diff: raw }, columns, dark).rows, columns);
  }
});

test('decisions among the trailers stand out', () => {
  const message = 'slug: fold emoji\n\nDecision: zod over yup: smaller\nCo-authored-by: Ann';
  const { rows } = layOutCommit({ ...commit, message }, 60, dark);
  expectSound(rows, 60);
  expect(plain(rows).slice(0, 2)).toEqual(['◆ zod over yup: smaller', 'Co-authored-by: Ann']);
});
