// What the model is told of the project unasked: as a context begins the instructions, the place, the docs pages and the
// decisions; then what has changed of them, and the page that fits what it does. It is looked up beside open requests, so
// that nobody waits for it.
import type { Commits } from '../session/commits.ts';
import type { Context } from '../session/context.ts';
import type { StepInput } from '../session/facts.ts';
import { knownDecisions } from './decisions.ts';
import { changedDocs, type Docs, hintAtDocs, listDocs, prepareDocs } from './docs.ts';
import type { Repository } from './git-ports.ts';
import type { Clock, Project } from './ports.ts';
import { instructionsText } from './prompt.ts';
import type { Store } from './store.ts';

export interface BriefingPorts {
  readonly store: Store;
  readonly project: Pick<Project, 'instructions' | 'environment' | 'docs'>;
  readonly repository: Pick<Repository, 'decisions'>;
  readonly clock: Pick<Clock, 'sleep'>;
}

/** A context's first words, fixed until the next one begins (rule 1). */
export interface Beginning {
  readonly inputs: readonly StepInput[];
  readonly instructions: string;
}

export interface Briefing {
  /** Looks ahead: as the session opens, beside each request, and where a context has ended. Never rejects. */
  look(): Promise<void>;
  /** For the context that begins with the next step; undefined where one has begun. `said`: what it begins for. */
  begin(said: readonly string[]): Promise<Beginning | undefined>;
  /** As a turn begins: looks, and tells what has changed of the instructions. */
  catchUp(): Promise<readonly StepInput[]>;
  /** As a step begins: what has changed of the docs, as far as the last look saw it and as patches wrote it since. */
  news(): Promise<readonly StepInput[]>;
  /** At the pages that fit a step, of which `inputs` are the words. */
  hints(inputs: readonly StepInput[]): readonly StepInput[];
}

/** Longest that a request waits for a look, in ms: for a disk that hangs. What is seen later is told with the next step. */
const PATIENCE_MS = 2_000;
/** Pages of one answer's patches that are looked at before the next request; the others are seen beside it. */
const PATCHED = 16;

export function createBriefing(ports: BriefingPorts): Briefing {
  const { store, project, repository } = ports;
  const context = (): Context => store.getState().context;
  const docs = createDocs(ports);
  /** Whether git has been asked for the decisions since the last commit: a context that begins finds them then. */
  let isAsked = false;
  const look = async (): Promise<void> => {
    const decisions = isAsked ? undefined : knownDecisions(repository, store.getState().commits);
    isAsked = true;
    await Promise.all([docs.look(), decisions]);
  };
  store.onEvent(({ type }) => {
    if (type === 'commit.created' || type === 'context.compacted') isAsked = false;
    if (type === 'context.compacted') void look();
  });
  return {
    look,
    async begin(said) {
      const { instructions: begun, ledger } = context();
      if (begun !== undefined) return undefined;
      // After a compaction the task is in what was said before.
      const task = [...ledger.said.map(({ text }) => text), ...said].join('\n');
      return beginningNow({ ...ports, commits: store.getState().commits }, async () => {
        await docs.look();
        return docs.begin(task);
      });
    },
    async catchUp() {
      if (context().instructions === undefined) return [];
      const [instructions] = await Promise.all([project.instructions(), docs.look()]);
      const text = changedInstructions(context(), instructionsText(instructions));
      return text === '' ? [] : [{ kind: 'notice', text }];
    },
    async news() {
      const text = await docs.news();
      return text === '' ? [] : [{ kind: 'docs', text }];
    },
    hints: docs.hints,
  };
}

/** What a context would begin with now; `list`: its docs pages. */
export async function beginningNow(
  {
    project,
    repository,
    commits,
  }: Pick<BriefingPorts, 'project' | 'repository'> & { readonly commits: Commits },
  list: () => Promise<string>,
): Promise<Beginning> {
  const [instructions, place, decisions, docs] = await Promise.all([
    project.instructions(),
    project.environment(),
    knownDecisions(repository, commits),
    list(),
  ]);
  const inputs: StepInput[] = [
    { kind: 'notice', text: place },
    { kind: 'docs', text: docs },
    { kind: 'decisions', text: decisions },
  ];
  return { inputs: inputs.filter(({ text }) => text !== ''), instructions: instructionsText(instructions) };
}

/** The docs pages as the last look saw them, beside what the model knows of them. */
interface KnownDocs {
  look(): Promise<void>;
  begin(task: string): string;
  news(): Promise<string>;
  hints(inputs: readonly StepInput[]): readonly StepInput[];
}

function createDocs({ store, project, clock }: BriefingPorts): KnownDocs {
  let docs: Docs = prepareDocs([]);
  /** What is no news, though the model's list was cut before it. */
  let before: Docs | undefined;
  /** Of which all is told. */
  let told: Docs | undefined;
  /** Undefined: it is over. */
  let looking: Promise<void> | undefined;
  const patched = new Set<string>();
  const read = async (only?: readonly string[]): Promise<void> => {
    const pages = await project.docs(only);
    if (pages !== docs.pages) docs = prepareDocs(pages);
  };
  /** The newest look, or as much of it as there is time for. */
  const seen = async (): Promise<void> => {
    if (looking === undefined) return;
    const over = new AbortController();
    await Promise.race([looking, clock.sleep(PATIENCE_MS, over.signal)]);
    over.abort();
  };
  store.onEvent((event) => {
    if (event.type === 'call.finished') for (const { path } of event.changes ?? []) patched.add(path);
    if (event.type === 'step.started' && event.inputs.some(({ kind }) => kind === 'docs')) before = docs;
  });
  return {
    look() {
      patched.clear();
      const own = read().finally(() => {
        if (looking === own) looking = undefined;
      });
      looking = own;
      return seen();
    },
    begin(task) {
      before = docs;
      told = undefined;
      return listDocs(docs.pages, task);
    },
    async news() {
      await seen();
      const written = [...patched].filter((path) => /\.md$/i.test(path));
      patched.clear();
      if (written.length > 0) await read(written.slice(0, PATCHED));
      before ??= docs;
      if (docs === told) return '';
      const state = store.getState();
      const own = (path: string): boolean =>
        path in state.claims || state.context.ledger.changed.includes(path);
      const text = changedDocs(state.context, docs, before, own);
      if (text === '') told = docs;
      return text;
    },
    hints: (inputs) => hintAtDocs(store.getState().context, docs, inputs),
  };
}

const CHANGED = 'The instructions of the person and the project have changed.';

/** '' where the model has them as they are now. */
function changedInstructions({ entries, instructions }: Context, now: string): string {
  const told = entries.findLast((entry) => entry.kind === 'input' && entry.input.text.startsWith(CHANGED));
  const text = `${CHANGED} From now on they are, in full:\n${now}`;
  const last = told?.kind === 'input' ? told.input.text : instructions;
  return last === now || last === text ? '' : text;
}
