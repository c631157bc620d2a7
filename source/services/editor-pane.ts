// How an editor that runs in a pane of tmux is told to open a file at a line: by the keys that a person would type.
import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import type { EditorCommand } from '../engine/face.ts';

export interface PaneRequest {
  /** A target as tmux takes it: `%3`, `work:1.0`, `{last}`. */
  readonly pane: string;
  /** What the person calls it, where that is not `pane`. */
  readonly named?: string;
  readonly path: string;
  /** 1-based. */
  readonly line?: number;
}

/** A tmux that does not answer by then has other troubles. */
const ANSWER_MS = 2_000;
/** What an editor needs to tell Escape from Alt with the key behind it. */
const ESCAPE_SECONDS = '0.1';

/** Asks tmux what runs in the pane. A reason where there is no such pane, or no editor that is known in it. */
export async function editorInPane(
  request: PaneRequest,
  environment: Readonly<Record<string, string>>,
): Promise<EditorCommand | { readonly failed: string }> {
  const told = await new Promise<string | undefined>((resolve) => {
    execFile(
      'tmux',
      ['display-message', '-p', '-t', request.pane, '#{pane_id} #{pane_current_command}'],
      { env: environment, timeout: ANSWER_MS },
      (error, stdout) => resolve(error === null ? stdout.trim() : undefined),
    );
  });
  const [, id, program] = /^(%\d+) (.+)$/.exec(told ?? '') ?? [];
  if (id === undefined || program === undefined)
    return { failed: `tmux has no pane ${request.pane}: see editor.tmux_pane in your config` };
  // By its number from here on: where it is beside the active one changes when it becomes that.
  return paneCommand({ ...request, pane: id, named: request.pane }, program);
}

/** The keys for the program in the pane, as one command of tmux's. */
export function paneCommand(
  { pane, named = pane, path, line = 1 }: PaneRequest,
  program: string,
): EditorCommand | { readonly failed: string } {
  // Keys cannot be quoted.
  if (/[\x00-\x1f\x7f-\x9f]/.test(path)) return { failed: 'the name of the file has control characters' };
  const send = (...keys: string[]): string[] => ['send-keys', '-t', pane, ...keys];
  const write = (text: string): string[] => ['send-keys', '-t', pane, '-l', '--', text.replace(/;$/, '\\;')];
  const open = openers[basename(program)];
  if (open === undefined)
    return {
      failed: `pane ${named} runs ${JSON.stringify(program.slice(0, 40))}; it has to be vim, neovim, helix or kakoune`,
    };
  const commands = [
    ...open({ send, write }, path, line),
    ['select-window', '-t', pane],
    ['select-pane', '-t', pane],
  ];
  return {
    argv: ['tmux', ...commands.flatMap((each, at) => (at === 0 ? each : [';', ...each]))],
    window: true,
  };
}

interface Keys {
  /** Keys by name. */
  readonly send: (...keys: string[]) => string[];
  /** Text as it is. */
  readonly write: (text: string) => string[];
}

type Opener = (keys: Keys, path: string, line: number) => string[][];

/** Ctrl+\ Ctrl+N leads to normal mode from wherever vim is. */
const vim: Opener = ({ send, write }, path, line) => [
  send('C-\\', 'C-n'),
  write(`:e +${line} ${path.replaceAll(/[\s*?[{`$\\%#'"|!<]/g, '\\$&')}`),
  send('Enter'),
];

const helix: Opener = ({ send, write }, path, line) => [
  send('Escape'),
  ['run-shell', `sleep ${ESCAPE_SECONDS}`],
  write(`:open ${/^[\w./-]+$/.test(path) ? `${path}:${line}` : `'${path.replaceAll("'", "''")}:${line}'`}`),
  send('Enter'),
];

const kakoune: Opener = ({ send, write }, path, line) => [
  send('Escape'),
  ['run-shell', `sleep ${ESCAPE_SECONDS}`],
  write(`:edit -- '${path.replaceAll("'", "''")}' ${line}`),
  send('Enter'),
];

const openers: Readonly<Record<string, Opener>> = {
  vi: vim,
  vim,
  nvim: vim,
  view: vim,
  'vim.basic': vim,
  hx: helix,
  helix,
  kak: kakoune,
};
