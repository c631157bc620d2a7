// How test verdicts are drawn, for runs and for commits: a glyph and a word, the colour only repeats them.
import type { RunVerdict, ShipVerdict } from '../../session/facts.ts';
import { plural } from '../text/amounts.ts';
import type { Theme, Token } from '../theme.ts';

interface Mark {
  readonly glyph: string;
  readonly word: string;
  readonly token: Token;
}

const runs: Readonly<Record<RunVerdict, Mark>> = {
  green: { glyph: '✓', word: 'green', token: 'ok' },
  red: { glyph: '✕', word: 'red', token: 'bad' },
  'timed out': { glyph: '✕', word: 'timed out', token: 'bad' },
  broken: { glyph: '✕', word: 'broken', token: 'bad' },
  none: { glyph: '○', word: 'no tests', token: 'warn' },
  stopped: { glyph: '■', word: 'stopped', token: 'dim' },
};

/** `✓ green`, without colours. */
export function plainMark(verdict: RunVerdict): string {
  return `${runs[verdict].glyph} ${runs[verdict].word}`;
}

/** `✓ green` */
export function runMark(verdict: RunVerdict, theme: Theme): string {
  const { glyph, word, token } = runs[verdict];
  return theme.sgr(token, `${glyph} ${word}`);
}

/** A plain green needs no word in a commit's row; everything else does. */
export function shipMark(verdict: ShipVerdict): Mark {
  switch (verdict.kind) {
    case 'green':
      return { glyph: '✓', word: verdict.flaky ? 'flaky' : '', token: 'ok' };
    case 'known':
      return { glyph: '✓', word: `${verdict.failures} known`, token: 'warn' };
    case 'unverified':
      return { glyph: '?', word: `${plural(verdict.failures, 'failure')} unverified`, token: 'warn' };
    case 'red':
      return { glyph: '✕', word: 'red', token: 'bad' };
    case 'untested':
      return { glyph: '○', word: 'untested', token: 'warn' };
    case 'not needed':
      return { glyph: '·', word: 'no tests needed', token: 'dim' };
    case 'testing':
      return { glyph: '◌', word: 'testing', token: 'accent' };
    default:
      return verdict satisfies never;
  }
}
