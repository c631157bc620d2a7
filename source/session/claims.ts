// The paths that are the session's to commit. A claim lasts until it is committed or released (rule 16).

import type { Recorded } from './events.ts';
import type { Claim } from './facts.ts';

export type Claims = Readonly<Record<string, Claim>>;

export function reduceClaims(claims: Claims, event: Recorded): Claims {
  switch (event.type) {
    case 'call.finished':
      return event.changes?.length ? event.changes.reduce(patched, claims) : claims;
    case 'notice.raised': {
      if (event.about?.kind !== 'claims') return claims;
      const released = drop(claims, event.about.released);
      return { ...released, ...Object.fromEntries(event.about.claimed.map((claim) => [claim.path, claim])) };
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

function drop(claims: Claims, paths: readonly string[]): Claims {
  if (!paths.some((path) => path in claims)) return claims;
  const gone = new Set(paths);
  return Object.fromEntries(Object.entries(claims).filter(([path]) => !gone.has(path)));
}
