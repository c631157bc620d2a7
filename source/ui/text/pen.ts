// What a terminal draws with: the state that SGR sequences add up to. Wrapped and cut rows open and close it anew.

/** Style codes by what they set; none: the terminal's own style. */
export type Pen = ReadonlyMap<Slot, string>;
type Slot = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'strike' | 'foreground' | 'background';

export const plainPen: Pen = new Map();

/** Blinking (5) and hidden (8) text is not among them on purpose: what cannot be read is not drawn so. */
const setters: Readonly<Record<string, Slot>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
};
const clearers: Readonly<Record<string, readonly Slot[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
  39: ['foreground'],
  49: ['background'],
};

/** The pen after `CSI parameters m`. */
export function changePen(pen: Pen, parameters: string): Pen {
  const next = new Map(pen);
  const codes = parameters.split(';');
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? '';
    const slot = colourSlot(code);
    if (slot !== undefined) {
      // 38 and 48 take their colour from the codes that follow, unless it stands behind a colon.
      const length = code === '38' || code === '48' ? (codes[at + 1] === '2' ? 5 : 3) : 1;
      next.set(slot, codes.slice(at, at + length).join(';'));
      at += length - 1;
      continue;
    }
    const set = setters[code];
    if (set !== undefined) next.set(set, code);
    else if (Number(code) === 0) next.clear();
    else for (const each of clearers[code] ?? []) next.delete(each);
  }
  return next;
}

/** The sequence that takes a plain terminal to this pen; '' for the plain one. */
export function openPen(pen: Pen): string {
  return pen.size === 0 ? '' : `\x1b[${[...pen.values()].join(';')}m`;
}

function colourSlot(code: string): Slot | undefined {
  if (/^(?:3[0-8]|9[0-7]|38:.*)$/.test(code)) return 'foreground';
  return /^(?:4[0-8]|10[0-7]|48:.*)$/.test(code) ? 'background' : undefined;
}
