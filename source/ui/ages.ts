// When an age on the screen (`3m ago`) is no longer right: the only thing that moves there while nothing happens.
import { newestEnded } from '../session/tests.ts';
import type { Screen } from './screen.ts';
import { ageLastsMs } from './text/amounts.ts';
import { coverOf } from './view.ts';

type Aged = Pick<Screen, 'at' | 'session' | 'live' | 'log' | 'background' | 'view'>;

/** A screen is drawn for a whole second. */
const DRAWN_MS = 1_000;

/**
 * Epoch ms at which the youngest of them changes; undefined where there is none, or where the terminal says it is behind
 * others: coming to the front draws anyway. Older ones come along: they are late by less than their own unit.
 */
export function agesChangeAt({ at, session, live, log, background, view }: Aged): number | undefined {
  const last = newestEnded(session.tests);
  const began = [
    ...(last === undefined ? [] : [last.at + (last.ms ?? 0)]),
    ...(live.own === null ? [] : [live.own.end?.at ?? live.own.started]),
    ...log.rows.map((row) => row.at),
    ...(coverOf(view) === 'background' ? background.map(({ started }) => started) : []),
  ];
  if (began.length === 0 || view.inFront === false) return undefined;
  return Math.ceil((at + ageLastsMs(at - Math.max(...began))) / DRAWN_MS) * DRAWN_MS;
}
