// The other projects that the person has named: read-only, and introduced to the model by a card, once a context.
import type { Recorded } from './events.ts';

export interface Reference {
  /** As people say it: `../vibetunnel`, `~/Projects/x`. */
  readonly name: string;
  /** Absolute and real. */
  readonly path: string;
  /** Its commit when the card was made; absent where it has none. */
  readonly head?: string;
  /** The person's config lets the model change it. */
  readonly writable?: true;
  /** seq of the step that brought its card into the present context; absent: the model has none there. */
  readonly given?: number;
}

/** The one named last stands last. */
export type References = readonly Reference[];

/** More than a person has in mind. */
const MOST = 24;

/** Undefined: there are none. */
export function reduceReferences(
  references: References | undefined,
  event: Recorded,
): References | undefined {
  switch (event.type) {
    case 'reference.added': {
      const { name, path, head, writable } = event;
      const added = { name, path, ...(head && { head }), ...(writable && { writable }) };
      return [...without(references, path), added].slice(-MOST);
    }
    case 'reference.removed':
      return some(without(references, event.path));
    case 'step.started': {
      const given = event.inputs.flatMap(({ reference }) => reference ?? []);
      if (given.length === 0) return references;
      return references?.map((each) => (given.includes(each.path) ? { ...each, given: event.seq } : each));
    }
    case 'context.compacted': {
      if (event.by === 'cut') return references;
      const kept = event.by === 'new' ? Number.POSITIVE_INFINITY : event.keepFrom;
      return references?.map(({ given = 0, ...each }) => (given >= kept ? { ...each, given } : each));
    }
    default:
      return references;
  }
}

function without(references: References = [], path: string): References {
  return references.filter((each) => each.path !== path);
}

function some(references: References): References | undefined {
  return references.length === 0 ? undefined : references;
}

/** The one that a person means: by its name, its folder's own name or its path, with or without a slash or an `@`. */
export function referenceNamed(references: References = [], words: string): Reference | undefined {
  const said = words.replace(/^@/, '').replace(/(.)\/+$/, '$1');
  return (
    references.find(({ name, path }) => said === name || said === path) ??
    references.findLast(({ path }) => path.slice(path.lastIndexOf('/') + 1) === said)
  );
}
