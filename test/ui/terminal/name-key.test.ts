// Every key of the table can be pressed: what a terminal sends for it comes out under the name that the table has.
import { PassThrough } from 'node:stream';
import { type Key, render, Text, useInput } from 'ink';
import { createElement } from 'react';
import { expect, test } from 'vitest';
import { standardKeys as keymap } from '../../../source/ui/keymap.ts';
import { createKeyboard } from '../../../source/ui/terminal/keyboard.ts';
import { nameKey } from '../../../source/ui/terminal/name-key.ts';
import { bytesOf } from '../../support/key-bytes.ts';

test('what a terminal sends for a key has the name that the table knows it by', async () => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  const keyboard = createKeyboard(stdin as unknown as NodeJS.ReadStream, {
    onFocus: () => undefined,
    onEnd: () => undefined,
  });
  const named: (string | undefined)[] = [];
  function Listener() {
    useInput((input: string, key: Key) => void named.push(nameKey(input, key)));
    return createElement(Text, null, 'listening');
  }
  const app = render(createElement(Listener), {
    stdin: keyboard.stream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
  });
  const functionKeys = ['f2', 'f5', 'f12', 'shift+f3', 'ctrl+f6', 'insert', 'ctrl+up', 'alt+delete'];
  const keys = [
    ...functionKeys,
    ...new Set(keymap.flatMap(({ bindings }) => bindings.flatMap((binding) => binding.keys))),
  ];
  for (const [nth, key] of keys.entries()) {
    stdin.write(bytesOf(key));
    await expect.poll(() => named.length, { interval: 2, timeout: 500, message: key }).toBe(nth + 1);
  }
  app.unmount();
  keyboard.close();
  expect(named).toEqual(keys);
});
