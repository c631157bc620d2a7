// The model's tools: what it is told of them, how its calls are read, and how they are run.
import type { BlobDraft, Terminal, Tools, WireTool } from '../engine/ports.ts';
import { applyPatch, applyPatchTool, parseApplyPatch } from './apply-patch.ts';
import { createCommands } from './commands.ts';
import { execCommandTool, parseExecCommand } from './exec-command.ts';
import { parseShip, shipTool } from './ship.ts';
import { parseViewImage, viewImage, viewImageTool } from './view-image.ts';
import { parseWriteStdin, writeStdinTool } from './write-stdin.ts';

export interface ToolsSetting {
  /** The worktree, absolute. */
  readonly root: string;
  /** The person's own, without hullspeed's key: commands get it all. */
  readonly environment: Readonly<Record<string, string>>;
  readonly terminal: Terminal;
  /** Where output goes that is too long for the memory; absent: nowhere. */
  readonly draft?: () => BlobDraft;
  /** Tokens of output that a call has by default and may have at most. 25,000 is what the practice's own config sets. */
  readonly outputTokens?: number;
  /** Absolute folders beside the worktree that patches may write too. */
  readonly writable?: readonly string[];
}

const webSearchTool: WireTool = { type: 'web_search' };

export function createTools({
  root,
  environment,
  terminal,
  draft,
  outputTokens = 25_000,
  writable = [],
}: ToolsSetting): Tools {
  const commands = createCommands({ environment, terminal, draft });

  return {
    definitions({ custom, webSearch }) {
      const own = [execCommandTool, writeStdinTool, applyPatchTool(custom), viewImageTool, shipTool];
      return webSearch ? [...own, webSearchTool] : own;
    },
    parse({ name, argument }) {
      switch (name) {
        case 'exec_command':
          return parseExecCommand(argument, root, outputTokens);
        case 'write_stdin':
          return parseWriteStdin(argument, outputTokens);
        case 'apply_patch':
          return parseApplyPatch(argument);
        case 'view_image':
          return parseViewImage(argument, root);
        case 'ship':
          return parseShip(argument);
        default:
          return {
            kind: 'error',
            error: `There is no tool ${name}. The tools are exec_command, write_stdin, apply_patch, view_image and ship.`,
          };
      }
    },
    run(call, onOutput, signal) {
      switch (call.kind) {
        case 'command':
          return commands.run(call, { onOutput, signal });
        case 'input':
          return commands.input(call, { onOutput, signal });
        case 'patch':
          return applyPatch(call.patch, { root, writable, references: call.references });
        case 'image':
          return viewImage(call.path);
        default:
          return call satisfies never;
      }
    },
    prepare: commands.prepare,
    background: commands.background,
    settle: commands.settle,
    watched: commands.watched,
    stop: commands.stop,
    onWatched: commands.onWatched,
    close: commands.close,
  };
}
