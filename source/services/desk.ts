// The person's desk: the clipboard by whatever route works, and the editor at a file's line.
import { spawn } from 'node:child_process';
import type { Desk } from '../engine/face.ts';
import { editorCommand } from './editor-command.ts';

export interface DeskOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Where editors start. */
  readonly root: string;
  /** `editor.command` of the config. */
  readonly editor?: string;
}

/** A clipboard program that has not taken the text by then has no display to take it to. */
const COPY_MS = 1_500;

export function createDesk({ environment, root, editor }: DeskOptions): Desk {
  return {
    async copy(text) {
      for (const [name, program, args] of clipboards(environment)) {
        if (await feed(program, args, text, environment)) return name;
      }
      return null;
    },
    editor: (path, line) =>
      editorCommand({ environment, path, ...(line && { line }), ...(editor && { configured: editor }) }),
    open(argv) {
      const [program = '', ...args] = argv;
      return new Promise((resolve) => {
        const child = spawn(program, args, { cwd: root, env: environment, detached: true, stdio: 'ignore' });
        child.once('error', () => resolve(false));
        child.once('spawn', () => {
          child.unref();
          resolve(true);
        });
      });
    },
  };
}

type Clipboard = readonly [name: string, program: string, args: readonly string[]];

/** Those that can work here, nearest first. In tmux its own buffer is always there. */
function clipboards(environment: Readonly<Record<string, string>>): Clipboard[] {
  const routes: Clipboard[] = [];
  if (process.platform === 'darwin') routes.push(['clipboard', 'pbcopy', []]);
  if (environment.WAYLAND_DISPLAY) routes.push(['clipboard', 'wl-copy', []]);
  if (environment.DISPLAY)
    routes.push(['clipboard', 'xclip', ['-selection', 'clipboard']], ['clipboard', 'xsel', ['-bi']]);
  if (environment.TMUX) routes.push(['tmux buffer', 'tmux', ['load-buffer', '-w', '-']]);
  return routes;
}

/** True where the program took the text and ended well. */
function feed(
  program: string,
  args: readonly string[],
  text: string,
  env: Readonly<Record<string, string>>,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'ignore', 'ignore'], timeout: COPY_MS });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    child.stdin.on('error', () => undefined);
    child.stdin.end(text);
  });
}
