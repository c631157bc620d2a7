// `hullspeed references`: lists the other projects that a session knows, or removes one, open or not.
import type { Parsed } from '../args.ts';
import { AppError } from '../engine/errors.ts';
import { printReferences, printRemoved, type RemovalAnswer, readRemoval } from '../headless/references.ts';
import { readJournal } from '../journal/read-journal.ts';
import { locate, type Program } from '../wire.ts';
import { deliver } from './deliver.ts';
import { noRepository } from './run.ts';
import type { Writers } from './writers.ts';

export async function references(
  program: Program,
  { flags, remove, json }: Parsed & { command: 'references' },
  { stdout, stderr }: Writers,
): Promise<number> {
  const located = await locate(program, flags);
  if (located === null) throw noRepository(program.cwd);
  const { directory } = located;
  if (remove === undefined) {
    const { state, notes } = await readJournal(directory);
    for (const note of notes) stderr.write(`${note}\n`);
    printReferences(state.references ?? [], { json, stdout });
    return 0;
  }
  const answer = await deliver<RemovalAnswer>({
    directory,
    app: program.app,
    command: { do: 'remove reference', name: remove },
    request: { remove },
    read: readRemoval,
    left: () => ({ removed: remove }),
    failed: 'the reference was not removed',
    warnings: stderr,
  });
  if ('refused' in answer) throw new AppError('usage', answer.refused);
  printRemoved(answer, { json, stdout });
  return 0;
}
