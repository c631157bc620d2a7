// Images that the command line names.
import { expect, test } from 'vitest';
import { readImages } from '../../source/faces/images.ts';

test('one that is missing is named with where it was sought', async () => {
  await expect(readImages(['a.png'], '/nowhere')).rejects.toMatchObject({
    code: 'usage',
    message: '--image a.png cannot be read: there is no such file in /nowhere',
  });
});
