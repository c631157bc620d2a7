// The composer's rows are laid out for a draft, not for a frame.
import { expect, test } from 'vitest';
import { bufferOf, edit } from '../../../source/ui/editor.ts';
import { composerRows } from '../../../source/ui/parts/composer-rows.ts';
import { composerStyle } from '../../../source/ui/parts/composer-style.ts';
import { keepComposer } from '../../../source/ui/parts/kept-composer.ts';
import { dark } from '../text/sound-rows.ts';

test('a draft is laid out once for a size, and anew for another draft, size or thing that was found', () => {
  const composer = keepComposer(dark);
  const draft = bufferOf('make the slug shorter');
  const size = { width: 20, most: 5 };
  const rows = composer(draft, { ...size });
  expect(rows).toEqual(composerRows(draft, size, composerStyle(dark)));
  expect(composer(draft, { ...size })).toBe(rows);

  const longer = edit(draft, { kind: 'insert', text: ' and' });
  expect(composer(longer, size)).toEqual(composerRows(longer, size, composerStyle(dark)));
  const narrow = { width: 12, most: 2 };
  expect(composer(longer, narrow)).toEqual(composerRows(longer, narrow, composerStyle(dark)));
  const found = { row: 0, from: 5, to: 8 };
  expect(composer(longer, narrow, found)).toEqual(composerRows(longer, narrow, composerStyle(dark), found));
});
