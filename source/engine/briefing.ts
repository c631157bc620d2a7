// What the model is told of the project unasked: as a context begins the instructions, the place, the docs pages and the
// decisions; then what has changed of them, and the page that fits what it does.
import type { Context } from '../session/context.ts';
import type { StepInput } from '../session/facts.ts';
import { knownDecisions } from './decisions.ts';
import { changedDocs, type Docs, hintAtDocs, listDocs, prepareDocs } from './docs.ts';
import type { Repository } from './git-ports.ts';
import type { Project } from './ports.ts';
import { instructionsText } from './prompt.ts';
import type { Store } from './store.ts';

export interface BriefingPorts {
  readonly store: Store;
  readonly project: Pick<Project, 'instructions' | 'environment' | 'docs'>;
  readonly repository: Pick<Repository, 'decisions'>;
}

/** A context's first words, fixed until the next one begins (rule 1). */
export interface Beginning {
  readonly inputs: readonly StepInput[];
  readonly instructions: string;
}

export interface Briefing {
  /** For the context that begins with the next step; undefined where one has begun. `said`: what it begins for. */
  begin(said: readonly string[]): Promise<Beginning | undefined>;
  /** As a turn begins: what has changed since the model was told. */
  catchUp(): Promise<readonly StepInput[]>;
  /** At the pages that fit a step, of which `inputs` are the words. */
  hints(inputs: readonly StepInput[]): readonly StepInput[];
}

export function createBriefing({ store, project, repository }: BriefingPorts): Briefing {
  let docs: Docs = [];
  const context = (): Context => store.getState().context;
  return {
    async begin(said) {
      const { instructions: begun, ledger } = context();
      if (begun !== undefined) return undefined;
      const [instructions, place, decisions, pages] = await Promise.all([
        project.instructions(),
        project.environment(),
        knownDecisions(repository),
        project.docs(),
      ]);
      docs = prepareDocs(pages);
      // After a compaction the task is in what was said before.
      const list = listDocs(pages, [...ledger.said.map(({ text }) => text), ...said].join('\n'));
      const inputs: StepInput[] = [
        { kind: 'notice', text: place },
        { kind: 'docs', text: list },
        { kind: 'decisions', text: decisions },
      ];
      return {
        inputs: inputs.filter(({ text }) => text !== ''),
        instructions: instructionsText(instructions),
      };
    },
    async catchUp() {
      if (context().instructions === undefined) return [];
      const [instructions, pages] = await Promise.all([project.instructions(), project.docs()]);
      docs = prepareDocs(pages);
      const inputs: StepInput[] = [
        { kind: 'docs', text: changedDocs(context(), pages) },
        { kind: 'notice', text: changedInstructions(context(), instructionsText(instructions)) },
      ];
      return inputs.filter(({ text }) => text !== '');
    },
    hints: (inputs) => hintAtDocs(context(), docs, inputs),
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
