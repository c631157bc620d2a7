// Paths of images as terminals and people write them.
import { describe, expect, test } from 'vitest';
import { imageName, imagePathBefore, imagePathsIn } from '../../../source/ui/editing/image-paths.ts';

describe('paths of images', () => {
  test.each<[string, readonly string[] | undefined]>([
    ['/tmp/a.png', ['/tmp/a.png']],
    ['/tmp/a\\ b.PNG ', ['/tmp/a b.PNG']],
    ["'/tmp/a b.jpeg'", ['/tmp/a b.jpeg']],
    ['"/tmp/a b.webp"', ['/tmp/a b.webp']],
    ["'/tmp/it'\\''s.gif'", ["/tmp/it's.gif"]],
    ['file:///tmp/a%20b.png', ['/tmp/a b.png']],
    ['/tmp/a.png /tmp/b.png', ['/tmp/a.png', '/tmp/b.png']],
    ['/tmp/a.png\n/tmp/b c.png\n', ['/tmp/a.png', '/tmp/b c.png']],
    [
      '/Users/ada/Screenshot 2026-01-01 at 10.00.00\u202fAM.png',
      ['/Users/ada/Screenshot 2026-01-01 at 10.00.00\u202fAM.png'],
    ],
    ['~/a.png', ['~/a.png']],
    ['./a.png', ['./a.png']],
    ['a.png', undefined],
    ['see /tmp/a.png', undefined],
    ['/tmp/a.txt', undefined],
    ['file:///%E0%A4%A/x.png', ['file:///%E0%A4%A/x.png']],
    ['', undefined],
  ])('%j as a whole is %j', (text, paths) => {
    expect(imagePathsIn(text)).toEqual(paths);
  });

  test.each<[string, ReturnType<typeof imagePathBefore>]>([
    ['see a/b.png', { path: 'a/b.png', from: 4 }],
    ['see a/b\\ c.png', { path: 'a/b c.png', from: 4 }],
    ['see "a/b c.png"', { path: 'a/b c.png', from: 4 }],
    ['see a/b.png ', undefined],
    ['see b.png', undefined],
    ['', undefined],
  ])('at the end of %j is %j', (line, found) => {
    expect(imagePathBefore(line, line.length)).toEqual(found);
  });

  test('an image is called by its path in the project, else by its last part', () => {
    expect(['a/b.png', './a/b.png', '../x/b.png', '/tmp/b.png', '~/b.png'].map(imageName)).toEqual([
      'a/b.png',
      'a/b.png',
      'b.png',
      'b.png',
      'b.png',
    ]);
  });
});
