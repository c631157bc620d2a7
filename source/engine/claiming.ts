// What a ship takes on the model's word, and what the model has to be asked about first (rule 16).
import type { Snapshot } from './changes.ts';
import { listed } from './output.ts';
import type { ShipPorts, Shipped } from './shipping.ts';

/** `also`: paths that the model vouches for. Those that git does not see as changed are returned. */
export async function claimAlso(
  ports: ShipPorts,
  also: readonly string[],
  snapshot: Snapshot,
): Promise<string[]> {
  const refused: string[] = [];
  const claims = ports.store.getState().claims;
  const claimed = also.flatMap((name) => {
    const under = [...snapshot.dirty.keys()].filter((path) => isNamed([name], path));
    if (under.length === 0) refused.push(plain(name));
    return under.filter((each) => !(each in claims)).map((each) => ({ path: each, by: 'also' as const }));
  });
  if (claimed.length > 0)
    ports.store.record({
      type: 'notice.raised',
      level: 'info',
      text: '',
      about: { kind: 'claims', claimed, released: [] },
    });
  return refused;
}

/** What still runs may have written more than is claimed: the model is asked once (rule 16). */
export function askAboutSuspects(ports: ShipPorts): Shipped | undefined {
  const suspects = ports.changes.takeSuspects();
  if (suspects.length === 0) return undefined;
  return {
    outcome: 'failed',
    output: `Not shipped yet: a command of yours still runs, or one of the person's did meanwhile, and these paths changed without being claimed: ${listed(suspects)}. Name those that belong to this change in \`also\`, or ship again to leave them out.`,
  };
}

/** Whether `also` names a path, or a folder that it lies in. */
export function isNamed(also: readonly string[], path: string): boolean {
  return also.map(plain).some((name) => path === name || path.startsWith(`${name}/`));
}

function plain(name: string): string {
  return name.replace(/^\.\//, '').replace(/\/+$/, '');
}
