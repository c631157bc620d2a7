// What is typed before the program can take keys: letters and their correction show at once, anything else waits.
import { type Buffer, edit } from '../editor.ts';
import { cutToken } from '../terminal/input-tokens.ts';

export interface TypedAhead {
  readonly draft: Buffer;
  /** From the first key on that means more than a letter: for the keyboard, once there is one. */
  readonly rest: string;
}

const BACKSPACE = '\x7f';

/** Types the input into a draft as far as it is letters and backspaces, which mean the same in every configuration. */
export function typeAhead(draft: Buffer, input: string): TypedAhead {
  let typed = draft;
  let rest = input;
  for (;;) {
    const cut = cutToken(rest);
    if (cut === undefined) return { draft: typed, rest };
    const { token, end } = cut;
    if (token.kind === 'text') typed = edit(typed, { kind: 'insert', text: token.raw });
    else if (token.kind === 'key' && token.raw === BACKSPACE)
      typed = edit(typed, { kind: 'delete', to: 'left' });
    else return { draft: typed, rest };
    rest = rest.slice(end);
  }
}
