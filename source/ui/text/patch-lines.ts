// A patch as the model writes it, line by line, as far as it has come.

export type PatchLine =
  | { readonly kind: 'context' | 'added' | 'removed' | 'anchor'; readonly text: string }
  /** Something that is not in the grammar: shown as it stands. */
  | { readonly kind: 'other'; readonly text: string };

export interface PatchFile {
  readonly change: 'added' | 'deleted' | 'updated';
  readonly path: string;
  /** Where a move leads. */
  readonly to?: string;
  readonly added: number;
  readonly removed: number;
  readonly lines: readonly PatchLine[];
}

interface Growing {
  change: PatchFile['change'];
  path: string;
  to?: string;
  added: number;
  removed: number;
  lines: PatchLine[];
}

const heading = /^\*\*\* (Add|Delete|Update) File: (.*)$/;
const move = /^\*\*\* Move to: (.*)$/;
/** Begin, end, end of file, and a marker that is still being written. */
const frame = /^\*\*\*/;
const changes = { Add: 'added', Delete: 'deleted', Update: 'updated' } as const;

/** The files of a cleaned patch, in order. Lines before the first heading are left out. */
export function patchFiles(patch: string): PatchFile[] {
  const files: Growing[] = [];
  const lines = patch.replace(/\n\*{0,2}$/, '').split('\n');
  for (const line of lines) {
    const found = heading.exec(line);
    if (found !== null) {
      const change = changes[(found[1] ?? 'Update') as keyof typeof changes];
      files.push({ change, path: found[2] ?? '', added: 0, removed: 0, lines: [] });
      continue;
    }
    const file = files.at(-1);
    const target = move.exec(line);
    if (file === undefined) continue;
    if (target !== null) file.to = target[1] ?? '';
    else if (!frame.test(line)) addLine(file, line);
  }
  return files;
}

function addLine(file: Growing, line: string): void {
  const text = line.slice(1);
  if (line.startsWith('@@')) {
    const anchor = line.slice(2).trim();
    // Above the first lines of a file a nameless anchor parts nothing.
    if (anchor !== '' || file.lines.length > 0) file.lines.push({ kind: 'anchor', text: anchor });
  } else if (line.startsWith('+')) {
    file.added += 1;
    file.lines.push({ kind: 'added', text });
  } else if (line.startsWith('-')) {
    file.removed += 1;
    file.lines.push({ kind: 'removed', text });
  } else if (line.startsWith(' ') || line === '') file.lines.push({ kind: 'context', text });
  else file.lines.push({ kind: 'other', text: line });
}
