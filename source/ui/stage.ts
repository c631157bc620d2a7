// What actions and panes work with: the parts of one full screen, made once in `start.tsx`.
import type { StoreApi } from 'zustand/vanilla';
import type { Desk } from '../engine/face.ts';
import type { Buffer } from './editor.ts';
import type { Kept } from './kept.ts';
import type { Keymap } from './keymap.ts';
import type { Pages, Searches } from './pages.ts';
import type { Screen, Sources } from './screen.ts';
import type { View } from './view.ts';

export interface Stage extends Sources, Pages, Searches {
  /** What each key does: the tables, as the person's config has them. */
  readonly keymap: Keymap;
  /** No clock ticks by itself. */
  readonly reducedMotion: boolean;
  readonly view: StoreApi<View>;
  /** What is drawn; set once a frame. */
  readonly screen: StoreApi<Screen>;
  /** Something changed outside of session, live and view. */
  readonly request: () => void;
  /** Draws every cell again. */
  redraw(): void;
  readonly desk: Desk;
  /** Writes a control sequence that draws nothing to the terminal. */
  send(sequence: string): void;
  /** The draft as it is kept, its pasted texts among the session's blobs. */
  keepDraft(draft: Buffer): Kept;
  /** Gives the terminal to somebody else until the work is done. Never rejects. */
  lend(work: () => Promise<void>): Promise<void>;
  /** Leaves the full screen, the process or the shell behind it going on. */
  suspend(): void;
  quit(): void;
}
