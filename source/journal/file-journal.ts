// The one writer of a session: stamps events, writes each as one line, and brings them to the disk when asked.
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../engine/errors.ts';
import type { BlobDraft, Clock, Journal } from '../engine/ports.ts';
import { FORMAT, type Recorded, type SessionEvent } from '../session/events.ts';
import type { SessionState } from '../session/state.ts';
import { type Appender, createAppender } from './appender.ts';
import type { Blobs } from './blobs.ts';
import { coalesce } from './coalesce.ts';
import { revive } from './fold.ts';
import { journalError } from './journal-error.ts';
import { encodeLine } from './line.ts';
import type { Lock } from './lock.ts';
import { putAside } from './long-values.ts';
import { LONGEST_LINE_BYTES } from './scan.ts';
import { storedFrom } from './seek.ts';
import { writeSnapshot } from './snapshot.ts';

/** An opened session directory: `file` ends at the byte `end` with the event `seq`. All of it is the journal's until it is closed. */
export interface JournalParts {
  readonly directory: string;
  readonly file: FileHandle;
  readonly lock: Lock;
  readonly blobs: Blobs;
  readonly clock: Pick<Clock, 'now' | 'mono'>;
  readonly end: number;
  readonly seq: number;
}

/** How long an event may stay off the disk when nobody asks for a barrier: a power cut costs this much. */
const SYNC_AFTER_MS = 1_000;

export class FileJournal implements Journal {
  readonly barrier = coalesce(() => this.#sync());
  readonly #parts: JournalParts;
  readonly #lines: Appender;
  readonly #saveSnapshot = coalesce((state: SessionState) => this.#writeSnapshot(state));
  #seq: number;
  #unsynced = false;
  #syncTimer: NodeJS.Timeout | undefined;
  #snapshots: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(parts: JournalParts) {
    this.#parts = parts;
    this.#lines = createAppender(parts.file.fd, parts.end);
    this.#seq = parts.seq;
  }

  append(event: SessionEvent): Recorded {
    this.#refuseClosed();
    const { directory, blobs, clock } = this.#parts;
    const stamp = { v: FORMAT, seq: this.#seq + 1, at: clock.now(), mono: clock.mono() };
    const recorded: Recorded = { ...stamp, ...event };
    try {
      const line = encodeLine(putAside(recorded, blobs.keep));
      if (line.length > LONGEST_LINE_BYTES) throw new RangeError(`the line has ${line.length} bytes`);
      this.#lines.append(line);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AppError(
        'journal',
        `could not record ${event.type} in ${directory}: ${reason}; nothing was written: check the disk it is on`,
        { cause },
      );
    }
    this.#seq = stamp.seq;
    this.#syncSoon();
    return recorded;
  }

  async read(fromSeq: number, count: number): Promise<readonly Recorded[]> {
    this.#refuseClosed();
    const events: Recorded[] = [];
    if (count <= 0) return events;
    for await (const { stored } of storedFrom(this.#parts.file, this.#lines.end, fromSeq)) {
      if (events.push(revive(stored, this.#parts.blobs)) >= count) break;
    }
    return events;
  }

  keep(bytes: Uint8Array): string {
    this.#refuseClosed();
    const { directory, blobs } = this.#parts;
    let id: string;
    try {
      id = blobs.keep(bytes);
    } catch (cause) {
      throw journalError(
        `could not keep ${bytes.length} bytes in ${directory}`,
        cause,
        'check the disk it is on',
      );
    }
    this.#syncSoon();
    return id;
  }

  draft(): BlobDraft {
    const draft = this.#parts.blobs.draft();
    return {
      ...draft,
      keep: () => {
        const id = draft.keep();
        if (id !== undefined && this.#closing === undefined) this.#syncSoon();
        return id;
      },
    };
  }

  path(id: string): string | null {
    return this.#parts.blobs.path(id);
  }

  fetch(id: string, most?: number): Uint8Array | null {
    return this.#parts.blobs.fetch(id, most);
  }

  snapshot(state: SessionState): Promise<void> {
    // Where it fails, the next opening folds more lines, that is all.
    if (this.#closing === undefined) this.#snapshots = this.#saveSnapshot(state).catch(() => undefined);
    return this.#snapshots;
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    try {
      await this.#snapshots;
      await this.barrier();
    } finally {
      clearTimeout(this.#syncTimer);
      await this.#parts.file.close();
      this.#parts.lock.release();
    }
  }

  #refuseClosed(): void {
    if (this.#closing === undefined) return;
    throw new AppError(
      'journal',
      `the session in ${this.#parts.directory} is closed: open it again to go on`,
    );
  }

  #syncSoon(): void {
    this.#unsynced = true;
    // A failure here leaves the events unsynced, and the next barrier says so.
    this.#syncTimer ??= setTimeout(() => void this.barrier().catch(() => undefined), SYNC_AFTER_MS).unref();
  }

  async #sync(): Promise<void> {
    clearTimeout(this.#syncTimer);
    this.#syncTimer = undefined;
    if (!this.#unsynced) return;
    this.#unsynced = false;
    const { directory, file, blobs } = this.#parts;
    try {
      await blobs.sync();
      await file.datasync();
    } catch (error) {
      this.#unsynced = true;
      throw journalError(`could not bring the session in ${directory} to the disk`, error, 'check that disk');
    }
  }

  #writeSnapshot(state: SessionState): Promise<void> {
    return writeSnapshot(this.#parts.directory, this.#parts.file, this.#lines.end, state);
  }
}
