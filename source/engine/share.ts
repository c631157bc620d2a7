// Tells the session's share of a file from what the person wrote in between (rule 17).

import type { Claims } from '../session/claims.ts';
import type { Claim } from '../session/facts.ts';
import { sameStat } from './file-stat.ts';
import type { Committer, DirtyPath, Repository } from './git-ports.ts';
import type { Journal } from './ports.ts';

export interface SharePorts {
  readonly journal: Journal;
  readonly repository: Repository;
  readonly committer: Pick<Committer, 'merge'>;
}

/**
 * The claim once the person has made `theirs` (a blob id; null: no file) of what the session wrote last: their change is
 * laid under the session's first content, so that the claim's delta stays the session's alone.
 */
export async function sharedWith(
  ports: SharePorts,
  claim: Claim,
  theirs: string | null | undefined,
): Promise<Claim> {
  const { journal, committer, repository } = ports;
  if (claim.after === undefined || theirs === undefined || claim.after === theirs || claim.overlap)
    return claim;
  const bytes = (id: string | null): Uint8Array | null => (id === null ? null : journal.fetch(id));
  const first = claim.before === undefined ? await repository.headContent(claim.path) : bytes(claim.before);
  const merged = await committer.merge(bytes(claim.after), first, bytes(theirs));
  return merged === null
    ? { ...claim, overlap: true }
    : { ...claim, before: keepContent(journal, merged.content) };
}

export function keepContent(journal: Journal, content: Uint8Array | null): string | null {
  return content === null ? null : journal.keep(content);
}

/** What patched files held when somebody looked last, in case a command rewrites them. */
export interface Sightings {
  /** Reads those that have changed on disk since. What was read while it stopped being `valid` is forgotten. */
  look(claims: Claims, valid: () => boolean): Promise<void>;
  /** Blob id of what the file held before the command; null: no file. */
  before(claim: Claim): string | null | undefined;
}

interface Sighting {
  /** Of the claim: a later write of the session's makes this one old. */
  readonly after: string | null | undefined;
  readonly stat: DirtyPath['stat'];
  readonly content: string | null;
}

export function createSightings({ journal, repository }: SharePorts): Sightings {
  const seen = new Map<string, Sighting>();
  const see = async ({ path, after }: Claim, valid: () => boolean): Promise<void> => {
    const stat = await repository.stat(path);
    const known = seen.get(path);
    if (known !== undefined && known.after === after && sameStat(known.stat, stat)) return;
    const content = keepContent(journal, await repository.content(path));
    if (valid()) seen.set(path, { after, stat, content });
  };
  return {
    async look(claims, valid) {
      for (const path of seen.keys()) if (claims[path]?.by !== 'patch') seen.delete(path);
      const patched = Object.values(claims).filter((claim) => claim.by === 'patch');
      await Promise.all(patched.map((claim) => see(claim, valid)));
    },
    before({ path, after }) {
      const sighting = seen.get(path);
      return sighting?.after === after ? sighting?.content : after;
    },
  };
}
