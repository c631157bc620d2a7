// The paths that are the session's to commit. A claim lasts until it is committed or released (rule 16).

import type { Recorded } from './events.ts';
import type { Claim } from './facts.ts';

export type Claims = Readonly<Record<string, Claim>>;

export function reduceClaims(claims: Claims, event: Recorded): Claims {
  switch (event.type) {
    case 'call.finished':
      return event.changes?.length ? event.changes.reduce(patched, claims) : claims;
    case 'notice.raised': {
      if (event.about?.kind === 'left out') return leaveOut(claims, event.about);
      if (event.about?.kind !== 'claims') return claims;
      const claimed = event.about.claimed.map((claim) => [claim.path, { ...claim, ...outOf(claims, claim) }]);
      return { ...drop(claims, event.about.released), ...Object.fromEntries(claimed) };
    }
    case 'commit.created':
      return drop(
        claims,
        event.paths.map((each) => each.path),
      );
    default:
      return claims;
  }
}

/** A patch on a path that is claimed already goes on from where the session began: a command's path began at HEAD. */
function patched(
  claims: Claims,
  change: { path: string; before: string | null; after: string | null },
): Claims {
  const { path, after } = change;
  const earlier = claims[path] ?? { before: change.before };
  return { ...claims, [path]: { ...earlier, path, by: 'patch', after } };
}

/** Whoever claims it again, the person's word stands. */
function outOf(claims: Claims, { path }: Claim): { out?: true } {
  return claims[path]?.out ? { out: true } : {};
}

function leaveOut(claims: Claims, { path, out }: { path: string; out: boolean }): Claims {
  if (claims[path] === undefined) return claims;
  const { out: _, ...claim } = claims[path];
  return { ...claims, [path]: out ? { ...claim, out: true } : claim };
}

/** The paths that the next ship takes. */
export function toShip(claims: Claims): string[] {
  return Object.keys(claims).filter((path) => claims[path]?.out === undefined);
}

/** The paths that the person took out of it. Whatever is written to them, they stay out until they are put back. */
export function leftOut(claims: Claims): string[] {
  return Object.keys(claims).filter((path) => claims[path]?.out !== undefined);
}

function drop(claims: Claims, paths: readonly string[]): Claims {
  if (!paths.some((path) => path in claims)) return claims;
  const gone = new Set(paths);
  return Object.fromEntries(Object.entries(claims).filter(([path]) => !gone.has(path)));
}
