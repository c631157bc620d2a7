// Images on the way to the model: kept with the session, sent in each request, left out where a server refuses them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readImage } from '../../source/session/image.ts';
import { picture, png } from '../support/images.ts';
import { call, run, type Script, say, status } from '../support/model-server.ts';
import { startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

const url = `data:image/png;base64,${Buffer.from(png()).toString('base64')}`;
/** What the person's messages held; the first message of a context is the harness's. */
const sent = (at: number): unknown[] => {
  const input = session.requests[at]?.input as { role?: string; content?: unknown }[];
  return input.flatMap((item) => (item.role === 'user' ? [item.content] : [])).slice(1);
};

async function show(script: Script, text = 'what is this?'): Promise<void> {
  session = await startSession(script);
  session.engine.send({ do: 'prompt', text, images: [session.engine.keep(png())] });
  await session.engine.idle();
}

test('an image rides behind the words of its prompt, in each request, and after a restart as before', async () => {
  await show([[run('true')], say('A logo.'), say('Yes.')]);
  await session.reopen();
  await session.prompt('sure?');
  const first = [
    { type: 'input_text', text: 'what is this?' },
    { type: 'input_image', image_url: url, detail: 'auto' },
  ];
  expect(sent(0)).toEqual([first]);
  expect(sent(1)).toEqual([first]);
  expect(sent(2)).toEqual([first, [{ type: 'input_text', text: 'sure?' }]]);
});

test.each([
  [400, 'Invalid content type: image_url is only supported by certain models.'],
  [500, 'image input is not supported - hint: you may need to provide the mmproj'],
])('a server that refuses images with %i is asked again without them, for good', async (code, message) => {
  await show([status(code, { error: { message } }), say('I see no image.'), say('Still not.')]);
  await session.prompt('look again');
  const words = { type: 'input_text', text: 'what is this?' };
  const out = {
    type: 'input_text',
    text: '[an image was left out here: it is gone, or the server for this model takes none]',
  };
  expect(sent(0)).toEqual([[words, { type: 'input_image', image_url: url, detail: 'auto' }]]);
  expect(sent(1)).toEqual([[words, out]]);
  expect(sent(2)).toEqual([[words, out], [{ type: 'input_text', text: 'look again' }]]);
  expect(session.engine.session.getState().turns.last?.outcome).toBe('answered');
});

test('an image that the model looks at rides with the output of its call, and after a restart as before', async () => {
  const look = (path: string) => call('view_image', { path });
  session = await startSession(
    [[look('shot.png'), look('notes.txt'), look('gone.png'), look('.')], say('I see.'), say('Yes.')],
    {
      files: { 'notes.txt': 'no image' },
    },
  );
  writeFileSync(join(session.root, 'shot.png'), png());
  await session.prompt('look');
  await session.reopen();
  await session.prompt('sure?');
  const outputs = (at: number): unknown[] => {
    const input = session.requests[at]?.input as { type?: string; output?: unknown }[];
    return input.flatMap((item) => (item.type === 'function_call_output' ? [item.output] : []));
  };
  expect(outputs(1)).toEqual([
    [
      { type: 'input_text', text: '640×480 pixels, image/png.' },
      { type: 'input_image', image_url: url, detail: 'auto' },
    ],
    expect.stringMatching(/^The image was not read: .*notes.txt is not an image that models take/),
    expect.stringMatching(/^The image was not read: ENOENT/),
    expect.stringMatching(/^The image was not read: .* is no file/),
  ]);
  expect(outputs(2)).toEqual(outputs(1));
});

test('a fault that is not about the images ends the turn when they are gone from the request', async () => {
  const refused = status(400, { error: { message: 'input_image is no thing' } });
  await show([refused, refused]);
  expect(session.requests.length).toBe(2);
  expect(session.engine.session.getState().turns.last?.outcome).toBe('failed');
});

test('more images than a prompt may have are refused', async () => {
  session = await startSession([]);
  const id = session.engine.keep(png());
  expect(session.engine.send({ do: 'prompt', text: 'x', images: Array(21).fill(id) })).toEqual({
    refused: 'the prompt has 21 images and may have 20: take some out',
  });
});

test('a large image is sent in the size in which a model sees it, and a broken or a boundless one is refused', async () => {
  const large = picture(2_400, 1_200);
  session = await startSession(
    [
      [
        call('view_image', { path: 'large.png' }),
        call('view_image', { path: 'broken.png' }),
        call('view_image', { path: 'bomb.png' }),
      ],
      say('I see.'),
    ],
    {},
  );
  writeFileSync(join(session.root, 'large.png'), large);
  writeFileSync(join(session.root, 'broken.png'), png(2_400, 1_200));
  writeFileSync(join(session.root, 'bomb.png'), png(60_000, 60_000));
  await session.prompt('look');
  const finished = session.events.flatMap((event) => (event.type === 'call.finished' ? [event] : []));
  // They are looked at side by side.
  expect(finished.map(({ output }) => output.replaceAll(session.root, '.')).sort()).toEqual([
    '2400×1200 pixels, shown as 1536×768, image/png.',
    'The image was not read: ./bomb.png has 60000×60000 pixels, more than 64 million: make it smaller first.',
    'The image was not read: ./broken.png has 2400×1200 pixels, and its file is broken.',
  ]);
  const [blob = ''] = finished.flatMap(({ images = [] }) => images);
  expect(readImage(session.engine.fetch(blob) ?? new Uint8Array())).toEqual({
    type: 'image/png',
    width: 1_536,
    height: 768,
  });
});
