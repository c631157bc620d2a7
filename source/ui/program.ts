// The keyboard in the hands of a program: of the tests that run, or of what runs in the person's own terminal.
import type { Key } from 'ink';
import type { RunTerminal } from '../engine/face.ts';
import type { Emulator } from './panes/shown-terminal.ts';
import type { Stage } from './stage.ts';
import { say } from './submit.ts';
import type { Token } from './terminal/input-tokens.ts';
import { encodeForProgram, takesBack } from './terminal/program-input.ts';
import { overlayOf, type Shown, type View } from './view.ts';

/** Which terminal's program gets the keys; undefined: none. */
export function programOf(view: View): Shown | undefined {
  return overlayOf(view) === undefined ? view.given : undefined;
}

export function terminalOf(stage: Pick<Stage, 'run' | 'own'>, shown: Shown): Emulator {
  return (shown === 'tests' ? stage.run : stage.own).terminal;
}

/** Whether something runs there that could take keys. */
export function isAlive({ engine }: Pick<Stage, 'engine'>, shown: Shown): boolean {
  if (shown === 'tests') return engine.session.getState().tests.running !== undefined;
  const { own } = engine.live.state;
  return own !== null && own.end === undefined;
}

/** Tests take the keys while they run; in the person's own terminal what ran last is started where nothing runs. */
export function giveKeyboard(stage: Stage): void {
  const { shown } = stage.view.getState();
  if (isAlive(stage, shown)) stage.view.setState(given(shown));
  else if (shown === 'run') void startThere(stage, true);
  else say(stage, 'no tests are running');
}

/** What is typed is seen: the pane follows its end. */
function given(shown: Shown): Partial<View> {
  return shown === 'run' ? { given: shown, own: undefined } : { given: shown, tests: undefined };
}

/** Starts what ran last in the person's own terminal, or the project. */
export async function startThere(stage: Stage, keyboard: boolean): Promise<void> {
  await afterStart(stage, stage.engine.terminal.restart(), keyboard);
}

/** Starts the project there, whatever ran last. */
export async function startProject(stage: Stage): Promise<void> {
  await afterStart(stage, stage.engine.terminal.start(), false);
}

async function afterStart(
  stage: Stage,
  starting: ReturnType<RunTerminal['start']>,
  keyboard: boolean,
): Promise<void> {
  const refusal = await starting;
  if (refusal !== undefined) return say(stage, refusal.refused);
  // Whoever has gone elsewhere meanwhile types there.
  const here = stage.view.getState().focus === 'run';
  stage.view.setState(keyboard && here ? given('run') : { own: undefined });
}

/** Takes the keyboard back when its program has ended: to be called on every change. */
export function watchProgram(stage: Pick<Stage, 'engine' | 'view'>): () => void {
  let alive = false;
  return () => {
    const { given: program } = stage.view.getState();
    const before = alive;
    alive = program !== undefined && isAlive(stage, program);
    if (before && !alive && program !== undefined) stage.view.setState({ given: undefined });
  };
}

export function takeKeyboard(stage: Stage): void {
  stage.view.setState({ given: undefined });
}

/** For the keyboard: whether a program gets it. */
export function takeForProgram(stage: Stage, token: Token): boolean {
  const program = programOf(stage.view.getState());
  if (program === undefined) return false;
  // At once, so that a key right behind it is ours again.
  if (token.kind === 'key' && takesBack(token.raw)) takeKeyboard(stage);
  else typeThere(stage, program, encodeForProgram(token, terminalOf(stage, program).modes()));
  return true;
}

/** Keys that were on their way to us when the keyboard was given: all that is known of them is what Ink made of them. */
export function passOn(stage: Stage, program: Shown, input: string, key: Key): void {
  const raw = rawOf(input, key);
  typeThere(
    stage,
    program,
    encodeForProgram({ kind: raw === input ? 'text' : 'key', raw }, terminalOf(stage, program).modes()),
  );
}

/** A paste, as Ink hands it over. */
export function passPaste(stage: Stage, program: Shown, text: string): void {
  const token = { kind: 'text', raw: `\x1b[200~${text}\x1b[201~` } as const;
  typeThere(stage, program, encodeForProgram(token, terminalOf(stage, program).modes()));
}

function typeThere({ engine }: Stage, program: Shown, text: string): void {
  if (text === '') return;
  if (program === 'tests') engine.typeTests(text);
  else engine.terminal.type(text);
}

const sequences: readonly (readonly [keyof Key, string])[] = [
  ['return', '\r'],
  ['escape', '\x1b'],
  ['tab', '\t'],
  ['backspace', '\x7f'],
  ['delete', '\x1b[3~'],
  ['upArrow', '\x1b[A'],
  ['downArrow', '\x1b[B'],
  ['rightArrow', '\x1b[C'],
  ['leftArrow', '\x1b[D'],
  ['home', '\x1b[H'],
  ['end', '\x1b[F'],
  ['pageUp', '\x1b[5~'],
  ['pageDown', '\x1b[6~'],
];

function rawOf(input: string, key: Key): string {
  const sequence = sequences.find(([name]) => key[name] === true)?.[1];
  if (sequence !== undefined) return sequence;
  const alt = key.meta ? '\x1b' : '';
  return key.ctrl && input.length === 1 ? alt + String.fromCharCode(input.charCodeAt(0) & 0x1f) : alt + input;
}
