// Colours by what they mean: rows name a token, a theme says how it looks on this terminal.
import dark from '../../themes/dark.json' with { type: 'json' };
import highContrast from '../../themes/high-contrast.json' with { type: 'json' };
import light from '../../themes/light.json' with { type: 'json' };
import mono from '../../themes/mono.json' with { type: 'json' };

const tokens = [
  ...['text', 'dim', 'accent', 'prompt', 'ok', 'bad', 'warn', 'border', 'focus', 'selection', 'decision'],
  ...['match', 'found'],
  ...['added', 'removed', 'addedWord', 'removedWord'],
  ...['heading', 'strong', 'emphasis', 'strike', 'code', 'link', 'quote'],
  ...['keyword', 'string', 'number', 'comment', 'type', 'title', 'attribute', 'meta'],
] as const;

export type Token = (typeof tokens)[number];

/** 0: no colour, weights only; 1: the 16 ANSI colours; 2: 256 colours; 3: true colour. */
export type ColourLevel = 0 | 1 | 2 | 3;

export interface Theme {
  readonly name: string;
  /** The text in the token's style, closed again. Styles nest: an inner one ends in the outer one. */
  sgr(token: Token, text: string): string;
}

/** The themes that come with the program, as they stand in `themes/`. */
export const themeSources: Readonly<Record<'dark' | 'light' | 'high-contrast' | 'mono', unknown>> = {
  dark,
  light,
  'high-contrast': highContrast,
  mono,
};

const reset = '\x1b[0m';
const weights = new Map([
  ['bold', '1'],
  ['dim', '2'],
  ['italic', '3'],
  ['underline', '4'],
  ['inverse', '7'],
  ['strike', '9'],
]);
/** What SGR adds to a colour's code. */
const foreground = 0;
const background = 10;
const ansiNames = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/**
 * Reads a theme: `{name, styles: {token: style}}`, every token there. A style is a list of words: weights
 * (`bold dim italic underline inverse strike`), a colour, and `on` with a colour for the background. A colour is
 * `ansi-name`, `ansi-name/256` or `ansi-name/256/#rrggbb`; the level decides which of them is used.
 * Throws an `Error` that names the theme, the token and the word.
 */
export function loadTheme(source: unknown, level: ColourLevel): Theme {
  const { name, styles } = source as { name?: unknown; styles?: Readonly<Record<string, unknown>> };
  if (typeof name !== 'string' || typeof styles !== 'object')
    throw new Error('a theme needs a name and styles');
  const openings = new Map(
    tokens.map((token) => [token, opening(styles[token], `theme ${name}, token ${token}`, level)]),
  );
  const sgr = (token: Token, text: string): string => {
    const open = openings.get(token) ?? '';
    return open === '' || text === '' ? text : open + text.replaceAll(reset, reset + open) + reset;
  };
  return { name, sgr };
}

function opening(style: unknown, where: string, level: ColourLevel): string {
  if (typeof style !== 'string')
    throw new Error(`${where}: no style; write one as a string of words, '' for plain`);
  const codes: string[] = [];
  let plane = foreground;
  for (const word of style.split(' ').filter((each) => each !== '')) {
    const weight = weights.get(word);
    if (word === 'on') plane = background;
    else if (weight !== undefined) codes.push(weight);
    else codes.push(...colour(word, plane, where, level));
  }
  return codes.length === 0 ? '' : `\x1b[${codes.join(';')}m`;
}

function colour(word: string, plane: number, where: string, level: ColourLevel): string[] {
  const [ansi = '', indexed, hex] = word.split('/');
  const index = ansiNames.indexOf(ansi.replace('bright-', '').replace('gray', 'black'));
  if (index < 0) throw new Error(`${where}: ${word} is no colour; use one of ${ansiNames.join(' ')} gray`);
  if (level === 0) return [];
  if (level === 3 && hex !== undefined) return [`${38 + plane};2;${channels(hex).join(';')}`];
  if (level >= 2 && indexed !== undefined) return [`${38 + plane};5;${Number(indexed)}`];
  const bright = ansi === 'gray' || ansi.startsWith('bright-');
  return [String((bright ? 90 : 30) + index + plane)];
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
