// Other projects on this machine, as the engine sees them. Types alone; a part of the ports.

/** Another project that words name. */
export interface FoundProject {
  /** `../vibetunnel`, `~/Projects/x`, else absolute. */
  readonly name: string;
  /** Absolute and real. */
  readonly path: string;
  /** The person's config lets patches write there. */
  readonly writable: boolean;
  /** What is odd about it, for people: whose it is, where a link led. */
  readonly said?: string;
}

/** What git sees of another project at one moment, times in epoch ms. */
export interface ProjectLook {
  readonly head: string | null;
  /** When HEAD moved last. */
  readonly movedAt: number;
  readonly dirty: ReadonlyMap<string, { readonly stamp: string; readonly at: number }>;
}

/** Other projects: only ever read, and nothing of them is run. None of these rejects; each is bounded in time. */
export interface Neighbours {
  /** Each project that the words name, in order; `notes` is a sentence on each name that leads to none. */
  find(
    words: string,
  ): Promise<{ readonly found: readonly FoundProject[]; readonly notes: readonly string[] }>;
  /** Whether it is a folder that can be read. */
  isThere(path: string): Promise<boolean>;
  /** What the model is told of it: cleaned, at most 1,500 tokens. `head`: the commit at which it was made. */
  card(project: FoundProject): Promise<{ readonly text: string; readonly head?: string }>;
  /** Its commit, undefined where it has none. */
  head(path: string): Promise<string | undefined>;
  /** Undefined where git sees nothing there, or takes too long. */
  look(path: string): Promise<ProjectLook | undefined>;
  /** When a path of it changed last, epoch ms; of the nearest folder, where it is gone. */
  changedAt(path: string, inside: string): Promise<number>;
}
