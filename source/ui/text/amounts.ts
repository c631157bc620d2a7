// Durations, tokens and shares in the fewest cells that still say enough.

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something took: `0.1s`, `42s`, `3m12`, `2h05`. */
export function duration(ms: number): string {
  return ms < 9_950 ? `${(Math.max(0, ms) / second).toFixed(1)}s` : clock(ms);
}

/** How long something has been going, in whole seconds so that it does not flicker: `0s`, `42s`, `3m12`, `2h05`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / second));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m${twoDigits(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}h${twoDigits(minutes % 60)}`;
}

/** How long ago, in one unit: `now`, `3m`, `2h`, `5d`. No seconds: a screen at rest would have to count them. */
export function age(ms: number): string {
  if (ms < minute) return 'now';
  if (ms < hour) return `${Math.floor(ms / minute)}m`;
  if (ms < day) return `${Math.floor(ms / hour)}h`;
  return `${Math.floor(ms / day)}d`;
}

/** The same in a sentence: `just now`, `3m ago`. */
export function ago(ms: number): string {
  const since = age(ms);
  return since === 'now' ? 'just now' : `${since} ago`;
}

/** How long an age stays right, in ms. */
export function ageLastsMs(ms: number): number {
  const unit = ms < hour ? minute : ms < day ? hour : day;
  return unit - (Math.max(0, ms) % unit);
}

/** A number of tokens: `950`, `3.1k`, `81k`, `1.2M`. */
export function tokens(count: number): string {
  if (count < 1_000) return String(count);
  if (count < 9_950) return `${(count / 1_000).toFixed(1)}k`;
  if (count < 999_500) return `${Math.round(count / 1_000)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/** A whole number with its thousands apart: `4,812`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A part of a whole: `93%`; `0%` of nothing. */
export function share(part: number, whole: number): string {
  return `${whole > 0 ? Math.round((part / whole) * 100) : 0}%`;
}

/** A number with its noun: `1 file`, `3 files`. */
export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
