// Other projects that the person names: each is introduced to the model by its card, once a context, and what the
// model's commands change there is said to both.
import type { StepInput } from '../session/facts.ts';
import type { Reference } from '../session/references.ts';
import type { FoundProject, Neighbours, ProjectLook } from './neighbours-port.ts';
import { listed } from './output.ts';
import type { BackgroundCommand, Clock } from './ports.ts';
import { closeBackground, covers, openSpan, type Span } from './spans.ts';
import type { Store } from './store.ts';

export interface ReferencePorts {
  readonly store: Store;
  readonly neighbours: Neighbours;
}

/** References that a context begins with, if the person named no others since. */
const NEWEST = 3;

/**
 * The cards that the next request needs: of projects that `said` names and the context has none of, or an old one; and of
 * the newest references, where a context began without them. `said` is asked again until nothing new was said meanwhile.
 */
export async function introduce(ports: ReferencePorts, said: () => readonly string[]): Promise<StepInput[]> {
  const { store, neighbours } = ports;
  const heard = new Set<string>();
  const cards = new Map<string, StepInput>();
  for (;;) {
    const news = said().filter((words) => !heard.has(words));
    if (news.length === 0) break;
    for (const words of news) {
      heard.add(words);
      const { found, notes } = await neighbours.find(words);
      for (const text of notes) store.record({ type: 'notice.raised', level: 'info', text });
      for (const project of found)
        if (!cards.has(project.path) && !(await isKnown(ports, project)))
          cards.set(project.path, await add(ports, project));
    }
  }
  for (const reference of (store.getState().references ?? []).slice(-NEWEST)) {
    if (reference.given !== undefined || cards.has(reference.path)) continue;
    const { name, path, writable = false } = reference;
    if (await neighbours.isThere(path)) cards.set(path, await add(ports, { name, path, writable }));
    else store.record({ type: 'reference.removed', name, path });
  }
  return [...cards.values()];
}

/** Whether the context has its card, as it would be now. */
async function isKnown({ store, neighbours }: ReferencePorts, project: FoundProject): Promise<boolean> {
  const known = store.getState().references?.find(({ path }) => path === project.path);
  if (known?.given === undefined || (known.writable ?? false) !== project.writable) return false;
  return (await neighbours.head(project.path)) === known.head;
}

async function add({ store, neighbours }: ReferencePorts, project: FoundProject): Promise<StepInput> {
  const { text, head } = await neighbours.card(project);
  const { name, path, writable, said } = project;
  store.record({
    type: 'reference.added',
    name,
    path,
    tokens: Math.ceil(text.length / 4),
    ...(head && { head }),
    ...(writable && { writable }),
    ...(said && { said }),
  });
  return { kind: 'card', text, reference: path };
}

/** Tells what commands change in references; it reads while the model thinks, and nothing where no command ran. */
export interface ReferenceWatch {
  /** A command begins; call the result at its end. With `session`, it went on in the background. */
  span(): (session?: number) => void;
  /** Looks at what the commands since the last look left. `fresh`: what others did until now is theirs. */
  look(fresh?: 'fresh'): Promise<void>;
}

export interface WatchPorts extends ReferencePorts {
  readonly clock: Pick<Clock, 'now'>;
  readonly background: () => readonly BackgroundCommand[];
}

export function createReferenceWatch({ store, neighbours, clock, background }: WatchPorts): ReferenceWatch {
  const looks = new Map<string, ProjectLook>();
  let spans: Span[] = [];
  let last: Promise<void> = Promise.resolve();

  const lookAt = async (reference: Reference, within: readonly Span[]): Promise<void> => {
    const { path } = reference;
    const before = looks.get(path);
    if (before !== undefined && within.length === 0) return;
    const now = await neighbours.look(path);
    if (now === undefined) return void looks.delete(path);
    looks.set(path, now);
    const ours = (at: number): boolean => within.some((span) => covers(span, at));
    const changed = before === undefined ? [] : await changedIn(neighbours, path, before, now, ours);
    if (changed.length > 0) report(store, reference, changed);
  };

  const lookAtAll = async (): Promise<void> => {
    closeBackground(spans, background());
    const within = spans;
    spans = spans.filter(({ end }) => end === null);
    const watched = (store.getState().references ?? []).filter((each) => each.given && !each.writable);
    await Promise.all(watched.map((reference) => lookAt(reference, within)));
  };

  return {
    span: () => openSpan(spans, 'command', clock.now),
    look(fresh) {
      last = last.then(() => {
        if (fresh) looks.clear();
        return lookAtAll();
      });
      return last;
    },
  };
}

/** What differs between two looks, and was changed at a time that is `ours`. */
async function changedIn(
  neighbours: Neighbours,
  path: string,
  before: ProjectLook,
  now: ProjectLook,
  ours: (at: number) => boolean,
): Promise<string[]> {
  const changed: string[] = [];
  // Without a log of HEAD nobody knows when it moved.
  if (before.head !== now.head && (Number.isNaN(now.movedAt) || ours(now.movedAt)))
    changed.push(`HEAD (${short(before.head)} to ${short(now.head)})`);
  for (const [inside, { stamp, at }] of now.dirty)
    if (before.dirty.get(inside)?.stamp !== stamp && ours(at)) changed.push(inside);
  for (const inside of before.dirty.keys())
    if (!now.dirty.has(inside) && ours(await neighbours.changedAt(path, inside))) changed.push(inside);
  return changed;
}

function short(sha: string | null): string {
  return sha === null ? 'no commit' : sha.slice(0, 9);
}

function report(store: Store, { name, path }: Reference, changed: readonly string[]): void {
  const what = listed(changed);
  store.record({
    type: 'notice.raised',
    level: 'warning',
    text: `a command of the model changed the reference ${name}, which is read-only: ${what}`,
    about: {
      kind: 'tell',
      input: {
        kind: 'notice',
        text: `Your commands changed the reference ${name} (${path}), which is read-only: ${what}. Change nothing more there, do not revert it either, and tell the person what was changed and why.`,
      },
    },
  });
}
