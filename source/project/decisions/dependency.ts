// What manifests ask for, and what a change of them means: a dependency more, one less, or another major version.

/** A manifest's dependencies by name, with the version that is asked for; '' where none is. */
export type Requirements = ReadonlyMap<string, string>;

/** `from` and `to` as the manifests ask for them; absent: it was not there, or is there no more. */
export interface DependencyChange {
  readonly name: string;
  /** Path of the manifest. */
  readonly manifest: string;
  readonly from?: string;
  readonly to?: string;
}

/** The manifests of one ecosystem, as a commit or a patch changes them. */
export interface ManifestDiff {
  readonly path: string;
  readonly before: Requirements;
  readonly after: Requirements;
}

interface Asked {
  readonly version: string;
  readonly manifest: string;
}

/**
 * Over all of the manifests at once: what only moved from one to another is no change. Another range, or another
 * major version that no number tells, is none either.
 */
export function compareManifests(manifests: readonly ManifestDiff[]): DependencyChange[] {
  const before = gather(manifests, 'before');
  const after = gather(manifests, 'after');
  const changes: DependencyChange[] = [];
  for (const [name, [first, ...more]] of after) {
    const old = before.get(name);
    const { manifest, version: to } = first;
    if (old === undefined) changes.push({ name, manifest, to });
    else if (isMoved(old, [first, ...more])) changes.push({ name, manifest, from: old[0].version, to });
  }
  for (const [name, [{ manifest, version: from }]] of before)
    if (!after.has(name)) changes.push({ name, manifest, from });
  return changes;
}

type Several = readonly [Asked, ...Asked[]];

function gather(manifests: readonly ManifestDiff[], side: 'before' | 'after'): ReadonlyMap<string, Several> {
  const all = new Map<string, Several>();
  for (const { path: manifest, [side]: requirements } of manifests) {
    for (const [name, version] of requirements) {
      const known = all.get(name) ?? [];
      const [first = { version, manifest }, ...more] = [...known, { version, manifest }];
      all.set(name, [first, ...more]);
    }
  }
  return all;
}

function isMoved(before: Several, after: Several): boolean {
  const majors = (all: Several): (number | undefined)[] => all.map(({ version }) => majorOf(version));
  const old = majors(before);
  const now = majors(after);
  return [...old, ...now].every((each) => each !== undefined) && !now.some((major) => old.includes(major));
}

/** The first number of a version or range; undefined where it has none (`latest`, a branch, a property). */
export function majorOf(version: string): number | undefined {
  const [, major] = /^\D{0,4}?v?(\d+)(?![\w]*[/:])/.exec(version.trim()) ?? [];
  return major === undefined ? undefined : Number(major);
}
