// Which commands there are: those that `write_stdin` can reach by number, and those that the person is shown as going on.
import type { Command } from './command.ts';

/** Ended commands whose last output nobody has fetched; older ones are forgotten. */
const MOST_UNREAD = 16;

/** Ended commands that people can still read, beside those that run. */
const MOST_ENDED = 10;

export interface Table {
  nextNumber(): number;
  add(command: Command): void;
  find(session: number): Command | undefined;
  /** Its last output has been told, or nobody will ask for it. */
  forget(command: Command): void;
  /** Oldest first. */
  live(): readonly Command[];
  /** Its call was answered while it ran. */
  goesOn(command: Command): void;
  /** Those that went on, oldest first. */
  background(): readonly Command[];
  /** Drops the ended ones from `background`. */
  settle(): void;
  /** Those that went on and still run, and the newest that ended, for people. */
  watched(): readonly Command[];
}

export function isLive(command: Command): boolean {
  return command.ended() === undefined;
}

function byAge(a: Command, b: Command): number {
  return a.session - b.session;
}

export function createTable(): Table {
  const reachable = new Map<number, Command>();
  let background: Command[] = [];
  let watched: Command[] = [];
  let last = 0;

  return {
    nextNumber() {
      last += 1;
      return last;
    },
    add(command) {
      const unread = [...reachable.values()].filter((each) => !isLive(each));
      for (const each of unread.slice(0, -MOST_UNREAD)) {
        reachable.delete(each.session);
        each.drop();
      }
      reachable.set(command.session, command);
    },
    find: (session) => reachable.get(session),
    forget(command) {
      reachable.delete(command.session);
    },
    live: () => [...reachable.values()].filter(isLive).sort(byAge),
    goesOn(command) {
      background = [...background, command].sort(byAge);
      const ended = watched.filter((each) => !isLive(each)).slice(-MOST_ENDED);
      watched = [...watched.filter((each) => isLive(each) || ended.includes(each)), command].sort(byAge);
    },
    background: () => background,
    watched: () => watched,
    settle() {
      background = background.filter(isLive);
    },
  };
}
