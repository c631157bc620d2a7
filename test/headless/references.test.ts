import { expect, test } from 'vitest';
import { takePrompt } from '../../source/headless/queue.ts';
import { printReferences, readRemoval, takeRemoval } from '../../source/headless/references.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { captureWriter } from './capture.ts';

const named = (name: string, path: string): SessionEvent => ({
  type: 'reference.added',
  name,
  path,
  tokens: 1_204,
});
const events = [opened, named('../a', '/p/a'), named('~/b\u001b[31m', '/home/me/b')];
const until = Date.now() + 600_000;

test.each(['../a', '../a/', '@a', 'a', '/p/a'])(
  'a session lets go of the reference that is called %s',
  (name) => {
    const engine = createFakeEngine({ events });
    expect(takeRemoval(engine, { remove: name, until })).toEqual({ removed: name });
    expect(engine.session.getState().references?.map(({ path }) => path)).toEqual(['/home/me/b']);
  },
);

test('a reference that is not there is refused with the names of those that are', () => {
  const engine = createFakeEngine({ events: events.slice(0, 2) });
  const refused = 'no reference is called ../x: there are ../a';
  expect(takeRemoval(engine, { remove: '../x', until })).toEqual({ refused });
  expect(takeRemoval(engine, { remove: '../a', until: 1 })).toEqual({ refused: 'it came too late' });
  expect(takeRemoval(engine, { queue: 'x', until })).toBeUndefined();
  // An older process takes it for a prompt that it does not understand.
  const older = takePrompt(engine, { remove: '../a', until }, { drains: true });
  expect(readRemoval(older)).toEqual(older);
});

test('they are listed as text and as JSON', () => {
  const { references = [] } = createFakeEngine({ events }).session.getState();
  const text = captureWriter();
  printReferences(references, { json: false, stdout: text });
  expect(text.text).toBe('../a  /p/a · read-only\n~/b  /home/me/b · read-only\n');
  const json = captureWriter();
  printReferences(references, { json: true, stdout: json });
  expect(JSON.parse(json.text)[0]).toEqual({
    name: '../a',
    path: '/p/a',
    head: null,
    writable: false,
    in_context: false,
  });
});
