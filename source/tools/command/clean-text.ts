// Bytes that a program wrote for a terminal, as the plain text that a reader of that terminal would be left with.

/** CSI, then strings (OSC, DCS, APC, PM, SOS) up to their end or the end of the line, then two-byte escapes. Linear in time. */
const SEQUENCES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]/g;
const OVERSTRUCK = /[^\n\x08]\x08(?=[^\x08])/g;
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Invalid UTF-8 becomes U+FFFD; control sequences and control characters go; of a line rewritten by carriage returns the last state stays. */
export function cleanText(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replace(SEQUENCES, '');
  const settled = text.includes('\r') ? text.split('\n').map(lastState).join('\n') : text;
  return settled.replace(OVERSTRUCK, '').replace(CONTROLS, '');
}

function lastState(line: string): string {
  return line.split('\r').findLast((state) => state !== '') ?? '';
}
