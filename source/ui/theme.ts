// Colours by what they mean: rows name a token, a theme says how it looks on this terminal.
import ansi from '../../themes/ansi.json' with { type: 'json' };
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
export const themeSources: Readonly<Record<'dark' | 'light' | 'high-contrast' | 'mono' | 'ansi', unknown>> = {
  dark,
  light,
  'high-contrast': highContrast,
  mono,
  ansi,
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
const colourNames = [...ansiNames, ...ansiNames.map((name) => `bright-${name}`), 'gray'];

/** What is wrong with a theme, where, and which words would be right. */
export class ThemeError extends Error {
  /** The token, or the key of the file, that it is about. */
  readonly at: string;
  readonly word?: string;
  readonly among?: readonly string[];

  constructor(
    message: string,
    at: string,
    wrong?: { readonly word: string; readonly among: readonly string[] },
  ) {
    super(message);
    this.name = 'ThemeError';
    this.at = at;
    this.word = wrong?.word;
    this.among = wrong?.among;
  }
}

type Styles = Readonly<Record<string, unknown>>;

/**
 * Reads a theme: `{name, base, styles: {token: style}}`. `base` is one of the themes that come with the program, whose
 * styles hold where there are none; without it every token has to be there. A style is a list of words: weights
 * (`bold dim italic underline inverse strike`), a colour, and `on` with a colour for the background. A colour is
 * `ansi-name`, `ansi-name/256` or `ansi-name/256/#rrggbb`; the level decides which of them is used.
 * Throws a `ThemeError` that names the theme, the token and the word.
 */
export function loadTheme(source: unknown, level: ColourLevel): Theme {
  const { name, base, styles } = readFields(source);
  const unknown = Object.keys(styles).find((token) => !tokens.some((each) => each === token));
  if (unknown !== undefined)
    throw new ThemeError(`theme ${name}: there is no token ${quote(unknown)}`, unknown, {
      word: unknown,
      among: tokens,
    });
  const all: Styles = { ...base, ...styles };
  const openings = new Map(
    tokens.map((token) => [token, opening(all[token], { theme: name, token }, level)]),
  );
  const sgr = (token: Token, text: string): string => {
    const open = openings.get(token) ?? '';
    return open === '' || text === '' ? text : open + text.replaceAll(reset, reset + open) + reset;
  };
  return { name, sgr };
}

function readFields(source: unknown): {
  readonly name: string;
  readonly base: Styles;
  readonly styles: Styles;
} {
  const { name, base, styles, ...rest } = isRecord(source) ? source : {};
  if (typeof name !== 'string' || !isRecord(styles))
    throw new ThemeError('a theme needs a name and styles', 'name');
  const [extra] = Object.keys(rest);
  if (extra !== undefined)
    throw new ThemeError(`theme ${quote(name)}: there is no key ${quote(extra)}`, extra, {
      word: extra,
      among: ['name', 'base', 'styles'],
    });
  if (base === undefined) return { name, base: {}, styles };
  const among = Object.keys(themeSources);
  if (typeof base !== 'string' || !among.includes(base))
    throw new ThemeError(`theme ${quote(name)}: there is no base ${quote(String(base))}`, 'base', {
      word: String(base),
      among,
    });
  return {
    name,
    base: (themeSources[base as keyof typeof themeSources] as { styles: Styles }).styles,
    styles,
  };
}

function isRecord(value: unknown): value is Styles {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A word out of a file, fit for a message. */
function quote(word: string): string {
  return JSON.stringify(word.slice(0, 40));
}

interface Where {
  readonly theme: string;
  readonly token: string;
}

function opening(style: unknown, where: Where, level: ColourLevel): string {
  if (typeof style !== 'string') throw wrong(where, "no style; write one as a string of words, '' for plain");
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

function colour(word: string, plane: number, where: Where, level: ColourLevel): string[] {
  const [ansi = '', indexed, hex, ...more] = word.split('/');
  const index = colourNames.includes(ansi)
    ? ansiNames.indexOf(ansi.replace('bright-', '').replace('gray', 'black'))
    : -1;
  if (index < 0)
    throw wrong(where, `${quote(word)} is no colour`, {
      word: ansi,
      among: [...colourNames, ...weights.keys()],
    });
  if (more.length > 0 || (indexed !== undefined && !/^(?:\d{1,2}|1\d\d|2[0-4]\d|25[0-5])$/.test(indexed)))
    throw wrong(where, `${quote(word)}: a colour is NAME, NAME/0 to NAME/255 or NAME/NUMBER/#rrggbb`);
  if (hex !== undefined && !/^#[0-9a-f]{6}$/i.test(hex))
    throw wrong(where, `${quote(word)}: ${quote(hex)} is not a colour like "#7ee787"`);
  if (level === 0) return [];
  if (level === 3 && hex !== undefined) return [`${38 + plane};2;${channels(hex).join(';')}`];
  if (level >= 2 && indexed !== undefined) return [`${38 + plane};5;${Number(indexed)}`];
  const bright = ansi === 'gray' || ansi.startsWith('bright-');
  return [String((bright ? 90 : 30) + index + plane)];
}

function wrong(
  { theme, token }: Where,
  what: string,
  words?: { readonly word: string; readonly among: readonly string[] },
): ThemeError {
  return new ThemeError(`theme ${theme}, token ${token}: ${what}`, token, words);
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
