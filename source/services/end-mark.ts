// Finds the mark by which a command's end is told apart from its output, wherever the chunks are cut.

export interface EndMark {
  /** `output`: what is surely output. `code`: the exit code, once; nothing after it counts. */
  read(chunk: Buffer): { readonly output: Buffer; readonly code?: number };
  /** What was held back as a possible beginning of the mark and never became one. */
  rest(): Buffer;
}

/** `nonce`: letters, digits and dashes. The mark is `ESC ] 777 ; end ; NONCE ; CODE BEL`; unknown to terminals, so harmless where it gets through. */
export function createEndMark(nonce: string): EndMark {
  const opening = Buffer.from(`\x1b]777;end;${nonce};`);
  let held = Buffer.alloc(0);

  const read: EndMark['read'] = (chunk) => {
    const all = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let at = all.indexOf(opening); at >= 0; at = all.indexOf(opening, at + 1)) {
      const code = codeAt(all, at + opening.length);
      if (code !== undefined) return { output: all.subarray(0, at), code };
    }
    const start = possibleBeginning(all, opening);
    held = Buffer.from(all.subarray(start));
    return { output: all.subarray(0, start) };
  };
  return { read, rest: () => held };
}

const LONGEST_CODE = 3;

function codeAt(bytes: Buffer, at: number): number | undefined {
  const code = /^(\d{1,3})\x07/.exec(bytes.toString('latin1', at, at + LONGEST_CODE + 1))?.[1];
  return code === undefined ? undefined : Number(code);
}

/** Where what may still become a mark begins; the end where nothing may. */
function possibleBeginning(bytes: Buffer, opening: Buffer): number {
  const start = bytes.lastIndexOf(0x1b);
  if (start < 0 || bytes.length - start > opening.length + LONGEST_CODE) return bytes.length;
  const end = bytes.subarray(start);
  const common = Math.min(end.length, opening.length);
  const fits = end.compare(opening, 0, common, 0, common) === 0;
  return fits && /^\d*$/.test(end.toString('latin1', common)) ? start : bytes.length;
}
