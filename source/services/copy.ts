// Text on its way to where the person pastes: by a clipboard program, by tmux, and by the terminal itself (OSC 52).
import { spawn } from 'node:child_process';
import type { Copied } from '../engine/face.ts';

/** A clipboard program that has not taken the text by then has no display to take it to. */
const COPY_MS = 1_500;
/** Base64 characters that every known terminal takes in one OSC 52: hterm's limit, the least of them. */
const MOST_OFFERED = 74_994;

type Environment = Readonly<Record<string, string>>;
type Route = readonly [name: string, program: string, args: readonly string[]];

/**
 * The first program that takes the text is the route. The terminal is offered it too, unless the person's own clipboard has
 * it: over ssh a program copies to the wrong machine, and tmux may keep its buffer to itself. A terminal never answers.
 */
export async function copyText(
  text: string,
  environment: Environment,
  send: (sequence: string) => void,
): Promise<Copied> {
  const taken = await firstTaken(routes(environment), text, environment);
  if (taken === 'clipboard') return { copied: taken };
  const offered = offer(text, environment.TMUX !== undefined);
  if (offered !== undefined) send(offered);
  if (taken !== undefined) return { copied: taken };
  if (offered !== undefined) return { offered: 'the terminal (OSC 52)' };
  return { failed: 'no clipboard program works here, and it is too long for the terminal' };
}

/** Those that can work here, nearest first. In tmux its own buffer is always there. */
function routes(environment: Environment): Route[] {
  const remote = Boolean(environment.SSH_CONNECTION || environment.SSH_TTY);
  const found: Route[] = [];
  if (process.platform === 'darwin' && !remote) found.push(['clipboard', 'pbcopy', []]);
  if (environment.WAYLAND_DISPLAY && !remote) found.push(['clipboard', 'wl-copy', []]);
  // Over ssh the display, if there is one, is the person's own.
  if (environment.DISPLAY)
    found.push(['clipboard', 'xclip', ['-selection', 'clipboard']], ['clipboard', 'xsel', ['-bi']]);
  if (environment.TMUX)
    // -w hands it on to the terminal's clipboard; tmux before 3.2 does not know it.
    found.push(
      ['tmux buffer', 'tmux', ['load-buffer', '-w', '-']],
      ['tmux buffer', 'tmux', ['load-buffer', '-']],
    );
  return found;
}

async function firstTaken(
  all: readonly Route[],
  text: string,
  environment: Environment,
): Promise<string | undefined> {
  for (const [name, program, args] of all) if (await feed(program, args, text, environment)) return name;
  return undefined;
}

/** Undefined for a text that is too long. tmux takes the plain one for itself and hands the wrapped one on, where it may. */
function offer(text: string, tmux: boolean): string | undefined {
  const encoded = Buffer.from(text).toString('base64');
  if (encoded.length > MOST_OFFERED) return undefined;
  const sequence = `\x1b]52;c;${encoded}\x07`;
  return tmux ? `${sequence}\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\` : sequence;
}

/** True where the program took the text and ended well. */
function feed(program: string, args: readonly string[], text: string, env: Environment): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'ignore', 'ignore'], timeout: COPY_MS });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    child.stdin.on('error', () => undefined);
    child.stdin.end(text);
  });
}
