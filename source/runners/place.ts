// Where in a file something failed, as runners write it: `path:line:column` or `path:line`.

export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** The place at the end of a text: inside its last brackets, else after its last blank. */
export function readPlace(text: string): Place | undefined {
  const bracket = text.lastIndexOf('(');
  const place = text.slice((bracket < 0 ? text.trimEnd().lastIndexOf(' ') : bracket) + 1);
  const [, file, line] = /^'?(?:file:\/\/)?(.+?):(\d+)(?::\d+)?[)']?$/.exec(place) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}
