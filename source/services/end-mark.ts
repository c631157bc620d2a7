// Finds the mark by which a command's end is told apart from its output, wherever the chunks are cut.

export interface EndMark {
  /** `text`: what is surely output. `code`: the exit code, once; nothing after it counts. */
  read(chunk: string): { readonly text: string; readonly code?: number };
  /** What was held back as a possible beginning of the mark and never became one. */
  rest(): string;
}

/** `nonce`: letters, digits and dashes. The mark is `ESC ] 777 ; end ; NONCE ; CODE BEL`; unknown to terminals, so harmless where it gets through. */
export function createEndMark(nonce: string): EndMark {
  const opening = `\x1b]777;end;${nonce};`;
  const whole = new RegExp(`${opening.replace(']', '\\]')}(\\d{1,3})\\x07`);
  let held = '';

  const read: EndMark['read'] = (chunk) => {
    const all = held + chunk;
    held = '';
    const found = whole.exec(all);
    if (found) return { text: all.slice(0, found.index), code: Number(found[1]) };
    held = possibleBeginning(all, opening);
    return { text: all.slice(0, all.length - held.length) };
  };
  return { read, rest: () => held };
}

/** The end of `text` from which a mark may still come. */
function possibleBeginning(text: string, opening: string): string {
  const start = text.lastIndexOf('\x1b');
  if (start < 0) return '';
  const end = text.slice(start);
  const onlyCodeIsCut = end.startsWith(opening) && /^\d{0,3}$/.test(end.slice(opening.length));
  return onlyCodeIsCut || opening.startsWith(end) ? end : '';
}
