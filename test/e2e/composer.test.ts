// What is written and not sent yet, and images on their way from a file to the model.
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { png } from '../support/images.ts';
import { say } from '../support/model-server.ts';
import { createPlace, type Place } from './place.ts';

const slow = { timeout: 120_000 };
const url = `data:image/png;base64,${Buffer.from(png(64, 48)).toString('base64')}`;

/** The images of the newest request. */
function imagesSent(place: Place): unknown[] {
  const input = (place.requests.at(-1)?.input ?? []) as { content?: { image_url?: unknown }[] }[];
  return input.flatMap(({ content = [] }) => content.flatMap((part) => part.image_url ?? []));
}

test(
  'killed while a prompt is written, it is there again, and so is all that stood there',
  slow,
  async () => {
    const place = await createPlace({ script: [say('Hello.')] });
    const app = place.open();
    await app.shows('F1 keys');
    app.type('say hello').enter();
    await app.conversation.shows('Hello.');
    app.type(`read \x1b[200~${'a line\r'.repeat(40)}\x1b[201~ and go`);
    await app.shows('› read [pasted 41 lines] and go');
    const file = join(place.session(), 'view.json');
    await expect
      .poll(async () => (await place.bash(`grep -c "and go" '${file}'`)).stdout, { timeout: 20_000 })
      .toBe('1\n');
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    await expect
      .poll(async () => (await place.bash(`grep -c 'Hello.' '${place.session()}/frame.json'`)).stdout)
      .toBe('1\n');
    app.kill('SIGKILL');
    await app.over;
    const again = place.open();
    await again.shows('› read [pasted 41 lines] and go');
    // What stood there is in the first frame, before the session is read.
    expect(again.bytes().toString().split('opening', 1)[0]).toContain('Hello.');
    again.press('ctrl+r');
    again.type('HELLO');
    await again.shows('› say hello');
    again.press('escape');
    await again.shows('› read [pasted 41 lines] and go');
  },
);

test('an image goes from a file to the model: by run, by queue, and from the composer', slow, async () => {
  const place = await createPlace({ script: [say('One.'), say('Two.'), say('Three.')] });
  const image = join(place.root, '../my shot.png');
  writeFileSync(image, png(64, 48));
  writeFileSync(join(place.root, '../no.png'), 'no image');
  const ran = await place.hullspeed('run', '--trust', '--image', '../my shot.png', 'what is it?');
  expect(ran).toMatchObject({ code: 0, stdout: 'One.\n' });
  expect(imagesSent(place)).toEqual([url]);
  const app = place.open();
  await app.conversation.shows('One.');
  expect(await place.hullspeed('queue', '--image', image, 'and now?')).toMatchObject({ code: 0 });
  await app.conversation.shows('Two.');
  expect(imagesSent(place)).toEqual([url, url]);
  app.type(`${image.replace(' ', '\\ ')} again?`);
  await app.shows('› [image my shot.png 64×48] again?');
  app.enter();
  await app.conversation.shows('Three.');
  expect(imagesSent(place)).toEqual([url, url, url]);
  const refused = await place.hullspeed('queue', '--image', '../no.png', 'x');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--image: ../no.png is not an image that models take');
});
