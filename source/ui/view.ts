// What this terminal shows of the session: focus, scroll, draft. Never recorded, and nobody else's business.
import type { CommitText, LogRow } from '../engine/git-ports.ts';
import { type Buffer, emptyBuffer } from './editor.ts';
import type { Pane } from './layout.ts';

export type Focus = 'composer' | 'queue' | Pane;

/** A row of the conversation that stays where it is while the session goes on. */
export interface Anchor {
  /** The item; of several with one seq (an answer and its calls) the nth, from 0. `live`: what is streaming behind it. */
  readonly seq: number;
  readonly nth: number | 'live';
  /** Row of that item. */
  readonly row: number;
}

export interface OpenedCommit {
  readonly commit: LogRow;
  /** Absent while it is read; a sentence says why it cannot be. */
  readonly text?: CommitText | string;
  /** Rows that are scrolled away. */
  readonly top: number;
}

/** What lies over the panes and takes the keys. */
export type Overlay = 'help' | 'diff';

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
  /** What the last key was answered with; the next key takes it away. */
  readonly message?: string;
  /** Ctrl+C was just pressed with nothing left to stop. */
  readonly leaving: boolean;
  /** The same for `back or edit`: pressed again it has the last prompt back. */
  readonly rewinding?: boolean;
  /** Top row of each pane. Absent: the conversation and a run follow their end, the commits begin with the newest. */
  readonly conversation?: Anchor;
  readonly tests?: number;
  /** The commit on top. */
  readonly commits?: string;
  /** The commit that keys are about; absent, or not in the log: the newest. */
  readonly commit?: string;
  /** The commit that is read over the panes. */
  readonly opened?: OpenedCommit;
  /** The call in the conversation that keys are about. */
  readonly selected?: string;
  /** Name of the failure that keys in the tests are about; absent, or not in the last run: its first. */
  readonly failure?: string;
  /** Calls that are open although they would be folded, or folded although they would be open. */
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
    draft,
    leaving: false,
    turned: new Set(),
    mouse: false,
  };
}

/** The help lies over everything. */
export function overlayOf({ help, opened }: View): Overlay | undefined {
  if (help !== undefined) return 'help';
  return opened === undefined ? undefined : 'diff';
}
