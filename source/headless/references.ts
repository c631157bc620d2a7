// `hullspeed references`: the other projects of a session, and how one is taken out of it.
import type { Engine } from '../engine/face.ts';
import type { References } from '../session/references.ts';
import { clean, jsonLine, oneLine, type Writer } from './print.ts';

export type RemovalAnswer = { readonly removed: string } | { readonly refused: string };

export function printReferences(
  references: References,
  { json, stdout }: { readonly json: boolean; readonly stdout: Writer },
): void {
  if (json) {
    const records = references.map(({ name, path, head = null, writable = false, given }) => {
      return { name, path, head, writable, in_context: given !== undefined };
    });
    stdout.write(jsonLine(records));
    return;
  }
  if (references.length === 0)
    stdout.write('No references: name another project in a prompt, like ../other.\n');
  for (const { name, path, writable, given } of references) {
    const facts = [
      oneLine(path, 400),
      writable ? 'may be changed' : 'read-only',
      given === undefined ? '' : 'in the context',
    ];
    stdout.write(`${oneLine(name)}  ${facts.filter((fact) => fact !== '').join(' · ')}\n`);
  }
}

export function printRemoved(
  answer: Exclude<RemovalAnswer, { refused: string }>,
  { json, stdout }: { readonly json: boolean; readonly stdout: Writer },
): void {
  stdout.write(json ? jsonLine(answer) : `removed ${oneLine(answer.removed)}\n`);
}

/** The session's side; undefined where another thing is asked of it. */
export function takeRemoval(engine: Engine, request: unknown): RemovalAnswer | undefined {
  const { remove, until } = (request ?? {}) as Record<string, unknown>;
  if (typeof remove !== 'string' || typeof until !== 'number') return undefined;
  if (Date.now() > until) return { refused: 'it came too late' };
  return engine.send({ do: 'remove reference', name: remove }) ?? { removed: remove };
}

/** What the session's process said; it may be of another version. */
export function readRemoval(value: unknown): RemovalAnswer {
  const { removed, refused } = (value ?? {}) as Record<string, unknown>;
  if (typeof removed === 'string') return { removed };
  return { refused: typeof refused === 'string' ? clean(refused) : 'its answer is not understood' };
}
