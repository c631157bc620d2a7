// How many columns one character takes, as Ink and today's terminals count them.
import { eastAsianWidth } from 'get-east-asian-width';
import measure from 'string-width';

/** What joins the character before it into a cluster, or makes a cluster with the one behind it. */
const joining =
  /[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}\u0e33\u0eb3\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7ff]/u;
/** What makes one emoji of several characters. */
const emoji = /\ufe0f|\u200d|\u20e3|\p{Emoji_Modifier}|^\p{Regional_Indicator}{2}$/u;

/** Whether the text has clusters of more than one character; else each stands for itself. */
export function hasClusters(text: string): boolean {
  return joining.test(text);
}

export function clustersOf(text: string): Iterable<{ readonly segment: string }> {
  return new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
}

/** An emoji is drawn as one character where the terminal knows how. */
export function isEmoji(cluster: string): boolean {
  return cluster.length > 1 && emoji.test(cluster) && measure(cluster) === 2;
}

/** Columns of one grapheme of cleaned text. Other than emoji, its characters stand side by side. */
export function clusterColumns(cluster: string): number {
  if (cluster.length === 1 || !hasClusters(cluster)) return sumOf(cluster);
  return isEmoji(cluster) ? 2 : sumOf(cluster.normalize('NFC'));
}

/** Columns of text without clusters. */
export function sumOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterColumns(character.codePointAt(0) ?? 0, character);
  return columns;
}

/** What is drawn on the character before it, or not at all. */
const nothing = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]$/u;

/** The common ones are told without a look into the tables. */
function characterColumns(code: number, character: string): number {
  if (code < 0x300) return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0xad ? 0 : 1;
  // Punctuation; boxes and blocks; ideographs and syllables.
  if ((code >= 0x2010 && code < 0x2028) || (code >= 0x2500 && code < 0x25fd)) return 1;
  if ((code >= 0x4e00 && code < 0xa000) || (code >= 0xac00 && code < 0xd7a4)) return 2;
  return nothing.test(character) ? 0 : eastAsianWidth(code);
}
