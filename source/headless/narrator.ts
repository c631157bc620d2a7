// What an event says to people: the model's words, and one row for each thing that was done.
import { texts } from '../session/conversation.ts';
import { decisionText } from '../session/decisions.ts';
import type { Recorded } from '../session/events.ts';
import type { ShipVerdict, TimeSplit } from '../session/facts.ts';
import { wallMs } from '../session/pace.ts';
import { type Call, callsOf } from '../session/turn.ts';
import { clean, duration, oneLine } from './print.ts';

export interface Told {
  /** The model's own words, as it wrote them (not cleaned). */
  readonly words?: string;
  /** Cleaned, one line each. */
  readonly rows: readonly string[];
}

type Of<T extends Recorded['type']> = Recorded & { type: T };

const FAILURES = 10;
/** Marks of notices, as on the full screen. */
const levels = { info: '·', warning: '!', error: '✕' } as const;
const silent: Told = { rows: [] };

/** Remembers the calls of the last answer, because an output names its call by id alone. */
export function createNarrator(): (event: Recorded) => Told {
  let calls: readonly Call[] = [];
  return (event) => {
    switch (event.type) {
      case 'step.finished':
        calls = callsOf(event.items);
        return answer(event);
      case 'call.finished':
        return finishedCall(
          event,
          calls.find((call) => call.id === event.call),
        );
      default:
        return { rows: rowsOf(event) };
    }
  };
}

function answer(event: Of<'step.finished'>): Told {
  const words = event.items
    .filter((item) => item.type === 'message')
    .flatMap((item) => texts(item.content))
    .join('\n\n');
  return words === '' ? silent : { words, rows: [] };
}

function finishedCall(event: Of<'call.finished'>, call: Call | undefined): Told {
  const name = call?.name ?? 'call';
  const good = event.outcome === 'ok';
  if (name === 'ship' && good) {
    const say = fields(call?.argument).say;
    return typeof say === 'string' && say !== '' ? { words: say, rows: [] } : silent;
  }
  const changes = event.changes?.map((each) => `${each.path} +${each.added} −${each.removed}`).join(', ');
  const what = oneLine(changes || String(fields(call?.argument).cmd ?? ''), 100);
  const exit = event.exit ? `exit ${event.exit}` : good ? '' : event.outcome;
  const why = good || name === 'exec_command' ? '' : oneLine(event.output);
  const mark = good && !event.exit ? '●' : '✕';
  return { rows: [joined('  ', `${mark} ${oneLine(name, 40)}`, what, exit, why, duration(event.ms))] };
}

/** The model's arguments are JSON for functions, plain text for grammar calls, and may be neither. */
function fields(argument: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(argument ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function rowsOf(event: Recorded): string[] {
  switch (event.type) {
    case 'prompt.accepted':
      return [`› ${oneLine(event.text)}`];
    case 'prompt.steered':
      return [`› (steer) ${oneLine(event.text)}`];
    case 'prompt.queued':
      return [`queued: ${oneLine(event.text)}`];
    case 'queue.paused':
      return [`queue paused: ${event.reason}`];
    case 'step.failed': {
      const again = event.retryInMs === undefined ? '' : `; asking again in ${duration(event.retryInMs)}`;
      return [`${again ? '↻' : '✕'} ${oneLine(event.reason, 400)}${again}`];
    }
    case 'run.finished':
      return testRows(event);
    case 'commit.created':
      return commitRows(event);
    case 'commit.failed':
      return [`✕ not committed: ${oneLine(event.reason, 400)}`];
    case 'reference.added':
      return [
        joined(
          ' · ',
          `+ reference ${oneLine(event.name)}`,
          `${event.tokens} tokens`,
          oneLine(event.said ?? ''),
        ),
      ];
    case 'reference.removed':
      return [`− reference ${oneLine(event.name)}`];
    case 'context.compacted':
      return [`context made shorter (${event.by}), ${event.before} tokens before`];
    case 'notice.raised':
      return clean(event.text)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => `${levels[event.level]} ${line}`);
    case 'turn.ended':
      return [joined(' · ', event.outcome, oneLine(event.reason ?? '', 400), timing(event.time))];
    default:
      return [];
  }
}

function testRows(event: Of<'run.finished'>): string[] {
  if (event.verdict === 'stopped') return [];
  const { passed, failed } = event.counts ?? {};
  const counts = passed === undefined ? '' : `${passed} passed${failed ? `, ${failed} failed` : ''}`;
  const mark = event.verdict === 'green' ? '✓' : '✕';
  const reason = oneLine(event.reason ?? '');
  const failures = event.failures.slice(0, FAILURES).map((failure) => `    ✕ ${oneLine(failure.name)}`);
  const more = event.failures.length - failures.length;
  return [
    joined(' · ', `${mark} tests ${event.verdict}`, counts, reason, duration(event.ms)),
    ...failures,
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

function commitRows(event: Of<'commit.created'>): string[] {
  const { sha, branch, subject, paths, decisions = [], verdict } = event;
  const files = paths.length === 1 ? '1 file' : `${paths.length} files`;
  const commit = `✓ ${sha.slice(0, 7)} ${oneLine(subject)}`;
  const choices = decisions.map((decision) => oneLine(decisionText(decision)));
  return [
    joined(' · ', commit, oneLine(branch, 60), files, verdictWords(verdict)),
    ...choices.map((choice) => `    ◆ ${choice}`),
  ];
}

function verdictWords(verdict: ShipVerdict): string {
  switch (verdict.kind) {
    case 'green':
      return verdict.counts ? `green, ${verdict.counts.passed} passed` : 'green';
    case 'known':
    case 'unverified':
      return `${verdict.failures} ${verdict.kind}`;
    case 'not needed':
      return 'no tests needed';
    default:
      return verdict.kind;
  }
}

function timing(time: TimeSplit | undefined): string {
  if (time === undefined) return '';
  const wall = wallMs(time);
  return wall > 0 ? `${duration(wall)} · model ${Math.round((time.model / wall) * 100)}%` : '';
}

function joined(separator: string, ...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator);
}
