// What this terminal shows of the session: focus, scroll, draft. Never recorded, and nobody else's business.
import type { CommitText, LogRow, Outgoing } from '../engine/git-ports.ts';
import type { Item } from '../session/conversation.ts';
import { type Buffer, emptyBuffer } from './editor.ts';
import type { Pane } from './layout.ts';
import type { WorkFile } from './rows/work-rows.ts';

/** The two terminals of the upper right: the tests, and the person's own. */
export type Shown = 'tests' | 'run';
/** `run` is the pane of the tests while it shows the person's own terminal. */
export type Focus = 'composer' | 'queue' | Pane | 'run';

/** A row of the conversation that stays where it is while the session goes on. */
export interface Anchor {
  /** The item; of several with one seq (an answer and its calls) the nth, from 0. `live`: what is streaming behind it. */
  readonly seq: number;
  readonly nth: number | 'live';
  /** Row of that item, in a layout of `width` columns; `letters` of the item stand above it, whatever the width. */
  readonly row: number;
  readonly width: number;
  readonly letters: number;
}

/** A search in one place: the pane in focus, or what lies over the panes. */
export interface Search {
  readonly query: string;
  /** The keys go into the query; otherwise into what was found. */
  readonly typing: boolean;
  /** Where the search began: each letter looks from there again. */
  readonly from: Spot;
  /** The match that was gone to; absent where there is none. */
  readonly at?: Spot;
}

export interface Seeking {
  readonly query: string;
  /** The match that is shown, the newest being 0. */
  readonly nth: number;
}

/** A place in rows, or in an item of the conversation: its nth match from the top. */
export type Spot =
  | { readonly row: number; readonly column: number }
  | { readonly item: string; readonly seq: number; readonly nth: number };

/** What a push would do, shown and waiting for the second press. */
export type Ready = Exclude<Outgoing, { readonly reason: string }>;

/** What the second press of a push would send, as it was shown last; `looking`: it is being read, for the first time or again. */
export type PushQuestion =
  | { readonly kind: 'looking'; readonly ready?: Ready }
  | { readonly kind: 'shown'; readonly ready: Ready };

/** What there is to read of an item of the conversation. */
export interface ItemText {
  readonly item: Item;
  /** The whole output of a call. */
  readonly output?: string;
}

/** A commit, or a path of the worktree against HEAD. */
export type Chosen = { readonly commit: LogRow } | { readonly file: WorkFile };

/** What can be read over the panes. A sentence as its text says why it cannot be. */
export type Subject =
  | { readonly kind: 'pager'; readonly item: Item; readonly text: ItemText | string }
  | { readonly kind: 'diff'; readonly chosen: Chosen; readonly text: CommitText | string }
  /** What a background command prints. */
  | { readonly kind: 'output'; readonly session: number }
  /** Where the time went. */
  | { readonly kind: 'pace' };

export interface Reading {
  readonly subject: Subject;
  /** The number of the row on top; absent: the first, or the end of what grows. */
  readonly top?: number;
  readonly search?: Search;
}

/** What is set to read where the time went. */
export const paceOpen = { reading: { subject: { kind: 'pace' } } } as const;

/** What lies over the panes and takes the keys, the topmost first. Each is a field of the view, absent while it is closed. */
export const covers = ['help', 'reading', 'background'] as const;
export type Cover = (typeof covers)[number];

/** The same by the keys that it has. */
export type Overlay = Exclude<Cover, 'reading'> | Subject['kind'];
export const overlays: readonly Overlay[] = ['help', 'background', 'pager', 'diff', 'output', 'pace'];

export interface View {
  readonly focus: Focus;
  /** The pane that has the room where there is room for one: the one that was in focus last. */
  readonly pane: Pane;
  readonly zoomed: boolean;
  /** Rows of the help that are scrolled away; absent: no help on the screen. */
  readonly help?: number;
  /** What is looked for in the help. */
  readonly sought?: string;
  readonly draft: Buffer;
  /** The waiting prompt whose words are the draft, and the draft that comes back after it. */
  readonly editing?: { readonly item: number; readonly draft: Buffer };
  /** The waiting prompt that keys are about; absent, or gone: the first. */
  readonly waiting?: number;
  /** The earlier prompt in the composer, counted from the newest, and the draft that it stands for. */
  readonly recalled?: { readonly index: number; readonly draft: Buffer };
  /** A search through earlier prompts, over the draft. */
  readonly seeking?: Seeking;
  /** The choice among the names that are offered for the word at this place, while it is this one. */
  readonly completing?: {
    readonly row: number;
    readonly column: number;
    readonly query: string;
    readonly index: number;
    readonly closed: boolean;
  };
  /** What a key asked for while an image was still being read. */
  readonly awaited?: 'prompt' | 'steer' | 'editor';
  /** What the last key was answered with; the next key takes it away. */
  readonly message?: string;
  /** Ctrl+C was just pressed with nothing left to stop. */
  readonly leaving: boolean;
  /** The same for `back or edit`: pressed again it has the last prompt back. */
  readonly rewinding?: boolean;
  /** Top row of each pane. Absent: the conversation and a run follow their end, the commits begin with the newest. */
  readonly conversation?: Anchor;
  readonly tests?: number;
  /** Top row of the person's own terminal; absent: it follows its end. */
  readonly own?: number;
  /** Which terminal is shown where the tests are. */
  readonly shown: Shown;
  /** The terminal whose program has the keyboard. */
  readonly given?: Shown;
  /** Enter was just pressed on a command of one's own while another runs. */
  readonly replacing?: boolean;
  /** The commit on top. */
  readonly commits?: string;
  /** The changed file in the commits that keys are about; absent, or not changed any more: a commit. */
  readonly file?: string;
  readonly push?: PushQuestion;
  /** The commit that keys are about; absent, or not in the log: the newest. */
  readonly commit?: string;
  /** The item of the conversation that keys are about, and the code block of it that was copied last. */
  readonly selected?: string;
  readonly block?: { readonly item: string; readonly nth: number };
  readonly reading?: Reading;
  /** The list of the model's background commands, and the one in it that keys are about; absent: the newest. */
  readonly background?: { readonly session?: number };
  /** In the pane in focus. */
  readonly search?: Search;
  /** Name of the failure that keys in the tests are about; absent, or not in the last run: its first. */
  readonly failure?: string;
  /** Items that are open although they would be folded, or folded although they would be open. */
  readonly turned: ReadonlySet<string>;
  /** Whether the terminal is in front; undefined where it never says. */
  readonly inFront?: boolean;
  /** Whether the mouse scrolls and clicks here; else it selects text, as the terminal has it. */
  readonly mouse: boolean;
}

export function initialView(draft: Buffer = emptyBuffer): View {
  return {
    focus: 'composer',
    pane: 'conversation',
    zoomed: false,
    shown: 'tests',
    draft,
    leaving: false,
    turned: new Set(),
    mouse: false,
  };
}

/** What stands before the composer's own keys. */
export type Aid = 'recall' | 'completion';

/** `offered`: names are, see `completionOf`. */
export function aidOf(view: View, offered: boolean): Aid | undefined {
  if (view.focus !== 'composer' || overlayOf(view) !== undefined) return undefined;
  if (view.seeking !== undefined) return 'recall';
  return offered ? 'completion' : undefined;
}

export function coverOf(view: Pick<View, Cover>): Cover | undefined {
  return covers.find((each) => view[each] !== undefined);
}

export function overlayOf(view: Pick<View, Cover>): Overlay | undefined {
  const cover = coverOf(view);
  return cover === 'reading' ? view.reading?.subject.kind : cover;
}

/** The search that the keys are about: of what lies over the panes, else of the pane in focus. */
export function searchOf(view: View): Search | undefined {
  const cover = coverOf(view);
  if (cover === 'reading') return view.reading?.search;
  return cover === undefined ? view.search : undefined;
}

/** Whether what background commands print is on the screen. */
export function isWatching({ background, reading }: View): boolean {
  return background !== undefined || reading?.subject.kind === 'output';
}
