// When something of ours could write into the worktree, and whose a change is by the time at which it was made.
import type { Claim } from '../session/facts.ts';
import type { DirtyPath } from './git-ports.ts';
import type { BackgroundCommand } from './ports.ts';

/** File systems stamp with a clock that ticks every few ms: a change may seem to come before its command. */
export const TICK_MS = 20;

/** A stretch of time in which somebody of ours could write, in epoch ms. `end` null: still going. */
export interface Span {
  /** `own`: something runs in the person's terminal. */
  readonly kind: 'command' | 'patch' | 'run' | 'own';
  readonly start: number;
  end: number | null;
  session?: number;
}

/** Begins a span; call the result at its end. With `session`, the command went on in the background. */
export function openSpan(spans: Span[], kind: Span['kind'], now: () => number): (session?: number) => void {
  const span: Span = { kind, start: now(), end: null };
  spans.push(span);
  return (session) => {
    if (session === undefined) span.end = now();
    else span.session = session;
  };
}

/** Spans are in whole ms, cut off; file times are finer. */
export function covers(span: Span, at: number): boolean {
  return at >= span.start - TICK_MS && at <= (span.end ?? Number.POSITIVE_INFINITY) + 1;
}

/** When a path was written last, in epoch ms; of one that is gone, when its folder was. */
export function touchedMs(now: DirtyPath | undefined, before: DirtyPath | undefined): number {
  return now?.stat?.ctimeMs ?? now?.parentCtimeMs ?? before?.parentCtimeMs ?? 0;
}

/** What is known of a path beside its claim. */
export interface Standing {
  /** Not the session's to claim. */
  readonly personal: boolean;
  /** Nobody knows yet. */
  readonly suspected: boolean;
  /** The model was asked about it. */
  readonly asked: boolean;
}

/**
 * Whose a change is, by the spans it lies in. A run of the tests claims nothing, and takes nothing away; nor does what
 * runs in the person's terminal. Where a command of the model ran beside that, a path that is new to us may be either's.
 */
export function ownerOf(
  within: readonly Span[],
  claim: Claim | undefined,
  { personal, suspected, asked }: Standing,
): 'session' | 'suspect' | 'lost' | 'person' | 'as before' {
  const commands = within.filter((span) => span.kind === 'command');
  const own = within.some((span) => span.kind === 'own');
  const either = own && claim === undefined;
  // What the model was asked about and did not name is left out, whatever else ran beside its background command.
  const leftOut = asked && commands.some((span) => span.session !== undefined);
  const ours = commands.some((span) => span.end !== null);
  if (ours && !leftOut && !personal && !either) return 'session';
  if (claim !== undefined) return claim.by === 'command' && within.length === 0 ? 'lost' : 'as before';
  if (personal) return 'as before';
  if (commands.length > 0 || (own && suspected)) return 'suspect';
  return within.length === 0 || own ? 'person' : 'as before';
}

/** A command in the foreground, or one whose end no snapshot has seen. */
export function isUnaccounted({ kind, session, end }: Span): boolean {
  return kind === 'command' && (session === undefined || end !== null);
}

/** Whether a background command has ended since. */
export function closeBackground(spans: Span[], background: readonly BackgroundCommand[]): boolean {
  let ended = false;
  for (const span of spans) {
    if (span.session === undefined || span.end !== null) continue;
    const command = background.find((each) => each.session === span.session);
    if (command !== undefined && command.ended === undefined) continue;
    span.end = command?.ended ?? span.start;
    ended = true;
  }
  return ended;
}
