// The image in the person's clipboard, by whatever program can tell it on this desk.
import { spawn } from 'node:child_process';

export interface ImageRoute {
  readonly program: string;
  readonly args: readonly string[];
  /** What the program prints, as bytes. */
  readonly decode?: (output: Buffer) => Uint8Array;
}

/** A program that has not answered by then has no display to ask. */
const PASTE_MS = 3_000;
/** Larger than any image that is taken. */
const MOST_BYTES = 40_000_000;

/** Those that can work here, best first. */
export function imageRoutes(
  platform: NodeJS.Platform,
  { WAYLAND_DISPLAY, DISPLAY }: Readonly<Record<string, string | undefined>>,
): readonly ImageRoute[] {
  if (platform === 'darwin')
    return [
      { program: 'pngpaste', args: ['-'] },
      { program: 'osascript', args: ['-e', 'get the clipboard as «class PNGf»'], decode: fromAppleScript },
    ];
  const routes: ImageRoute[] = [];
  for (const type of ['image/png', 'image/jpeg']) {
    if (WAYLAND_DISPLAY) routes.push({ program: 'wl-paste', args: ['--no-newline', '--type', type] });
    if (DISPLAY) routes.push({ program: 'xclip', args: ['-selection', 'clipboard', '-t', type, '-o'] });
  }
  return routes;
}

/** Never rejects. */
export async function clipboardImage(
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): Promise<{ readonly bytes: Uint8Array } | { readonly failed: string }> {
  const routes = imageRoutes(platform, env);
  if (routes.length === 0)
    return { failed: 'no clipboard can be read here: there is no display. Name a file instead' };
  let started = false;
  for (const { program, args, decode = (output: Buffer): Uint8Array => output } of routes) {
    const output = await read(program, args, env);
    started ||= output !== undefined;
    const bytes = output && decode(output);
    if (bytes !== undefined && bytes.length > 0) return { bytes };
  }
  const programs = [...new Set(routes.map(({ program }) => program))].join(' or ');
  return {
    failed: started
      ? 'there is no image in the clipboard'
      : `the clipboard cannot be read: install ${programs}`,
  };
}

/** Undefined where it cannot be started; nothing where it has no image. */
function read(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'], timeout: PASTE_MS });
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.once('error', () => resolve(undefined));
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) child.kill();
      else chunks.push(chunk);
    });
    child.once('close', (code) => resolve(code === 0 ? Buffer.concat(chunks) : Buffer.alloc(0)));
  });
}

/** AppleScript prints bytes as `«data PNGf89504E47…»`. */
function fromAppleScript(output: Buffer): Uint8Array {
  const hex = /«data PNGf([0-9A-F]*)»/.exec(output.toString('utf8'))?.[1] ?? '';
  return Buffer.from(hex, 'hex');
}
