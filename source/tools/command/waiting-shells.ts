// Shells that wait for their command. To start a process holds Node's loop for as long as its memory takes to be copied:
// 10 ms with 100 MB. A small shell starts them instead, ahead: `true` then takes 4 ms instead of 16, and nobody's key
// waits for it. Without this file every command starts its own shell as before.
import { closeSync } from 'node:fs';
import type { Pipe, PipeSupply } from './pipes.ts';
import type { ProgramExit } from './program.ts';
import { type Starter, startStarter } from './starter.ts';

/** Calls that one answer asks for at once are rarely more. */
const WAITING = 2;
/** Bash reads a command from a pipe letter by letter: a longer one is faster in a shell of its own. */
const MOST_CHARACTERS = 4_000;

/** A shell that runs its command. `reader`: of its output's pipe, the caller's to close. */
export interface StartedShell {
  /** Process id of the leader of its process session. */
  readonly leader: number;
  /** `NAME=value` of its environment. */
  readonly marker: string;
  readonly reader: number;
  readonly exit: Promise<ProgramExit>;
}

export interface WaitingShells {
  /** Undefined where none waits or is about to. `folder`: absolute path of one that is there. */
  take(folder: string, command: string): Promise<StartedShell | undefined>;
  /** Sees to it that shells wait for the next commands. Not before the first one: a session may have none. */
  refill(folder: string): Promise<void>;
  /** Ends those that wait. */
  close(): void;
}

interface Shell {
  readonly marker: string;
  readonly output: Pipe;
  /** Descriptors of its output that are still ours to close. */
  readonly held: Set<number>;
  isTaken: boolean;
  /** Its process id; undefined where it has ended before. */
  readonly waits: PromiseWithResolvers<number | undefined>;
  readonly ended: PromiseWithResolvers<ProgramExit>;
}

/** `shell`: the newest that it has started; undefined once that has ended. */
interface Post {
  readonly starter: Starter;
  shell: Shell | undefined;
}

/** `marker`: the beginning of each shell's own `NAME=value`, with neither spaces nor lines in it. */
export function createWaitingShells(
  environment: Readonly<Record<string, string>>,
  marker: string,
  pipes: PipeSupply,
): WaitingShells {
  /** Those whose shells wait for longest first. */
  const posts = new Set<Post>();
  let filling: Promise<void> | undefined;
  /** No further ones: closed, or the system has not what it takes. */
  let isOver = process.platform !== 'linux';
  let last = 0;

  const waiting = (): Post[] => [...posts].filter(({ shell }) => shell?.isTaken === false);
  const end = (post: Post, code: number | null): void => {
    const { shell } = post;
    post.shell = undefined;
    if (shell === undefined) return;
    settle(shell, code);
    // One that was to wait and has not will not the next time either.
    if (!shell.isTaken) isOver = true;
  };
  const close = (): void => {
    isOver = true;
    for (const post of posts) {
      post.starter.close();
      if (post.shell?.isTaken === false) end(post, null);
    }
  };
  const add = (folder: string, control: Pipe): Post => {
    const starter = startStarter(environment, folder, control, {
      waits: (leader) => post.shell && greet(post.shell, leader),
      ended: (code) => end(post, code),
      lost() {
        posts.delete(post);
        end(post, null);
      },
    });
    const post: Post = { starter, shell: undefined };
    return post;
  };
  const fill = async (folder: string): Promise<void> => {
    while (!isOver && waiting().length < WAITING) {
      const post = [...posts].find(({ shell }) => shell === undefined) ?? add(folder, await pipes.take());
      last += 1;
      const shell = shellOf(`${marker}waiting-${last}.`, await pipes.take());
      post.shell = shell;
      posts.delete(post);
      posts.add(post);
      if (!post.starter.tell(`${shell.output.writer} ${shell.marker}\n`)) end(post, null);
    }
    // Closed in between.
    if (isOver) close();
  };
  return {
    async take(folder, command) {
      const [post] = waiting();
      const shell = post?.shell;
      if (shell === undefined || command.length > MOST_CHARACTERS || command.includes('\0')) return undefined;
      shell.isTaken = true;
      const leader = await shell.waits.promise;
      if (leader === undefined || !post?.starter.tell(`${folder}\0${command}\0`)) return undefined;
      shell.held.delete(shell.output.reader);
      return { leader, marker: shell.marker, reader: shell.output.reader, exit: shell.ended.promise };
    },
    refill(folder) {
      filling ??= fill(folder).finally(() => {
        filling = undefined;
      });
      return filling;
    },
    close,
  };
}

function shellOf(marker: string, output: Pipe): Shell {
  const held = new Set([output.reader, output.writer]);
  const [waits, ended] = [Promise.withResolvers<number | undefined>(), Promise.withResolvers<ProgramExit>()];
  return { marker, output, held, isTaken: false, waits, ended };
}

/** It has an end of its output of its own now: what it closes is seen by us. */
function greet(shell: Shell, leader: number): void {
  release(shell, shell.output.writer);
  shell.waits.resolve(leader);
}

function settle(shell: Shell, code: number | null): void {
  release(shell, ...shell.held);
  shell.waits.resolve(undefined);
  shell.ended.resolve({ code });
}

function release({ held }: Shell, ...fds: readonly number[]): void {
  for (const fd of fds) if (held.delete(fd)) closeSync(fd);
}
