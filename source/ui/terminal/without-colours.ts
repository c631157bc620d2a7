// What a terminal gets where no colours are wanted: weights stay, whoever wrote the text.

const styles = /\x1b\[([\d;:]*)m/g;
/** Codes of SGR that set a colour by name, or take it off. */
const named = /^(?:3[0-79]|4[0-79]|5[9]|9[0-7]|10[0-7])$/;
/** Those that are followed by `5;n` or `2;r;g;b`. */
const longer = new Set(['38', '48', '58']);

export function withoutColours(text: string): string {
  return text.replace(styles, (whole, codes: string) => {
    const kept = keepWeights(codes.split(';'));
    if (kept.length > 0) return `\x1b[${kept.join(';')}m`;
    return codes === '' ? whole : '';
  });
}

function keepWeights(codes: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? '';
    if (longer.has(code)) at += codes[at + 1] === '2' ? 4 : 2;
    else if (!named.test(code) && !/^[345]8:/.test(code)) kept.push(code);
  }
  return kept;
}
