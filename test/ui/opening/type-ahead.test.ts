// Keys before there is a keyboard.
import { expect, test } from 'vitest';
import { bufferOf, textOf } from '../../../source/ui/editor.ts';
import { typeAhead } from '../../../source/ui/opening/type-ahead.ts';

test.each([
  ['letters', 'fix it', 'fix it', ''],
  ['a correction', 'fux\x7f\x7fix', 'fix', ''],
  ['one of a whole emoji', 'a👍🏽\x7fb', 'ab', ''],
  ['everything behind Enter', 'fix\rmore', 'fix', '\rmore'],
  ['a key that moves the cursor', 'fix\x1b[Dx', 'fix', '\x1b[Dx'],
  ['a paste', 'a\x1b[200~b\nc\x1b[201~', 'a', '\x1b[200~b\nc\x1b[201~'],
  ['the start of a sequence', 'a\x1b[', 'a', '\x1b['],
])('%s', (_what, input, text, rest) => {
  const ahead = typeAhead(bufferOf('draft: '), input);
  expect({ text: textOf(ahead.draft), rest: ahead.rest }).toEqual({ text: `draft: ${text}`, rest });
});
