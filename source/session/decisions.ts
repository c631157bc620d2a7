// A decision as people and models read it, and as a commit's trailer says it: `zod over yup: smaller`.
import type { Commits } from './commits.ts';
import type { Decision } from './facts.ts';

export function decisionText({ chose, over, why }: Decision): string {
  const line = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return `${line(chose)}${over ? ` over ${line(over)}` : ''}: ${line(why)}`;
}

/** The parts again, as far as the text has them; a person's own words may have no reason. */
export function readDecision(text: string): Decision {
  const [, choice = text, why = ''] = /^(.*?): +(.*)$/.exec(text) ?? [];
  const [, chose = choice, over] = /^(.+?) over (.+)$/.exec(choice) ?? [];
  return { chose, ...(over !== undefined && { over }), why };
}

/** By commit, as text: what the session has recorded of its own, for those whose message says nothing of it. */
export function recordedDecisions({ made }: Commits): ReadonlyMap<string, readonly string[]> {
  const decided = made.filter(({ decisions }) => decisions.length > 0);
  return new Map(decided.map(({ sha, decisions }) => [sha, decisions.map(decisionText)]));
}
