// Text of a model, a file or a program, made harmless: nothing in it can drive the terminal, reorder what is read,
// or hide. What stays is letters, newlines and spaces (and, for test output, colours).

const harmless = /^[\x20-\x7e\n]*$/;
const colours = /(\x1b\[[\d;:]*m)/;

// Strings with a terminator go whole; one without loses its introducer alone, so that nothing after it is hidden.
const controlStrings = /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)/g;
const controlSequences = /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?/g;
const escapes = /\x1b[\x20-\x2f]*[\x30-\x7e]?/g;
const controls = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/g;

const bidi = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const zeroWidth =
  '\\u00ad\\u034f\\u180b-\\u180f\\u200b\\u200c\\u2060-\\u2065\\u206a-\\u206f\\ufeff\\ufff9-\\ufffb';
const blankLetters = '\\u115f\\u1160\\u3164\\uffa0';
const tags = '\\u{e0000}-\\u{e0fff}';
const invisible = new RegExp(`[${bidi}${zeroWidth}${blankLetters}${tags}]`, 'gu');
const joiners =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
// Letters carry a mark or three; a pile of them climbs over the rows above.
const piledMarks = /(\p{M}{4})\p{M}+/gu;

const tab = '    ';

/**
 * Removes every control sequence (CSI, OSC, DCS, APC, PM, SOS; 7 and 8 bit), lone controls, bidi overrides and
 * isolates, zero-width and tag characters; a joiner stays inside an emoji. Tabs become four spaces, CR and CR LF
 * become LF. `newlines: false` makes one line of it.
 */
export function clean(text: string, options: { readonly newlines?: boolean } = {}): string {
  const safe = harmless.test(text) ? text : withoutControls(text);
  return options.newlines === false ? safe.replace(/\s*\n\s*/g, ' ') : safe;
}

/** The same for the clipboard: tabs stay, which some code is made of. */
export function cleanCopy(text: string): string {
  return harmless.test(text)
    ? text
    : text
        .split('\t')
        .map((part) => clean(part))
        .join('\t');
}

/** The same, but SGR sequences (colours and weights) stay. */
export function cleanAnsi(text: string): string {
  if (harmless.test(text)) return text;
  return text
    .split(colours)
    .map((part, at) => (at % 2 === 1 ? part : withoutControls(part)))
    .join('');
}

function withoutControls(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029|\x85/g, '\n')
    .replaceAll('\t', tab)
    .replace(controlStrings, '')
    .replace(controlSequences, '')
    .replace(escapes, '')
    .replace(controls, '')
    .replace(invisible, '')
    .replace(joiners, '')
    .replace(piledMarks, '$1');
}
