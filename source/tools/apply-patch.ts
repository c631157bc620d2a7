// The tool that edits files, as the model is told of it and as its patches are carried out.
import type { ParsedCall, ToolResult, WireTool } from '../engine/ports.ts';
import { PatchError } from './patch/patch-error.ts';
import { type PlannedFile, planPatch } from './patch/plan-patch.ts';
import { readPatch } from './patch/read-patch.ts';
import type { Territory } from './patch/worktree-path.ts';
import { writeFiles } from './patch/write-files.ts';
import { type ObjectSchema, readArguments } from './schema.ts';

/** Codex's own, word for word: what a model is trained on, it writes best. */
const grammar = `start: begin_patch hunk+ end_patch
begin_patch: "*** Begin Patch" LF
end_patch: "*** End Patch" LF?

hunk: add_hunk | delete_hunk | update_hunk
add_hunk: "*** Add File: " filename LF add_line+
delete_hunk: "*** Delete File: " filename LF
update_hunk: "*** Update File: " filename LF change_move? change?

filename: /(.+)/
add_line: "+" /(.*)/ LF -> line

change_move: "*** Move to: " filename LF
change: (change_context | change_line)+ eof_line?
change_context: ("@@" | "@@ " /(.+)/) LF
change_line: ("+" | "-" | " ") /(.*)/ LF
eof_line: "*** End of File" LF

%import common.LF
`;

const description = 'Edits files. Paths are relative to the project.';

const parameters: ObjectSchema = {
  type: 'object',
  properties: {
    input: {
      type: 'string',
      description: `*** Begin Patch
*** Add File: a.txt
+each line with a plus
*** Update File: b.py
*** Move to: c.py
@@ def f():
 3 lines of context
-old
+new
*** Delete File: d.txt
*** End Patch`,
    },
  },
  required: ['input'],
};

/** As a grammar tool where the wire takes those, else as a function; calls of both shapes are always understood. */
export function applyPatchTool(custom: boolean): WireTool {
  return custom
    ? {
        type: 'custom',
        name: 'apply_patch',
        description,
        format: { type: 'grammar', syntax: 'lark', definition: grammar },
      }
    : { type: 'function', name: 'apply_patch', description, strict: false, parameters };
}

/** Takes the bare patch of a grammar call and the JSON of a function call. */
export function parseApplyPatch(argument: string): ParsedCall {
  if (!argument.trimStart().startsWith('{')) return { kind: 'patch', patch: argument };
  const read = readArguments<{ readonly input: string }>('apply_patch', argument, parameters);
  return 'error' in read ? { kind: 'error', error: read.error } : { kind: 'patch', patch: read.value.input };
}

/** The patch in `apply_patch <<'EOF' …`, which models trained on a shell tool send; undefined for any other command. */
export function heredocPatch(cmd: string): string | undefined {
  return /^\s*apply_?patch\s+<<-?\s*(['"]?)(\w+)\1[ \t]*\r?\n([\s\S]*?)\r?\n\2\s*$/.exec(cmd)?.[3];
}

/** Applies a patch whole or not at all. Never rejects; `files` holds the worktree's alone, not those of other writable folders. */
export async function applyPatch(patch: string, territory: Territory): Promise<ToolResult> {
  try {
    const planned = await planPatch(readPatch(patch), territory);
    await writeFiles(planned);
    const files = planned
      .filter((file) => !file.outside)
      .map(({ path, before, after, added, removed }) => ({ path, before, after, added, removed }));
    return { outcome: 'ok', output: describe(planned), files };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice =
      error instanceof PatchError ? '\nNothing was changed. Mend the patch and send all of it again.' : '';
    return { outcome: 'failed', output: reason + advice };
  }
}

function describe(files: readonly PlannedFile[]): string {
  if (files.length === 0) return 'The files already are as the patch wants them. Nothing was changed.';
  return ['Success. Updated the following files:', ...files.map(describeFile)].join('\n');
}

function describeFile({ path, before, after, note }: PlannedFile): string {
  const letter = before === null ? 'A' : after === null ? 'D' : 'M';
  return `${letter} ${path}${note === undefined ? '' : ` (${note})`}`;
}
