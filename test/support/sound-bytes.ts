// What the program may say to a terminal, as a grammar. Everything else is somebody else's voice.

const allowed: readonly RegExp[] = [
  // Text: no control character of either set, no bidi control or mark, no tag character.
  /[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]+/uy,
  /\r?\n|\r|\x07/y,
  // Colours, the cursor's way, erasing.
  /\x1b\[[\d;]*m/y,
  /\x1b\[\d*(?:;\d+)?[A-HJK]/y,
  // Cursor, alternate screen, bracketed paste, focus, synchronised frames.
  /\x1b\[\?(?:25|1004|1049|2004|2026)[hl]/y,
  // Alt as Esc, and as it was.
  /\x1b\[\?1036;1039[shr]/y,
  // Keys with bytes of their own, the mouse, the wheel, and the questions about them.
  /\x1b\[>4(?:;1)?m|\x1b\[>5u|\x1b\[<u|\x1b\[\?(?:1000|1006|1007)[hl]/y,
  /\x1b\[\?u|\x1b\[\?1007\$p|\x1b\]11;\?\x1b\\/y,
  // The title's stack, the title, a notification of our own words.
  /\x1b\[2[23];2t/y,
  /\x1b\]2;[^\x00-\x1f\x7f-\x9f]{0,80}\x07/y,
  /\x1b\]9;hullspeed: [^\x00-\x1f\x7f-\x9f]{1,100}\x07/y,
];

/** Each place that the grammar does not allow, with what follows it; empty for sound bytes. */
export function findUnsound(bytes: Buffer): string[] {
  // A byte of 8-bit C1 is no UTF-8, and would be replaced without `fatal`.
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOfSound(text, at);
    if (end === at) found.push(JSON.stringify(text.slice(at, at + 40)));
    at = end === at ? at + 1 : end;
  }
  return found;
}

function endOfSound(text: string, at: number): number {
  for (const pattern of allowed) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  return at;
}
