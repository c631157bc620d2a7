// The one row of state at the bottom, and the same in short for the terminal's title.
import type { Activity, LiveState, Settings } from '../../engine/face.ts';
import type { TimeSplit } from '../../session/facts.ts';
import { wallMs } from '../../session/pace.ts';
import { LONG_MARK } from '../../session/pace-lines.ts';
import { isLong } from '../../session/pace-report.ts';
import type { SessionState } from '../../session/state.ts';
import { clock, share, tokens } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';
import { fit, type Part } from '../text/fit.ts';
import type { Theme } from '../theme.ts';
import { outcomeMarks } from './quiet-rows.ts';

export interface Status {
  readonly state: SessionState;
  readonly live: LiveState;
  readonly settings: Settings;
  /** Null: detached. Undefined: not known yet. */
  readonly branch: string | null | undefined;
  /** Monotonic ms of this process. */
  readonly mono: number;
  /** How many background commands of the model run. */
  readonly background?: number;
  readonly width: number;
  readonly theme: Theme;
}

const verbs: Readonly<Record<Activity, string>> = {
  idle: 'ready',
  thinking: 'thinking',
  command: 'running a command',
  testing: 'testing',
  committing: 'committing',
  pushing: 'pushing',
  compacting: 'compacting',
  waiting: 'waiting',
};

/**
 * `● 3m12 testing · gpt-5.2-codex high · context 41% · model 94% · 81k tokens · cached 62% · queue 1 · main`.
 * Times and tokens are of the running turn, or of the last one. Where it is narrow, the least important parts go.
 * `≫` behind the time: far longer than turns take.
 */
export function statusRow({
  background = 0,
  state,
  live,
  settings,
  branch,
  mono,
  width,
  theme,
}: Status): string {
  const dim = (text: string): string => theme.sgr('dim', text);
  const { usage } = state.pace.current;
  const time = state.turns.running ? live.time : state.pace.turns.at(-1)?.time;
  const waiting = state.queue.items.length + state.queue.steers.length;
  const parts: Part[] = [
    { text: activity(state, live, mono, theme), rank: 9 },
    { text: dim(clean(`${settings.model} ${settings.effort}`.trim(), { newlines: false })), rank: 4 },
    { text: dim(`context ${share(state.context.tokens, settings.contextWindow)}`), rank: 6 },
    { text: time ? dim(modelShare(time)) : '', rank: 5 },
    {
      text: usage.input + usage.output === 0 ? '' : dim(`${tokens(usage.input + usage.output)} tokens`),
      rank: 3,
    },
    { text: usage.input === 0 ? '' : dim(`cached ${share(usage.cached, usage.input)}`), rank: 1 },
    { text: background === 0 ? '' : dim(`${background} background`), rank: 2 },
    { text: waiting === 0 ? '' : queueText(state, waiting, theme), rank: 8 },
    {
      text:
        branch === undefined ? '' : dim(branch === null ? 'detached' : clean(branch, { newlines: false })),
      rank: 7,
    },
  ];
  return fit(parts, dim(' · '), width);
}

/** The name of its folder; '' where there is none. */
export function projectName(root: string): string {
  return root.split('/').findLast((part) => part !== '') ?? '';
}

/** `● testing · hullspeed · queue 1`: plain text without control characters, and without a clock, so that it rests. */
export function terminalTitle({
  state,
  live,
  root,
}: {
  state: SessionState;
  live: LiveState;
  root: string;
}): string {
  const waiting = state.queue.items.length;
  const parts = [
    `${glyph(state, live)} ${word(state, live)}`,
    projectName(root),
    waiting === 0 ? '' : `queue ${waiting}`,
  ];
  return clean(parts.filter((part) => part !== '').join(' · '), { newlines: false }).slice(0, 80);
}

function activity(state: SessionState, live: LiveState, mono: number, theme: Theme): string {
  const { running, last } = state.turns;
  if (running !== undefined) {
    const since = theme.sgr('strong', clock(mono - running.mono));
    const long = isLong(mono - running.mono, state.pace.turns) ? theme.sgr('dim', LONG_MARK) : '';
    return `${theme.sgr('accent', '●')} ${since}${long} ${word(state, live)}${retryText(live, mono, theme)}`;
  }
  if (live.activity !== 'idle') return `${theme.sgr('accent', '●')} ${word(state, live)}`;
  if (last === undefined) return theme.sgr('dim', '○ ready');
  const { glyph, token } = outcomeMarks[last.outcome];
  const turn = state.pace.turns.at(-1);
  const ranLong = turn?.turn === last.turn && isLong(wallMs(turn.time), state.pace.turns.slice(0, -1));
  return theme.sgr(token, `${glyph} ${last.outcome}`) + (ranLong ? theme.sgr('dim', LONG_MARK) : '');
}

/** `●` while something goes on, else how the last turn ended. */
function glyph({ turns }: SessionState, live: LiveState): string {
  if (turns.running !== undefined || live.activity !== 'idle') return '●';
  return turns.last === undefined ? '○' : outcomeMarks[turns.last.outcome].glyph;
}

/** What goes on, or how the last turn ended. */
function word(state: SessionState, live: LiveState): string {
  const running = state.turns.running !== undefined;
  if (live.retry !== null) return 'waiting for the model';
  if (live.activity !== 'idle') return verbs[live.activity];
  // Between one thing and the next.
  return running ? 'working' : (state.turns.last?.outcome ?? verbs.idle);
}

function retryText(live: LiveState, mono: number, theme: Theme): string {
  if (live.retry === null) return '';
  const seconds = Math.max(0, Math.ceil((live.retry.until - mono) / 1_000));
  return theme.sgr('warn', seconds > 0 ? `, again in ${clock(seconds * 1_000)}` : ', asking again');
}

function queueText(state: SessionState, waiting: number, theme: Theme): string {
  return state.queue.paused === undefined
    ? theme.sgr('accent', `queue ${waiting}`)
    : theme.sgr('warn', `queue ${waiting} paused`);
}

function modelShare(time: TimeSplit): string {
  return `model ${share(time.model, wallMs(time))}`;
}
