// Keeps lines short: a long text leaves its event for a blob, and `{"$blob": id, "bytes": n}` stands in for it.

const STAND_IN = '$blob';
/** Above this a text is put aside: lines stay a few kB, which keeps bisecting and looking at them by hand cheap. */
const LONG_BYTES = 8 * 1024;

/** The event as it stands in the line. `keep` stores bytes and answers with their id. */
export function putAside(value: unknown, keep: (bytes: Uint8Array) => string): unknown {
  if (typeof value !== 'string') return mapMembers(value, escapeKey, (member) => putAside(member, keep));
  // A lone surrogate has no UTF-8 form, only a JSON one: such a text stays in the line.
  if (Buffer.byteLength(value) <= LONG_BYTES || !value.isWellFormed()) return value;
  const bytes = Buffer.from(value);
  return { [STAND_IN]: keep(bytes), bytes: bytes.length };
}

/** The event as it was appended. Where a blob is gone, a sentence that says so takes its place. */
export function makeWhole(value: unknown, fetch: (id: string) => Uint8Array | null): unknown {
  const standIn = asStandIn(value);
  if (standIn === undefined) return mapMembers(value, unescapeKey, (member) => makeWhole(member, fetch));
  const bytes = fetch(standIn.id);
  if (bytes !== null) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  return `[${standIn.bytes} bytes of text are lost: the session's blob ${standIn.id} is missing or damaged]`;
}

function asStandIn(value: unknown): { id: string; bytes: unknown } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { [STAND_IN]: id, bytes } = value as Record<string, unknown>;
  return typeof id === 'string' ? { id, bytes } : undefined;
}

/** An event's own key that looks like ours gets one more `$`, and loses it again. */
function escapeKey(key: string): string {
  return /^\$+blob$/.test(key) ? `$${key}` : key;
}

function unescapeKey(key: string): string {
  return /^\$\$+blob$/.test(key) ? key.slice(1) : key;
}

function mapMembers(
  value: unknown,
  rename: (key: string) => string,
  map: (member: unknown) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [rename(key), map(member)]));
}
