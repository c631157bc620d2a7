// How the composer looks in a theme: the same in the first frame, which is drawn by hand, and in all that follow.
import type { Theme } from '../theme.ts';
import type { ComposerStyle } from './composer-rows.ts';

const HINT = 'what shall be built?';

export function composerStyle(theme: Theme): ComposerStyle {
  return {
    mark: (text) => theme.sgr('prompt', text),
    hint: theme.sgr('dim', HINT),
    chip: (text) => theme.sgr('code', text),
    found: (text) => theme.sgr('selection', text),
  };
}
