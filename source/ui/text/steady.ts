// Rows as every terminal draws them: some take a family, a flag or a keycap for one emoji, others for several, and what
// stands behind it in the row would be elsewhere than it was laid out.
import measure from 'string-width';
import { clusterColumns, clustersOf, hasClusters, isEmoji, sumOf } from './columns.ts';

const indicators = /\p{Regional_Indicator}/gu;
const FIRST_INDICATOR = 0x1f1e6;
/** A character with its marks, without what chooses among its pictures. */
const plain = /^.[\p{Mn}\p{Me}]*/su;
const sgr = /(\x1b\[[\d;:]*m)/;
const selectors = /\u20e3|\u200d|\p{Variation_Selector}/gu;
const NON_JOINER = '\u200c';
/** Letters that Ink counts as nothing behind another one, as the mark and the letter that they look like. */
const joined = new Map([
  ['\u0e33', '\u0e4d\u0e32'],
  ['\u0eb3', '\u0ecd\u0eb2'],
]);

/** The row in the columns that it was laid out in, whatever draws it: of a family the first, of a flag its letters. */
export function steady(row: string): string {
  if (!hasClusters(row)) return row;
  return row
    .split(sgr)
    .map((part, at) => (at % 2 === 1 || !hasClusters(part) ? part : steadyPart(part)))
    .join('');
}

function steadyPart(text: string): string {
  let drawn = '';
  for (const { segment } of clustersOf(text)) drawn += hasClusters(segment) ? settle(segment) : segment;
  // A style may end between a character and what would choose its picture.
  return drawn.replace(selectors, '');
}

function settle(cluster: string): string {
  // Ink gives a mark that stands alone a column of its own.
  if (sumOf(cluster) === 0) return '';
  const letters = cluster.replace(indicators, letterOf);
  if (letters !== cluster) return letters;
  if (isEmoji(cluster)) {
    const first = firstOf(cluster);
    return first + ' '.repeat(Math.max(0, clusterColumns(cluster) - sumOf(first)));
  }
  return apart(cluster.normalize('NFC'));
}

function letterOf(indicator: string): string {
  return String.fromCharCode(65 + (indicator.codePointAt(0) ?? FIRST_INDICATOR) - FIRST_INDICATOR);
}

function firstOf(cluster: string): string {
  return plain.exec(cluster)?.[0].replace(selectors, '') ?? '';
}

/** Ink counts some letters as nothing behind another; terminals do not. */
function apart(cluster: string): string {
  const columns = sumOf(cluster);
  if (measure(cluster) === columns) return cluster;
  let text = '';
  for (const character of cluster) {
    const letter = joined.get(character) ?? character;
    text += (letter === character && sumOf(character) > 0 && text !== '' ? NON_JOINER : '') + letter;
  }
  if (measure(text) === columns) return text;
  const first = firstOf(cluster);
  return first + ' '.repeat(Math.max(0, columns - sumOf(first)));
}
