// `hullspeed queue`: a prompt from an editor or another terminal. The process that has the session open takes it;
// where there is none it goes into the journal and waits. Nothing of the repository runs by it, so it needs no trust.
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import type { FileLines, Parsed } from '../args.ts';
import { AppError } from '../engine/errors.ts';
import { printQueued, type QueueAnswer, readAnswer } from '../headless/queue.ts';
import { createBlobs } from '../journal/blobs.ts';
import { decide } from '../session/commands.ts';
import { initialState } from '../session/state.ts';
import { locate, type Program } from '../wire.ts';
import { deliver } from './deliver.ts';
import { readImages } from './images.ts';
import { noRepository } from './run.ts';
import type { Writers } from './writers.ts';

export async function queue(
  program: Program,
  { flags, prompt, at, images, json }: Parsed & { command: 'queue' },
  { stdout, stderr }: Writers,
): Promise<number> {
  const located = await locate(program, flags);
  if (located === null) throw noRepository(program.cwd);
  const words = (prompt ?? (await readText(process.stdin))).trimEnd();
  if (words === '') throw new AppError('usage', 'there is nothing to queue: standard input was empty');
  const where = at === undefined ? '' : `\n\nat ${await nameLines(at, program.cwd, located.place.root)}`;
  const { directory } = located;
  const named = await readImages(images ?? [], program.cwd);
  // Named after their own hashes, they can be written beside an open session.
  const kept = named.bytes.map(createBlobs(directory).keep);
  const command = { do: 'queue', text: words + named.words + where, images: kept } as const;
  const refusal = decide(initialState, command);
  // What is refused is refused before it leaves.
  const answer =
    'refused' in refusal
      ? refusal
      : await deliver<QueueAnswer>({
          directory,
          app: program.app,
          command,
          request: { queue: command.text, images: kept },
          read: readAnswer,
          left: ({ queue: { items } }) => ({ queued: items.length, waits: 'screen' }),
          failed: 'the prompt was not queued',
          warnings: stderr,
        });
  if ('refused' in answer)
    throw new AppError('usage', `the session in ${directory} did not take the prompt: ${answer.refused}`);
  printQueued(answer, { json, stdout });
  return 0;
}

/** `source/cli.ts:12` or `source/cli.ts:12-20`, from the root of the repository. */
async function nameLines({ file, first, last }: FileLines, cwd: string, root: string): Promise<string> {
  const asked = resolve(cwd, file);
  // The root has no symbolic links in it, and the way that an editor names a file may.
  const folder = await realpath(dirname(asked)).catch(() => dirname(asked));
  const path = relative(root, join(folder, basename(asked)));
  if (path === '' || /^\.\.(\/|$)/.test(path))
    throw new AppError('usage', `--at ${file} is not a file in ${root}: name one that is, or leave out --at`);
  return `${path}:${first}${last > first ? `-${last}` : ''}`;
}
