// The first look at JSON from outside: an object whose fields may be anything, be it an empty one.

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
