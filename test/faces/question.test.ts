// The one dialog: its words on terminals of any width, and the keys that answer it.
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { ask, type Desk } from '../../source/faces/question.ts';

function openDesk(columns: number): { desk: Desk; type(keys: string): void; shown(): string } {
  const stdin = Object.assign(new PassThrough(), { setRawMode: () => undefined });
  const stdout = Object.assign(new PassThrough(), { columns });
  return {
    desk: { stdin, stdout } as unknown as Desk,
    type: (keys) => stdin.write(keys),
    shown: () => String(stdout.read() ?? ''),
  };
}

test('a question breaks between words, and its choices stand under it', async () => {
  const { desk, type, shown } = openDesk(30);
  const answer = ask(desk, 'Trust it?\n\nThe commands of the model run with all your rights.', [
    { keys: ['y'], text: 'y       trust this repository here', value: 'yes' },
  ]);
  expect(shown().split('\n')).toEqual([
    ...['Trust it?', '', 'The commands of the model run', 'with all your rights.', ''],
    ...['  y       trust this', '  repository here', '  Esc     leave', '', ''],
  ]);
  type('y');
  expect(await answer).toBe('yes');
});

test('of keys that arrive at once the first that is in the list answers', async () => {
  const { desk, type } = openDesk(80);
  const answer = ask(desk, 'Trust it?', [
    { keys: ['y'], text: 'y       trust it', value: 'yes' },
    { keys: ['f'], text: 'f       trust its folder', value: 'folder' },
  ]);
  type('\x1b[A');
  await new Promise(setImmediate);
  type('\ryf');
  expect(await answer).toBe('yes');
});

test('a terminal, which gives a key only when it is asked for the next, is read on after a wrong one', async () => {
  const keys = ['x', '\r', 'y'];
  const stdin = new Readable({
    highWaterMark: 0,
    read() {
      const key = keys.shift();
      if (key !== undefined) setImmediate(() => this.push(key));
    },
  });
  const desk = { stdin: Object.assign(stdin, { setRawMode: () => undefined }), stdout: new PassThrough() };
  const choices = [{ keys: ['y'], text: 'y       trust it', value: 'yes' }];
  expect(await ask(desk as unknown as Desk, 'Trust it?', choices)).toBe('yes');
});

test('a key that is not in the list answers nothing', async () => {
  const { desk, type } = openDesk(80);
  const answer = ask(desk, 'Trust it?', [{ keys: ['y'], text: 'y       trust it', value: 'yes' }]);
  type('\r');
  expect(await Promise.race([answer, new Promise((resolve) => setImmediate(resolve, 'waits'))])).toBe(
    'waits',
  );
  type('\x1b');
  expect(await answer).toBeNull();
});

test.each([
  ['a whole word', ['y', 'e', 's', 'build it']],
  ['a whole word and Enter', ['y', 'e', 's', '\r', 'build it']],
  ['Enter', ['y', '\r', 'build it']],
  ['Enter in one piece with what follows', ['y', '\rbuild it']],
])('%s behind the key is no text for what comes after', async (_, pieces) => {
  const { desk, type } = openDesk(80);
  const choices = [{ keys: ['y'], rest: 'es\r', text: 'y       trust it', value: 'yes' }];
  const answer = ask(desk, 'Trust it?', choices);
  for (const keys of pieces) {
    type(keys);
    await new Promise(setImmediate);
  }
  expect(await answer).toBe('yes');
  expect(String(desk.stdin.read())).toBe('build it');
});
