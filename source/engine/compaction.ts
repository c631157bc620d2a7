// Making the context shorter before it meets the window: the running turn and the last prompts stay word for word,
// the rest becomes the provider's compaction or a summary, and what must not be forgotten is put back beside it.
import type { Context, Entry } from '../session/context.ts';
import { texts } from '../session/conversation.ts';
import type { SessionEvent } from '../session/events.ts';
import type { StepInput, WireItem } from '../session/facts.ts';
import { IMAGE_TOKENS } from '../session/image.ts';
import type { SessionState } from '../session/state.ts';
import { estimateTokens, inputOf, message } from './context.ts';
import type { ModelAnswer, ModelFailure, ModelRequest } from './ports.ts';
import { backoffMs, type StepPorts, waitToRetry } from './step.ts';

/** What is left of an output that is cut to its head and tail (characters). */
const CUT_OUTPUT = 1_200;
/** How often a summary is asked for when the world fails; then the context stays as it was. */
const TRIES = 5;
/** Lines of each section that is put back. */
const SECTION = 80;

const ASK = `The context is about to be made shorter. Write what an engineer needs to go on with this work without reading anything again: the goal and the person's wishes and corrections; what was done and decided, and why; what was learnt about the code (files, functions, facts with their paths); what is open, and the very next step. Facts, no praise, at most 1,500 words. Do not call any tool.`;

/** Whether the next request would pass the threshold; never twice without a finished step between. */
export function compactionDue(state: SessionState, inputs: readonly StepInput[], compactAt: number): boolean {
  const { context } = state;
  if (!context.fresh) return false;
  const known =
    context.tokens + tailTokens(context) + inputs.reduce((sum, input) => sum + inputTokens(input), 0);
  return known > compactAt;
}

/** Tokens of what came after the last answer, which its usage does not count; of all, where nobody counts. */
function tailTokens(context: Context): number {
  const last = context.entries.findLastIndex((entry) => entry.kind === 'answer');
  return context.entries
    .slice(context.tokens > 0 ? last + 1 : 0)
    .reduce((sum, entry) => sum + entryTokens(entry), 0);
}

function entryTokens(entry: Entry): number {
  if (entry.kind === 'output') return estimateTokens(entry.output);
  return entry.kind === 'input' ? inputTokens(entry.input) : estimateTokens(JSON.stringify(entry.items));
}

function inputTokens({ text, images = [] }: StepInput): number {
  return estimateTokens(text) + images.length * IMAGE_TOKENS;
}

/**
 * Compacts what is older than the running turn; then, where that is not enough, cuts the turn's oldest outputs.
 * False: nothing could be made shorter. Rejects never; a provider that fails leaves the context as it was.
 */
export async function compact(ports: StepPorts, signal: AbortSignal): Promise<boolean> {
  const { store, live, settings } = ports;
  return live.during('compacting', async () => {
    const state = store.getState();
    const keepFrom = state.turns.running?.id ?? state.seq + 1;
    const older = state.context.entries.some((entry) => entry.seq < keepFrom);
    const shortened = older && state.context.fresh ? await replaceOlder(ports, keepFrom, signal) : false;
    // Refused again: the estimate was wrong, so nothing is kept back.
    const fit = state.context.fresh ? Math.floor(settings.compactAt * 0.8) : 0;
    const cut = cutOutputs(ports, fit, shortened);
    return shortened || cut;
  });
}

/** `/new`: a fresh context; journal, queue and commits stay. */
export function beginAnew(ports: Pick<StepPorts, 'store'>): void {
  const { context, seq } = ports.store.getState();
  ports.store.record({
    type: 'context.compacted',
    by: 'new',
    keepFrom: seq + 1,
    carry: [],
    before: context.tokens,
    ms: 0,
  });
}

type Compacted = SessionEvent & { type: 'context.compacted' };

async function replaceOlder(ports: StepPorts, keepFrom: number, signal: AbortSignal): Promise<boolean> {
  const { store, clock, stopwatch } = ports;
  const begun = clock.mono();
  const { context } = store.getState();
  const older: Context = { ...context, entries: context.entries.filter((entry) => entry.seq < keepFrom) };
  const fact = await stopwatch.during('model', () => shorter(ports, older, signal));
  // Begun anew meanwhile: what was forgotten does not come back.
  if (fact === null || store.getState().context !== context) return false;
  const carry = carried(store.getState(), keepFrom);
  store.record({
    type: 'context.compacted',
    ...fact,
    keepFrom,
    carry,
    before: context.tokens,
    ms: Math.round(clock.mono() - begun),
  });
  return true;
}

/** The provider's own compaction, else a summary; null where both fail. */
async function shorter(
  ports: StepPorts,
  older: Context,
  signal: AbortSignal,
): Promise<Pick<Compacted, 'by' | 'items' | 'summary' | 'usage' | 'model' | 'host'> | null> {
  const { model, tools, cacheKey } = ports;
  const request = { instructions: older.instructions ?? '', tools: tools.definitions(model), cacheKey };
  const own = await model.compact({ ...request, input: inputOf(older, model, ports.readImage) }, signal);
  if (own !== null && isAnswer(own))
    return { by: 'provider', items: own.items, usage: own.usage, model: model.name, host: model.host };
  for (const context of [older, cutAll(older), wordsOnly(older)]) {
    const input = [...inputOf(context, model, ports.readImage), message(ASK)];
    const answer = await askPatiently(ports, { ...request, toolChoice: 'none', input }, signal);
    if (signal.aborted) return null;
    if (!isAnswer(answer)) {
      if (answer.kind === 'length' || answer.kind === 'reasoning' || answer.kind === 'images') continue;
      ports.store.record({
        type: 'notice.raised',
        level: 'warning',
        text: `the context could not be summarised: ${answer.reason}`,
      });
      return null;
    }
    const summary = answer.items
      .flatMap((item) => (item.type === 'message' ? texts(item.content) : []))
      .join('\n')
      .trim();
    if (summary !== '') return { by: 'summary', summary, usage: answer.usage };
  }
  return null;
}

async function askPatiently(
  ports: StepPorts,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<ModelAnswer | ModelFailure> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ports.model.ask(request, () => undefined, signal);
    if (isAnswer(answer) || answer.kind !== 'again' || attempt + 1 === TRIES) return answer;
    await waitToRetry(ports, answer, backoffMs(answer, attempt), signal);
  }
}

function isAnswer(answer: ModelAnswer | ModelFailure): answer is ModelAnswer {
  return 'items' in answer;
}

function cutAll(context: Context): Context {
  return {
    ...context,
    entries: context.entries.map((entry) =>
      entry.kind === 'output' ? { ...entry, output: cutText(entry.output) } : entry,
    ),
  };
}

/** Prompts and answers without images, calls, outputs and reasoning: the last resort for a summary. */
function wordsOnly(context: Context): Context {
  const entries = context.entries.flatMap((entry): Entry[] => {
    if (entry.kind === 'output') return [];
    if (entry.kind === 'input')
      return [{ ...entry, input: { kind: entry.input.kind, text: cutText(entry.input.text) } }];
    const items: WireItem[] = entry.items.filter((item) => item.type === 'message');
    return items.length === 0 ? [] : [{ ...entry, items }];
  });
  return { ...context, entries: entries.slice(-400) };
}

/** What is put back word for word: the last prompts, and one block of facts that the session itself knows. */
function carried(state: SessionState, keepFrom: number): StepInput[] {
  const { ledger } = state.context;
  const said = ledger.said.filter((each) => each.seq < keepFrom).map((each) => `- ${each.text}`);
  const facts = [
    section('The last prompts of the person, oldest first (done unless the summary says otherwise)', said),
    section('Files that you changed', ledger.changed),
    section('Files that your commands named', ledger.named),
    section('Changed and not committed yet', Object.keys(state.claims)),
    section('Tests', [testsLine(state)]),
    section(
      'Waiting in the queue',
      state.queue.items.map((item) => clip(item.text, 200)),
    ),
  ];
  return [{ kind: 'notice', text: facts.filter((fact) => fact !== '').join('\n\n') }];
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length > SECTION ? `\n… and ${lines.length - SECTION} more` : '';
  return `${title}:\n${lines.slice(0, SECTION).join('\n')}${more}`;
}

function testsLine(state: SessionState): string {
  const last = state.tests.last;
  if (last === undefined) return 'not run yet';
  const failing = last.failures.slice(0, 10).map((failure) => failure.name);
  return `${last.verdict} by \`${last.command}\`${failing.length > 0 ? `; failing: ${failing.join('; ')}` : ''}`;
}

function clip(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters)} …`;
}

/** Cuts outputs, oldest first, until the context is estimated to fit; whether anything was cut. */
function cutOutputs(ports: StepPorts, fit: number, compacted: boolean): boolean {
  const { store } = ports;
  const { context } = store.getState();
  let size = context.entries.reduce(
    (sum, entry) => sum + entryTokens(entry),
    estimateTokens(context.compacted?.summary ?? ''),
  );
  if (compacted && size <= fit) return false;
  const cut: { call: string; output: string }[] = [];
  for (const entry of context.entries) {
    if (size <= fit && cut.length > 0) break;
    if (entry.kind !== 'output' || entry.output.length <= CUT_OUTPUT * 1.5) continue;
    const output = cutText(entry.output);
    size -= estimateTokens(entry.output) - estimateTokens(output);
    cut.push({ call: entry.call, output });
  }
  if (cut.length === 0) return false;
  store.record({
    type: 'context.compacted',
    by: 'cut',
    keepFrom: 0,
    carry: [],
    cut,
    before: context.tokens,
    ms: 0,
  });
  return true;
}

function cutText(text: string): string {
  if (text.length <= CUT_OUTPUT * 1.5) return text;
  const half = CUT_OUTPUT / 2;
  return `${text.slice(0, half)}\n… ${text.length - CUT_OUTPUT} characters cut to make room …\n${text.slice(-half)}`;
}
