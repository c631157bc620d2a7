// What reaches the terminal of what Ink writes.
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createDisplay } from '../../../source/ui/terminal/display.ts';

function startDisplay() {
  const written: string[] = [];
  const terminal = new Writable({
    decodeStrings: false,
    write: (text, _encoding, done) => {
      written.push(String(text));
      done();
    },
  });
  const stdout = Object.assign(terminal, { columns: 80, rows: 24 }) as unknown as NodeJS.WriteStream;
  const display = createDisplay(stdout, { composes: false, colours: true });
  return { display, stdout, written };
}

const flushed = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('a frame of another size than the terminal has by now is not written, its modes are', async () => {
  const { display, stdout, written } = startDisplay();
  display.stream.write('a frame of eighty columns');
  display.send('\x1b]0;title\x07');
  Object.assign(stdout, { columns: 20 });
  await flushed();
  expect(written).toEqual(['\x1b]0;title\x07']);
});

test('a frame that is about to be erased is not written', async () => {
  const { display, written } = startDisplay();
  display.stream.write('\x1b[?1049h');
  display.stream.write('\x1b[?2004h');
  display.stream.write('the old frame');
  display.restart({ columns: 20, rows: 10 }, () => undefined);
  display.stream.write('the new one');
  display.stream.columns = 80;
  display.stream.rows = 24;
  await flushed();
  expect(written).toEqual(['\x1b[?1049h\x1b[?2004h\x1b[H\x1b[Jthe new one']);
});
