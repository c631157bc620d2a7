import { expect, test } from 'vitest';
import { idleLive } from '../../../source/engine/live.ts';
import { initialState, type SessionState } from '../../../source/session/state.ts';
import { bufferOf } from '../../../source/ui/editor.ts';
import { type Keymap, standardKeys } from '../../../source/ui/keymap.ts';
import { hintFor } from '../../../source/ui/parts/hint.ts';
import { makeKeymap } from '../../../source/ui/rebind.ts';
import type { Screen } from '../../../source/ui/screen.ts';
import { initialView, type View } from '../../../source/ui/view.ts';

const running: SessionState = {
  ...initialState,
  turns: { running: { id: 1, prompt: 1, at: 0, mono: 0, steps: 1, open: [] } },
};

function hint(
  view: Partial<View> = {},
  session: SessionState = initialState,
  { keymap = standardKeys, width = 100 }: { keymap?: Keymap; width?: number } = {},
): string {
  const screen = { view: { ...initialView(), ...view }, session, live: idleLive() };
  return hintFor(keymap, screen as unknown as Screen, width);
}

const draft = bufferOf('fix it');

test('the line says what Enter and Tab mean while it matters', () => {
  expect(hint({ draft })).toBe('Enter sends · Ctrl+J new line · F1 keys');
  expect(hint({ draft }, running)).toBe('Enter queues · Tab steers · Ctrl+J new line · F1 keys');
  expect(hint({}, running)).toBe('Esc interrupts · F1 keys · Alt+2 tests');
  expect(hint({}, { ...initialState, queue: { items: [], steers: [], paused: 'red' } })).toBe(
    'Enter goes on · F1 keys · / commands · @ files · ! runs a command',
  );
});

test('it says so with the keys that the person has', () => {
  const codex = makeKeymap('codex', []) as Keymap;
  expect(hint({ draft }, running, { keymap: codex })).toBe(
    'Enter steers · Tab queues · Ctrl+J new line · F1 keys',
  );
  expect(hint({ draft }, initialState, { keymap: codex })).toBe('Enter sends · Ctrl+J new line · F1 keys');
  const own = makeKeymap('hullspeed', [{ where: 'everywhere', action: 'help', keys: ['f4'] }]) as Keymap;
  expect(hint({}, initialState, { keymap: own })).toBe('F4 keys · / commands · @ files · ! runs a command');
});

test('in a pane it names what is possible now, and the way back', () => {
  expect(hint({ focus: 'tests' })).toBe('r run again · Esc back · / search · Alt+Z zoom · F1 keys');
});

test('at 45 and at 40 columns the way back is named, and what one came for', () => {
  const reading = (subject: unknown): Partial<View> => ({ reading: { subject } as View['reading'] & object });
  const at = (view: Partial<View>): string[] =>
    [45, 40].map((columns) => hint(view, initialState, { width: columns - 3 }));
  expect(at(reading({ kind: 'diff' }))).toEqual([
    'Esc back · n next file · / search · y copy',
    'Esc back · n next file · / search',
  ]);
  expect(at(reading({ kind: 'output' }))).toEqual(Array(2).fill('Esc back · x stop · / search · y copy'));
  expect(at(reading({ kind: 'pager' }))).toEqual(Array(2).fill('Esc back · / search · y copy'));
  expect(at({ focus: 'conversation' })).toEqual(Array(2).fill('k select · Esc back · [ prompt'));
  expect(at({ focus: 'commits' })).toEqual([
    'Enter diff · Esc back · p prompt · P push',
    'Enter diff · Esc back · p prompt',
  ]);
  expect(at({ focus: 'run' })).toEqual([
    'Enter keyboard · Esc back · r run again',
    'Enter keyboard · Esc back',
  ]);
});

test('where it is narrow the least useful go, and nothing is cut', () => {
  expect(hint({ draft }, running, { width: 30 })).toBe('Enter queues · Tab steers');
  expect(hint({ draft }, running, { width: 12 })).toBe('Enter queues');
  expect(hint({ draft }, running, { width: 11 })).toBe('');
});
