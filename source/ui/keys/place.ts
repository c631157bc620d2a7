// What a row of the table of keys says, and where it holds.
import type { Command } from '../../session/commands.ts';
import type { SessionState } from '../../session/state.ts';
import type { ActionName } from '../actions.ts';
import type { Focus, Overlay } from '../view.ts';

export type Where = 'everywhere' | 'pane' | Focus | Overlay;

export interface Binding {
  readonly action: ActionName;
  /** As `nameKey` names them. */
  readonly keys: readonly string[];
  /** For the help. */
  readonly title: string;
  /** For the line above the composer, where this key is worth a word. */
  readonly hint?: string;
  /** What the action asks of the session: its refusal is the reason why the key is not available. */
  readonly command?: Command;
  /** Why the key would do nothing, where that is not for the session to say. */
  readonly against?: (session: SessionState) => string | undefined;
}

/** The keys that mean something in one place. */
export interface Place {
  readonly where: Where;
  /** For the help. */
  readonly title: string;
  readonly bindings: readonly Binding[];
}
