// Which commands there are: those that `write_stdin` can reach by number, and those that the person is shown as going on.
import type { Command } from './command.ts';

/** Ended commands whose last output nobody has fetched; older ones are forgotten. */
const MOST_UNREAD = 16;

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
  let last = 0;

  return {
    nextNumber() {
      last += 1;
      return last;
    },
    add(command) {
      const unread = [...reachable.values()].filter((each) => !isLive(each));
      for (const each of unread.slice(0, -MOST_UNREAD)) reachable.delete(each.session);
      reachable.set(command.session, command);
    },
    find: (session) => reachable.get(session),
    forget(command) {
      reachable.delete(command.session);
    },
    live: () => [...reachable.values()].filter(isLive).sort(byAge),
    goesOn(command) {
      background = [...background, command].sort(byAge);
    },
    background: () => background,
    settle() {
      background = background.filter(isLive);
    },
  };
}
