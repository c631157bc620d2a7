// The person's desk: the clipboard by whatever route works, and the editor at a file's line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Desk } from '../engine/face.ts';
import type { FittedImage } from '../engine/ports.ts';
import { clipboardImage } from './clipboard-image.ts';
import { copyText } from './copy.ts';
import { editorCommand } from './editor-command.ts';
import { editorInPane } from './editor-pane.ts';

export interface DeskOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Where editors start. */
  readonly root: string;
  /** `editor.command` of the config. */
  readonly editor?: string;
  /** `editor.tmux_pane` of the config: goes before the command. */
  readonly editorPane?: string;
  /** Brings an image to the size in which it is sent. */
  readonly fitImage?: (name: string, bytes: Uint8Array) => Promise<FittedImage>;
}

/** Colours as colours; without it their sequences would be shown. */
const DEFAULT_PAGER = 'less -R';

export function createDesk({ environment, root, editor, editorPane, fitImage = asItIs }: DeskOptions): Desk {
  return {
    copy: (text, send) => copyText(text, environment, send),
    async pasteImage() {
      const image = await clipboardImage(environment);
      return 'failed' in image ? image : fitImage('the image from the clipboard', image.bytes);
    },
    async readImage(path) {
      const file = resolve(root, path.replace(/^~(?=\/)/, environment.HOME ?? '~'));
      const image = await readBytes(file);
      return image === null || 'failed' in image ? image : fitImage(basename(file), image.bytes);
    },
    editor: async (path, line) =>
      editorPane !== undefined
        ? editorInPane({ pane: editorPane, path, ...(line && { line }) }, environment)
        : editorCommand({ environment, path, ...(line && { line }), ...(editor && { configured: editor }) }),
    pager: (path) => [...(environment.PAGER?.trim() || DEFAULT_PAGER).split(/\s+/), path],
    write: (text) => writeInEditor(text, environment),
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
    run(argv) {
      const [program = '', ...args] = argv;
      return new Promise((resolve) => {
        const child = spawn(program, args, { cwd: root, env: environment, stdio: 'inherit' });
        child.once('error', () => resolve(false));
        child.once('exit', () => resolve(true));
      });
    },
  };
}

const asItIs = (_: string, bytes: Uint8Array): Promise<FittedImage> => Promise.resolve({ bytes });

/** Larger than any image that is taken: what is larger is not read to be refused. */
const MOST_BYTES = 100_000_000;

async function readBytes(path: string): Promise<FittedImage | null> {
  try {
    const found = await stat(path);
    const { size } = found;
    if (!found.isFile()) return null;
    if (size > MOST_BYTES)
      return { failed: `${basename(path)} is too large: it has ${Math.round(size / 1e6)} MB` };
    return { bytes: await readFile(path) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    return { failed: `${basename(path)} cannot be read: ${message}` };
  }
}

/** In a file that nobody else can read, named so that editors know what it is. */
async function writeInEditor(text: string, env: Readonly<Record<string, string>>): ReturnType<Desk['write']> {
  const folder = await mkdtemp(join(tmpdir(), 'hullspeed-prompt-'));
  const file = join(folder, 'prompt.md');
  try {
    await writeFile(file, text, { mode: 0o600 });
    const command = editorCommand({ environment: env, path: file });
    if (command === null) return { failed: 'no editor is set: put one into $EDITOR' };
    const [program = '', ...args] = command.argv;
    const child = spawn(program, args, { env, stdio: 'inherit' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) return { failed: `${program} ended with ${code ?? 'a signal'}: the draft is as it was` };
    return { text: (await readFile(file, 'utf8')).replace(/\n$/, '') };
  } catch (error) {
    return { failed: `the editor could not be used: ${error instanceof Error ? error.message : error}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
