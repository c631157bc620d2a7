// The scripted model: reads a request as a model does, and finds in it what is to be done next.
import { type Piece, type RequestBody, say, type WireItem } from './pieces.ts';
import { type Task, tasks } from './tasks.ts';

interface Done {
  readonly name: string;
  readonly argument: string;
  /** Undefined while the call owes one. */
  readonly output: string | undefined;
}

/**
 * The answer to a request, from the request alone: interrupts, retries and restarts need nothing of their own.
 * What is no prompt of the script, it says so.
 */
export function answerDemo(body: RequestBody): readonly Piece[] {
  const task = body.tools?.length ? taskOf(body.input) : undefined;
  return task === undefined ? [say(introduction())] : nextStep(task, callsOf(body.input));
}

function introduction(): string {
  const prompts = tasks.map((task, at) => `${at + 1}. ${task.prompt}`).join('\n');
  return `I am a script that stands in for a model, so I cannot answer that. I know these prompts, and do them for real:\n\n${prompts}\n\nWith OPENAI_API_KEY or --base-url there is a model here instead.`;
}

/** The task that the person asked for last, or the one that goes on under a steer or a notice. */
function taskOf(input: readonly WireItem[]): Task | undefined {
  const asked = input.flatMap((item) =>
    isWords(item) ? [tasks.find((task) => task.prompt === textOf(item))] : [],
  );
  const last = asked.at(-1);
  if (last !== undefined || !isUnderway(input)) return last;
  return asked.findLast((task) => task !== undefined && nextCalls(task, callsOf(input)) !== undefined);
}

/** Whether what was said last was said in the middle of a turn: right behind outputs that nobody interrupted. */
function isUnderway(input: readonly WireItem[]): boolean {
  const before = input.findLast((item) => item.role !== 'user');
  return typeof before?.output === 'string' && !isInterrupted(before.output);
}

function nextStep(task: Task, done: readonly Done[]): readonly Piece[] {
  const stuck = done.find(
    (each) =>
      each.name === 'apply_patch' && belongs(each, task) && !isGood(each) && !isInterrupted(each.output),
  );
  if (stuck !== undefined)
    return [say(`I am a script, and my patch does not fit these files any more:\n\n${stuck.output}`)];
  const step = nextCalls(task, done);
  if (step !== undefined) return step;
  const ship = done.findLast((each) => each.name === 'ship' && belongs(each, task));
  return [say(`That is as far as my script goes with this prompt. The ship said:\n\n${ship?.output ?? ''}`)];
}

/** The first step with calls that are not done, without those that are. */
function nextCalls(task: Task, done: readonly Done[]): readonly Piece[] | undefined {
  for (const step of task.steps) {
    const open = step.filter(
      (piece) => isCall(piece) && !done.some((each) => isSame(piece, each) && isGood(each)),
    );
    if (open.length > 0) return step.filter((piece) => !isCall(piece) || open.includes(piece));
  }
  return undefined;
}

function belongs(call: Done, task: Task): boolean {
  return task.steps.flat().some((piece) => isSame(piece, call));
}

function isCall(piece: Piece): boolean {
  return piece.kind === 'call' || piece.kind === 'patch';
}

function isSame(piece: Piece, call: Done): boolean {
  if (piece.kind === 'call') return call.name === piece.name && call.argument === JSON.stringify(piece.args);
  return (
    piece.kind === 'patch' &&
    call.name === 'apply_patch' &&
    [piece.text, JSON.stringify({ input: piece.text })].includes(call.argument)
  );
}

/** A command is done whatever it said; a patch only when it was applied. */
function isGood({ name, output }: Done): boolean {
  if (output === undefined || isInterrupted(output)) return false;
  return name !== 'apply_patch' || output.startsWith('Success');
}

function isInterrupted(output: string | undefined): boolean {
  return output === undefined || /^(interrupted|not run)/.test(output);
}

function callsOf(input: readonly WireItem[]): Done[] {
  return input.flatMap((item, at) => {
    if (item.type !== 'function_call' && item.type !== 'custom_tool_call') return [];
    // A provider may use a call id again: the output is the next one behind the call.
    const output = input
      .slice(at)
      .find((each) => each.output !== undefined && each.call_id === item.call_id)?.output;
    const argument = String(item.arguments ?? item.input);
    return [{ name: String(item.name), argument, output: output === undefined ? undefined : String(output) }];
  });
}

/** What a person typed; what the harness adds is wrapped in a tag. */
function isWords(item: WireItem): boolean {
  return item.role === 'user' && !textOf(item).startsWith('<hullspeed ');
}

function textOf(item: WireItem): string {
  const parts = Array.isArray(item.content) ? item.content : [{ text: item.content }];
  return parts
    .map((part: { text?: unknown }) => part.text ?? '')
    .join('')
    .trim();
}
