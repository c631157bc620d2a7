// The composer as a person uses it: keys and pastes in, the screen and what is sent out.
import { describe, expect, test } from 'vitest';
import { opened } from '../support/events.ts';
import { gif, png } from '../support/images.ts';
import { openScreen, type TestApp } from '../support/screen.ts';

const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}`).join('\n');

function paste(app: TestApp, text: string): void {
  app.type(`\x1b[200~${text}\x1b[201~`);
}

async function leave(app: TestApp): Promise<void> {
  app.press('ctrl+c', 'ctrl+d');
  await app.over;
}

describe('pastes', () => {
  test('ten lines stay what they are, eleven become a chip that is sent as they were', async () => {
    const app = await openScreen();
    paste(app, lines(10));
    await app.shows('line 10');
    app.press('ctrl+c');
    app.type('look at ');
    paste(app, lines(11).replaceAll('\n', '\r'));
    await app.shows('› look at [pasted 11 lines]');
    app.type(' please\r');
    await app.shows('line 11');
    expect(app.engine.sent).toEqual([{ do: 'prompt', text: `look at ${lines(11)} please` }]);
    await leave(app);
  });

  test('a chip goes with one key, comes back with undo, and opens where it is', async () => {
    const app = await openScreen();
    app.type('a ');
    paste(app, lines(12));
    await app.shows('› a [pasted 12 lines]');
    app.type('\x7f');
    await app.lacks('pasted 12 lines');
    app.type('\x1f');
    await app.shows('› a [pasted 12 lines]');
    app.type('\x0f');
    await app.shows('line 12');
    await leave(app);
  });

  test('the same text pasted again behind its chip opens it', async () => {
    const app = await openScreen();
    paste(app, lines(12));
    await app.shows('[pasted 12 lines]: paste it again or press Ctrl+O to open it');
    app.press('left');
    await app.shows('Ctrl+O opens the paste');
    app.press('end');
    paste(app, lines(12));
    await app.shows('line 12');
    await leave(app);
  });

  test('Ctrl+O says where there is nothing to open', async () => {
    const app = await openScreen();
    app.type('\x0f');
    await app.shows('there is no pasted text at the cursor');
    await leave(app);
  });
});

describe('images', () => {
  const images = {
    'assets/logo.png': png(640, 480),
    '/tmp/a b.gif': gif(3, 2),
    '/tmp/no.png': Buffer.from('no'),
  };
  const logo = (app: TestApp): string => app.engine.keep(png(640, 480));

  test('a path that is dragged in becomes a chip, and its bytes ride with the prompt', async () => {
    const app = await openScreen({ images });
    app.type('what is ');
    paste(app, '/tmp/a\\ b.gif ');
    await app.shows('› what is [image a b.gif 3×2]');
    app.type('about?\r');
    await app.shows(/^› what is \[image a b\.gif 3×2\] about\?/m);
    expect(app.engine.sent).toEqual([
      { do: 'prompt', text: 'what is [image a b.gif 3×2] about?', images: [app.engine.keep(gif(3, 2))] },
    ]);
    await leave(app);
  });

  test('a path that is typed becomes a chip with the next space, or with Enter', async () => {
    const app = await openScreen({ images });
    app.type('compare assets/logo.png with assets/logo.png\r');
    await app.rests();
    await expect.poll(() => app.engine.sent.length).toBe(1);
    const words = 'compare [image assets/logo.png 640×480] with [image assets/logo.png 640×480]';
    expect(app.engine.sent).toEqual([{ do: 'prompt', text: words, images: [logo(app), logo(app)] }]);
    await leave(app);
  });

  test('a path with no image behind it stays what was typed', async () => {
    const app = await openScreen({ images });
    app.type('write assets/new.png please\r');
    await app.shows('› write assets/new.png please');
    app.type('and logo.png too, and see assets/old.png\r');
    await app.shows('and see assets/old.png');
    expect(app.engine.sent.map((command) => 'text' in command && command.text)).toEqual([
      'write assets/new.png please',
      'and logo.png too, and see assets/old.png',
    ]);
    await leave(app);
  });

  test('a file that only has the name of an image is refused and not sent unseen', async () => {
    const app = await openScreen({ images });
    app.type('see /tmp/no.png\r');
    await app.shows('no.png is not an image that models take: use PNG, JPEG, GIF or WebP');
    await app.shows('› see /tmp/no.png');
    expect(app.engine.sent).toEqual([]);
    await leave(app);
  });

  test('Ctrl+V takes the image in the clipboard, as an empty paste does', async () => {
    const app = await openScreen({ image: png(2, 1) });
    app.type('\x16');
    await app.shows('› [image from the clipboard 2×1]');
    paste(app, '');
    await app.shows('› [image from the clipboard 2×1][image from the clipboard 2×1]');
    app.type('look, ');
    await app.shows('2×1] look,');
    app.type('\x16');
    await app.shows('look, [image');
    app.type('.');
    await app.shows(/2×1\]\.$/m);
    await leave(app);
    const without = await openScreen();
    without.type('\x16');
    await without.shows('there is no image in the clipboard');
    await leave(without);
  });

  test('a prompt that waits comes back with its image, and goes again with it', async () => {
    const app = await openScreen({ images });
    app.engine.record(
      opened,
      { type: 'prompt.accepted', text: 'first' },
      { type: 'turn.started', prompt: 2 },
    );
    paste(app, 'assets/logo.png');
    app.type('what is it?\r');
    await app.rests();
    app.press('up');
    await app.shows('› [image assets/logo.png 640×480] what is it?');
    app.type(' say\r');
    await app.lacks('› [image');
    const { items } = app.engine.session.getState().queue;
    const text = '[image assets/logo.png 640×480] what is it? say';
    expect(items.map((item) => [item.text, item.images])).toEqual([[text, [logo(app)]]]);
    await leave(app);
  });

  test('the editor has pasted texts whole, and what it leaves of the images stays', async () => {
    const seen: string[] = [];
    const write = (text: string) => {
      seen.push(text);
      return { text: text.replace('[image a b.gif 3×2] ', '').replace('line 12', 'line 12, and') };
    };
    const app = await openScreen({ images, write });
    paste(app, '/tmp/a\\ b.gif');
    paste(app, 'assets/logo.png');
    paste(app, lines(12));
    await app.shows('› [image a b.gif 3×2] [image assets/logo.png 640×480] [pasted 12 lines]');
    app.press('ctrl+g');
    await app.shows('line 12, and');
    expect(seen).toEqual([`[image a b.gif 3×2] [image assets/logo.png 640×480] ${lines(12)}`]);
    app.press('enter');
    await expect.poll(() => app.engine.sent.length).toBe(1);
    expect(app.engine.sent).toMatchObject([{ images: [logo(app)] }]);
    await leave(app);
  });

  test('the editor waits for an image that is still being read', async () => {
    const image = Promise.withResolvers<Uint8Array>();
    const write = (text: string) => ({ text: `${text} edited` });
    const app = await openScreen({ image: image.promise, write });
    app.type('see \x16');
    await app.shows('› see [image from the clipboard …]');
    app.press('ctrl+g');
    await app.shows('the image is being read');
    image.resolve(png(2, 1));
    await app.shows('› see [image from the clipboard 2×1] edited');
    await leave(app);
  });

  test('an image goes with one key and comes back with undo', async () => {
    const app = await openScreen({ images });
    paste(app, 'assets/logo.png');
    await app.shows('› [image assets/logo.png 640×480]');
    app.type('\x7f\x7f');
    await app.lacks('[image');
    app.type('\x1f');
    await app.shows('› [image assets/logo.png 640×480]');
    await leave(app);
  });
});

describe('on a full disk', () => {
  test('an image that cannot be kept stands as what was typed, with the reason, and is not sent unseen', async () => {
    const app = await openScreen({ images: { 'assets/logo.png': png(640, 480) } });
    app.engine.fillDisk('blobs');
    app.type('see assets/logo.png\r');
    await app.shows('could not keep 33 bytes in /state: check the disk it is on');
    await app.shows('› see assets/logo.png');
    expect(app.engine.sent).toEqual([]);
    await leave(app);
  });

  test('a prompt that cannot be recorded stays in the composer, with the reason', async () => {
    const app = await openScreen();
    app.engine.fillDisk('all');
    app.type('build it\r');
    await app.shows('could not record prompt.accepted in /state: check the disk it is on');
    await app.shows('› build it');
    await leave(app);
  });

  test('a long paste that cannot be kept is sent, and comes back as it was', async () => {
    const app = await openScreen();
    const long = 'w'.repeat(5_000);
    app.engine.fillDisk('blobs');
    paste(app, long);
    await app.shows('› [pasted 5,000 characters]');
    app.press('enter');
    await expect.poll(() => app.engine.sent).toEqual([{ do: 'prompt', text: long }]);
    await app.lacks('[pasted');
    app.press('up');
    await app.shows('› [pasted 5,000 characters]');
    await leave(app);
  });
});

describe('Ctrl+C', () => {
  test('closes what lies over the composer, and only then clears the draft', async () => {
    const app = await openScreen();
    app.type('half a thought');
    await app.shows('› half a thought');
    app.press('f1');
    await app.shows('KEYS');
    app.press('ctrl+c');
    await app.lacks('KEYS');
    await app.shows('› half a thought');
    app.press('ctrl+c');
    await app.lacks('› half a thought');
    app.hangUp();
    await app.over;
  });

  test('what it clears comes back with undo, and is an earlier prompt', async () => {
    const app = await openScreen();
    app.type('half a thought');
    await app.shows('› half a thought');
    app.press('ctrl+c');
    await app.lacks('half a thought');
    app.type('\x1f');
    await app.shows('› half a thought');
    app.press('ctrl+c');
    await app.lacks('half a thought');
    app.press('up');
    await app.shows('› half a thought');
    app.hangUp();
    await app.over;
  });
});

test('up and down go by rows of the screen before they reach other prompts', async () => {
  const app = await openScreen({ columns: 45, rows: 15 });
  app.type('an earlier prompt\r');
  app.type(`${'word '.repeat(16)}end`);
  await app.shows('end');
  app.press('up');
  app.type('X');
  await app.shows(/worXd|X/);
  app.press('up', 'up');
  await app.shows('› an earlier prompt');
  app.press('down');
  await app.shows('end');
  await leave(app);
});
