// A tool's JSON schema is the one description of its arguments: the model is sent it, and what comes back is held against it.

/** The part of JSON schema that the tools use. */
export type Schema =
  | { readonly type: 'string' | 'boolean' | 'integer'; readonly description?: string }
  | { readonly type: 'array'; readonly items: Schema; readonly description?: string }
  | ObjectSchema;

export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  readonly description?: string;
}

type Read<T> = { readonly value: T } | { readonly error: string };

/**
 * Reads a call's JSON against the schema of its tool. Unknown fields are dropped and so are optional ones that are
 * null, as models write them under strict schemas. `error` names the field and is written for the model. `T` is what
 * the schema says, in TypeScript's words.
 */
export function readArguments<T>(tool: string, argument: string, schema: ObjectSchema): Read<T> {
  let value: unknown;
  try {
    value = JSON.parse(argument.trim() === '' ? '{}' : argument);
  } catch (error) {
    return {
      error: `The arguments of ${tool} are not JSON: ${error instanceof Error ? error.message : error}. Send the call again.`,
    };
  }
  const misfit = findMisfit(value, schema, '');
  if (misfit !== undefined)
    return { error: `The arguments of ${tool} do not fit: ${misfit}. Send the call again.` };
  return { value: prune(value, schema) as T };
}

function findMisfit(value: unknown, schema: Schema, at: string): string | undefined {
  const name = at === '' ? 'the whole' : `\`${at}\``;
  if (typeOf(value) !== schema.type)
    return `${name} must be ${article(schema.type)}, not ${article(typeOf(value))}`;
  if (schema.type === 'array')
    return firstMisfit((value as unknown[]).map((each, index) => [each, schema.items, `${at}[${index}]`]));
  if (schema.type !== 'object') return undefined;
  const fields = value as Record<string, unknown>;
  const inner = (key: string): string => (at === '' ? key : `${at}.${key}`);
  const missing = schema.required.find((key) => !isGiven(fields, key));
  if (missing !== undefined) return `\`${inner(missing)}\` is missing`;
  const given = Object.entries(schema.properties).filter(([key]) => isGiven(fields, key));
  return firstMisfit(given.map(([key, each]) => [fields[key], each, inner(key)]));
}

function firstMisfit(parts: readonly [unknown, Schema, string][]): string | undefined {
  for (const part of parts) {
    const misfit = findMisfit(...part);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}

function prune(value: unknown, schema: Schema): unknown {
  if (schema.type === 'array') return (value as unknown[]).map((each) => prune(each, schema.items));
  if (schema.type !== 'object') return value;
  const fields = value as Record<string, unknown>;
  const given = Object.entries(schema.properties).filter(([key]) => isGiven(fields, key));
  return Object.fromEntries(given.map(([key, each]) => [key, prune(fields[key], each)]));
}

function isGiven(fields: Record<string, unknown>, key: string): boolean {
  return Object.hasOwn(fields, key) && fields[key] !== null && fields[key] !== undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function article(type: string): string {
  return type === 'null' ? type : `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}
