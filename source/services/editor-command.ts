// How the person's editor is told to open a file at a line.
import { basename } from 'node:path';
import type { EditorCommand } from '../engine/face.ts';

export interface EditorRequest {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `editor.command`: `{file}` and `{line}` stand for what is opened. Has the terminal where it is an editor that needs one. */
  readonly configured?: string;
  readonly path: string;
  /** 1-based. */
  readonly line?: number;
}

/** Editors that have a window of their own: the screen stays. */
const WINDOWS = new Set([
  'code',
  'code-insiders',
  'codium',
  'cursor',
  'windsurf',
  'zed',
  'zeditor',
  'subl',
  'mate',
  'idea',
  'webstorm',
  'gvim',
  'mvim',
]);
/** Editors that need a terminal. */
const TERMINALS = new Set([
  'vi',
  'vim',
  'nvim',
  'hx',
  'helix',
  'kak',
  'micro',
  'nano',
  'pico',
  'ed',
  'joe',
  'ne',
]);
/** FILE:LINE, with the flag that some need before it. */
const COLON: Readonly<Record<string, readonly string[]>> = {
  code: ['-g'],
  'code-insiders': ['-g'],
  codium: ['-g'],
  cursor: ['-g'],
  windsurf: ['-g'],
  zed: [],
  zeditor: [],
  subl: [],
  hx: [],
  helix: [],
  kak: [],
  micro: [],
};

/** Null where no editor is named: then vi would be a guess. */
export function editorCommand({ environment, configured, path, line }: EditorRequest): EditorCommand | null {
  if (configured !== undefined) {
    const argv = words(configured).map((word) =>
      word.replaceAll('{file}', path).replaceAll('{line}', String(line ?? 1)),
    );
    const window = !TERMINALS.has(basename(argv[0] ?? ''));
    return { argv: configured.includes('{file}') ? argv : [...argv, path], window };
  }
  const named = environment.VISUAL || environment.EDITOR;
  if (!named) return null;
  const argv = words(named);
  const name = basename(argv[0] ?? '');
  const colon = COLON[name];
  if (line === undefined) return { argv: [...argv, path], window: WINDOWS.has(name) };
  const target = colon ? [...colon, `${path}:${line}`] : [`+${line}`, path];
  return { argv: [...argv, ...target], window: WINDOWS.has(name) };
}

/** As a shell splits words, with quotes and without anything else of a shell. */
function words(text: string): string[] {
  const found = text.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return found.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double));
}
