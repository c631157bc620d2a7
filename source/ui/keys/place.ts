// What a row of the table of keys says, and where it holds.
import type { Command } from '../../session/commands.ts';
import type { SessionState } from '../../session/state.ts';
import type { ActionName } from '../actions.ts';
import type { Aid, Focus, Overlay } from '../view.ts';

/** `program`: one has the keyboard. */
export type Where =
  | 'everywhere'
  | 'pane'
  | 'program'
  | 'search'
  | 'query'
  | 'found'
  | 'reading'
  | Aid
  | Focus
  | Overlay;

export interface Binding {
  readonly action: ActionName;
  /** As `nameKey` names them. None: nobody needs the action until they bind it, see docs/config.md. */
  readonly keys: readonly string[];
  /** For the help. */
  readonly title: string;
  /** For the line above the composer, where this key is worth a word. */
  readonly hint?: string;
  /** What the action asks of the session: its refusal is the reason why the key is not available. */
  readonly command?: Command;
  /** What is lost where no key does it any more: whoever binds keys anew has to leave one. */
  readonly keeps?: string;
  /** Why the key would do nothing, where that is not for the session to say. */
  readonly against?: (session: SessionState) => string | undefined;
}

/** The keys that mean something in one place. */
export interface Place {
  readonly where: Where;
  /** For the help. */
  readonly title: string;
  /** One can type here: a character alone is text and no key. */
  readonly typing?: true;
  /** It comes and goes over another place, and its keys go first: it may have keys of that place for something else. */
  readonly passing?: true;
  /** Nobody binds them anew: what a program must not get is known before it runs. */
  readonly fixed?: true;
  readonly bindings: readonly Binding[];
}
