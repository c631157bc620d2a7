// Holds the terminal from the first milliseconds until the full screen takes it over: draws the first frame by hand,
// shows what is typed on it, and keeps every key. It buys the time that Ink, git and the session need to load: on an
// idle machine the composer stands after some 15 ms beside what Node itself takes to start, instead of some 300 to 500.
import { StringDecoder } from 'node:string_decoder';
import { chooseTheme } from '../choose-theme.ts';
import { emptyBuffer } from '../editor.ts';
import { colourLevel, type TerminalEnvironment } from '../terminal/colour-level.ts';
import { hungUp, listenForEndings } from '../terminal/endings.ts';
import type { Theme } from '../theme.ts';
import { type LastFrame, readFrame } from './last-frame.ts';
import { openingRows } from './opening-rows.ts';
import { typeAhead } from './type-ahead.ts';

/** Another screen, pasted text told from keys. */
const TAKE = '\x1b[?1049h\x1b[?2004h';
const GIVE_BACK = '\x1b[?2004l\x1b[?1049l\x1b[?25h';
const HOME = '\x1b[H';
const ERASE_LINE = '\x1b[K';
/**
 * Loading blocks the keyboard: it begins in a pause of that long, or after so much typing in spite of it. Who types as
 * soon as there is a prompt needs some 25 ms to do so, and waited some 200 for the echo where loading came first.
 */
const PAUSE = { ms: 60, atMostMs: 250 };
const CTRL_C = '\x03';

export interface HandedOver {
  /** Whether the alternate screen is on, with the first frame on it. */
  readonly entered: boolean;
  /** What was typed, letters in order with what corrected them; behind them `rest`, as the terminal sent it. */
  readonly typed: string;
}

export interface Opening {
  /** Resolves in the first pause of the typing. */
  settled(): Promise<void>;
  /** The terminal is plain again and nobody reads it, for a question or a last word. What was typed stays kept. */
  leave(): void;
  /** The terminal belongs to the caller from now on, as it stands. */
  handOver(): HandedOver;
}

export interface OpeningTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly environment: TerminalEnvironment;
  /** The text of the frame that the screen was left with; undefined: none fits the session. */
  readonly lastFrame?: string;
}

export function beginOpening({ stdin, stdout, environment, lastFrame }: OpeningTerminal): Opening {
  const theme = chooseTheme('auto', environment);
  const kept = readFrame(lastFrame, colourLevel(environment));
  const decoder = new StringDecoder('utf8');
  const begun = performance.now();
  let heard = Number.NEGATIVE_INFINITY;
  let typed = '';
  let held = true;
  // What waits already was typed while the terminal still edited lines, and made a line feed of Enter.
  let early = true;
  setImmediate(() => {
    early = false;
  });

  const draw = (): boolean => stdout.write(frame(typed, stdout, theme, kept));
  const onReadable = (): void => {
    let read = '';
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read())
      read += typeof chunk === 'string' ? chunk : decoder.write(chunk);
    heard = performance.now();
    typed += early ? read.replace(/\n$/, '\r') : read;
    if (typed.endsWith(CTRL_C + CTRL_C)) process.exit(0);
    draw();
  };
  const onEnd = (): never => process.exit(hungUp.code);
  const release = (): boolean => {
    if (!held) return false;
    held = false;
    stdin.off('readable', onReadable).off('end', onEnd);
    stdout.off('resize', draw);
    stopEndings();
    return true;
  };
  const leave = (): void => {
    if (!release()) return;
    stdin.setRawMode(false);
    stdout.write(GIVE_BACK);
  };
  const stopEndings = listenForEndings(
    ({ code, error }) => {
      leave();
      if (error !== undefined)
        process.stderr.write(
          `hullspeed met a bug: ${error instanceof Error ? error.stack : String(error)}\n`,
        );
      process.exit(code);
    },
    leave,
    () => false,
  );
  stdin.setRawMode(true);
  // Not by `data`: to end that the stream has to be paused, and it would stay so for whoever listens next.
  stdin.on('readable', onReadable).once('end', onEnd);
  stdout.on('resize', draw);
  stdout.write(TAKE);
  draw();

  return {
    async settled() {
      for (;;) {
        const now = performance.now();
        const wait = Math.min(Math.max(heard, begun) + PAUSE.ms, begun + PAUSE.atMostMs) - now;
        if (wait <= 0) return;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    },
    leave,
    handOver: () => ({ entered: release(), typed }),
  };
}

/** What draws the frame over the one before it; '' where the terminal is too small for one. */
function frame(typed: string, stdout: NodeJS.WriteStream, theme: Theme, kept: LastFrame | undefined): string {
  const size = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
  const opening = openingRows(typeAhead(emptyBuffer, typed).draft, size, theme, kept);
  if (opening === undefined) return '';
  const { rows, cursor } = opening;
  // Erased before it is drawn: behind a row that fills the line, terminals erase its last cell.
  const drawn = rows.map((row) => ERASE_LINE + row).join('\r\n');
  return `${HOME}${drawn}\x1b[${cursor.y + 1};${cursor.x + 1}H`;
}
