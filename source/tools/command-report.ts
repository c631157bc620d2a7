// What the model reads about a command: one line on how it stands, then what it printed.
import { constants } from 'node:os';
import type { ToolResult } from '../engine/ports.ts';
import { boundText } from './command/bound-text.ts';
import type { Command } from './command/command.ts';
import type { Printed } from './command/output.ts';
import { isLive } from './command/table.ts';

/** Of a token, about. */
const BYTES_PER_TOKEN = 4;

/** Takes what was printed since the last report. `interrupted`: the person ended the wait, and the command where it was `killed`. */
export function reportCommand(
  command: Command,
  maxTokens: number,
  ending: 'answered' | 'interrupted' | 'killed',
): ToolResult {
  const printed = command.take();
  const { text, kept } = boundText(printed, maxTokens * BYTES_PER_TOKEN);
  const whole = kept && wholeOf(printed);
  const goesOn = isLive(command) && ending !== 'killed';
  const exit = command.exit()?.code;
  const line =
    ending === 'killed'
      ? `Interrupted after ${seconds(command)}: killed with its children.`
      : `${ending === 'interrupted' ? 'Interrupted. ' : ''}${standing(command)}`;
  return {
    outcome: ending === 'answered' ? 'ok' : 'interrupted',
    output: text === '' ? line : `${line}\n${text}`,
    ...(kept && { kept }),
    ...(whole && { whole }),
    ...(typeof exit === 'number' && ending !== 'killed' && { exit }),
    ...(goesOn && { session: command.session }),
  };
}

/** Undefined where the disk did not take it. */
function wholeOf({ head, tail, droppedBytes, blob }: Printed): ToolResult['whole'] {
  if (droppedBytes === 0) return { bytes: Buffer.concat([head, tail]) };
  return blob === undefined ? undefined : { blob };
}

function standing(command: Command): string {
  const exit = command.exit();
  if (exit === undefined) return `Still running after ${seconds(command)} as session ${command.session}.`;
  const end =
    exit.code === null
      ? `Killed by ${typeof exit.signal === 'string' ? exit.signal : `signal ${exit.signal ?? 'unknown'}`}`
      : `Exit code ${exit.code}${signalOf(exit.code)}`;
  return isLive(command)
    ? `${end}; what it started still runs as session ${command.session}.`
    : `${end} after ${seconds(command)}.`;
}

/** A shell's way to say that a signal killed what it ran, or itself: 128 more than its number. */
function signalOf(code: number): string {
  if (code <= 128) return '';
  const name = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return name === undefined ? '' : ` (${name})`;
}

function seconds(command: Command): string {
  return `${command.seconds().toFixed(1)} s`;
}

/** For a model that is to choose one of them. */
export function listCommands(commands: readonly Command[]): string {
  const rows = commands.map(({ session, cmd }) => `${session}: ${cmd.split('\n', 1)[0]?.slice(0, 80)}`);
  return rows.length === 0 ? 'No session runs.' : `These sessions run:\n${rows.join('\n')}`;
}
