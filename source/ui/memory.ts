// What a terminal remembers when it is closed and opened again: the draft, and earlier prompts. A moment after each
// change, so that a crash takes a few letters at most.
import type { StoreApi } from 'zustand/vanilla';
import type { Engine } from '../engine/face.ts';
import type { Chip } from './editing/chips.ts';
import { type Buffer, emptyBuffer, isEmpty } from './editor.ts';
import { orReason } from './full-disk.ts';
import { asRecord, type Kept, keep, nothing, readKept } from './kept.ts';
import { createPrompts, type Prompts } from './prompts.ts';
import { lay } from './restore.ts';
import type { View } from './view.ts';

/** A small file of the session's. Neither throws. */
export interface Memory {
  /** Null: nothing was saved. */
  load(): string | null;
  save(text: string): void;
}

export interface Remembered {
  readonly draft: Buffer;
  readonly prompts: Prompts;
  keepDraft(draft: Buffer): Kept;
}

const AFTER_MS = 300;
/** A longer draft cannot be sent as it is; it is saved when the terminal is closed. */
const LONGEST = 400_000;
const MOST_PROMPTS = 1_000;

/** What was saved, as far as it makes sense. */
export function recollect(memory: Memory | undefined, engine: Engine): Remembered {
  const { draft, prompts, seen } = asRecord(parse(memory?.load() ?? ''));
  const list = Array.isArray(prompts) ? prompts.slice(-MOST_PROMPTS) : [];
  const known = createPrompts(
    list.flatMap((each: unknown) => readKept(each) ?? []),
    Number.isSafeInteger(seen) ? (seen as number) : 0,
  );
  known.absorb(engine.session.getState().conversation.items);
  return {
    draft: lay(emptyBuffer, readKept(draft) ?? nothing, engine.fetch),
    prompts: known,
    keepDraft: createKeeper(engine),
  };
}

/** The draft that is the person's own: not the words of another prompt that is looked at. */
function ownDraft({ draft, editing }: View): Buffer {
  return editing?.draft ?? draft;
}

/** Puts pasted texts among the session's blobs, each once. Where the disk takes none, they stay in the draft. */
function createKeeper(engine: Engine): (draft: Buffer) => Kept {
  const stored = new WeakMap<Chip, string>();
  return (draft) =>
    keep(draft, (chip) => {
      const before = stored.get(chip);
      if (before !== undefined) return before;
      const kept = orReason(() => engine.keep(new TextEncoder().encode(chip.text)));
      if ('failed' in kept) return undefined;
      stored.set(chip, kept.done);
      return kept.done;
    });
}

export interface Remembering {
  readonly view: StoreApi<View>;
  readonly engine: Engine;
  readonly prompts: Prompts;
  readonly keepDraft: (draft: Buffer) => Kept;
}

/** Saves from now on. Returns the way to stop, which saves once more. */
export function remember(memory: Memory, { view, engine, prompts, keepDraft }: Remembering): () => void {
  let timer: NodeJS.Timeout | undefined;
  let saved = ownDraft(view.getState());
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const draft = ownDraft(view.getState());
    saved = draft;
    const { list, seen } = prompts.written();
    try {
      const kept = isEmpty(draft) ? nothing : keepDraft(draft);
      memory.save(`{"v":1,"draft":${JSON.stringify(kept)},"seen":${seen},"prompts":${list}}\n`);
    } catch {
      // The disk is full, or the session is closed: the draft is still on the screen.
    }
  };
  const due = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!isTooLong(ownDraft(view.getState()))) save();
    }, AFTER_MS);
    timer.unref();
  };
  const stops = [
    view.subscribe((now) => {
      // An image that has been read changes no line.
      const { lines, chips } = ownDraft(now);
      if (lines !== saved.lines || chips !== saved.chips) due();
    }),
    engine.session.subscribe(({ conversation }, before) => {
      if (conversation.items !== before.conversation.items && prompts.absorb(conversation.items)) due();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    save();
  };
}

function isTooLong({ lines }: Buffer): boolean {
  let characters = 0;
  for (const line of lines) {
    characters += line.length + 1;
    if (characters > LONGEST) return true;
  }
  return false;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
