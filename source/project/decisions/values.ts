// Looks into parsed manifests, whose shape nobody vouches for.

export type Table = Readonly<Record<string, unknown>>;

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a table; none where it is none. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isTable(value) ? Object.entries(value) : [];
}

export function stringsOf(value: unknown): [string, string][] {
  return entriesOf(value).flatMap(([name, each]): [string, string][] =>
    typeof each === 'string' ? [[name, each]] : [],
  );
}

export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** What stands at a path of keys; undefined where nothing does. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isTable(inner) ? inner[key] : undefined), value);
}

/** A version that is written as itself, or in a table beside where it comes from; undefined: it is no third party's. */
export function versionIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  // With a path the version is only what it is published as.
  if (!isTable(value) || 'workspace' in value || 'path' in value) return undefined;
  return typeof value.version === 'string' ? value.version : '';
}
