// The command line: what the words after `hullspeed` ask for, or the sentence that says what is wrong with them.
import { parseArgs as tokenize } from 'node:util';

/** What stands above the config for this once. */
export interface Flags {
  /** Answers the question of trust for this process. */
  readonly trust: boolean;
  /** Another session than the repository's one. */
  readonly session?: string;
  readonly model?: string;
  readonly effort?: string;
  readonly baseUrl?: string;
}

/** Lines of a file, the first one being 1. The path is as it was typed. */
export interface FileLines {
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

export type Parsed =
  | { readonly command: 'open'; readonly prompt?: string; readonly flags: Flags }
  /** `prompt` null: it comes on standard input. */
  | {
      readonly command: 'run';
      readonly prompt: string | null;
      /** Paths as they were typed. */
      readonly images?: readonly string[];
      readonly json: boolean;
      readonly flags: Flags;
    }
  /** The same. `at`: what the prompt is about. */
  | {
      readonly command: 'queue';
      readonly prompt: string | null;
      readonly at?: FileLines;
      readonly images?: readonly string[];
      readonly json: boolean;
      readonly flags: Flags;
    }
  | {
      readonly command: 'log' | 'context' | 'decisions' | 'pace';
      readonly json: boolean;
      readonly flags: Flags;
    }
  /** `check`: only what is wrong, with an exit code. */
  | { readonly command: 'docs'; readonly check: boolean; readonly json: boolean; readonly flags: Flags }
  /** `remove`: the name of the one that goes. */
  | {
      readonly command: 'references';
      readonly remove?: string;
      readonly json: boolean;
      readonly flags: Flags;
    }
  | { readonly command: 'status'; readonly format: 'text' | 'json' | 'tmux' }
  | { readonly command: 'demo' }
  | { readonly command: 'help' }
  | { readonly command: 'version' };

export interface UsageError {
  /** What was asked, why it cannot be, and what to type instead. */
  readonly error: string;
}

type Name =
  | 'open'
  | 'run'
  | 'queue'
  | 'log'
  | 'status'
  | 'context'
  | 'decisions'
  | 'pace'
  | 'docs'
  | 'references'
  | 'demo';
/** The flags that were given, by name, with their values; those without one have ''. */
type Given = ReadonlyMap<string, readonly string[]>;

const commands: readonly Name[] = [
  'run',
  'queue',
  'log',
  'status',
  'context',
  'decisions',
  'pace',
  'docs',
  'references',
  'demo',
];
const forTurns = ['trust', 'session', 'model', 'effort', 'base-url'];
const taken: Readonly<Record<Name, readonly string[]>> = {
  open: forTurns,
  run: ['json', 'image', ...forTurns],
  queue: ['at', 'image', 'json', 'session'],
  log: ['json', 'session'],
  status: ['json', 'tmux'],
  context: ['json', 'session'],
  decisions: ['json'],
  pace: ['json', 'session'],
  docs: ['check', 'json'],
  references: ['json', 'session'],
  demo: [],
};

const flags: Readonly<Record<string, { type: 'boolean' | 'string'; short?: string }>> = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  json: { type: 'boolean' },
  check: { type: 'boolean' },
  tmux: { type: 'boolean' },
  trust: { type: 'boolean' },
  session: { type: 'string' },
  at: { type: 'string' },
  image: { type: 'string' },
  model: { type: 'string' },
  effort: { type: 'string' },
  'base-url': { type: 'string' },
};

/** `argv` without the program's own two words. Pure: nothing is read and nothing is printed. */
export function parseArgs(argv: readonly string[]): Parsed | UsageError {
  const { tokens } = tokenize({
    args: [...argv],
    options: flags,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = readFlags(tokens.filter((token) => token.kind === 'option'));
  if ('error' in given) return given;
  if (given.has('help')) return { command: 'help' };
  if (given.has('version')) return { command: 'version' };

  const words = tokens.filter((token) => token.kind === 'positional');
  // Behind `--` every word is text, also one that reads like a command.
  const end = tokens.find((token) => token.kind === 'option-terminator')?.index ?? argv.length;
  const [first] = words;
  const name = first !== undefined && first.index < end ? commandOf(first.value, words.length === 1) : 'open';
  if (typeof name !== 'string') return name;
  const stray = [...given.keys()].find((flag) => !taken[name].includes(flag));
  if (stray !== undefined) return { error: `--${stray} goes with ${takers(stray)}, not with ${title(name)}` };
  const texts = words.map((word) => word.value);
  return understand(name, name === 'open' ? texts : texts.slice(1), given);
}

/** A word on its own that is nearly a command is taken for a slip, every other one for a prompt. */
function commandOf(word: string, alone: boolean): Name | UsageError {
  const name = commands.find((each) => each === word);
  const meant = name === undefined && alone ? nearest(word, commands) : undefined;
  if (meant === undefined) return name ?? 'open';
  return { error: `there is no command ${word}: did you mean ${meant}? As a prompt: hullspeed -- ${word}` };
}

type FlagToken = { readonly name: string; readonly rawName: string; readonly value: string | undefined };

function readFlags(tokens: readonly FlagToken[]): Given | UsageError {
  const given = new Map<string, string[]>();
  for (const { name, rawName, value } of tokens) {
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined) {
      const meant = nearest(name, Object.keys(flags));
      return {
        error: `there is no flag ${rawName}: ${meant ? `did you mean --${meant}?` : 'see hullspeed --help'}`,
      };
    }
    if (flag.type === 'boolean' && value !== undefined)
      return { error: `--${name} takes no value: leave out =${value}` };
    if (flag.type === 'string' && (!value || value.startsWith('--')))
      return { error: `--${name} needs a value after it` };
    given.set(name, [...(given.get(name) ?? []), value ?? '']);
  }
  return given;
}

function understand(name: Name, words: readonly string[], given: Given): Parsed | UsageError {
  const json = given.has('json');
  const [text] = words;
  if (name === 'references') return understandReferences(words, json, given);
  const most = name === 'open' || name === 'run' || name === 'queue' ? 1 : 0;
  if (words.length > most) {
    const why =
      most === 1 ? 'the prompt is one argument: put it in quotes' : `${name} takes no words, only flags`;
    return {
      error: `${title(name)} was given ${words.map((word) => JSON.stringify(word)).join(' ')}: ${why}`,
    };
  }
  switch (name) {
    case 'open':
      if (text === '-')
        return { error: 'the full screen does not read a prompt from standard input: use hullspeed run -' };
      return { command: 'open', ...(text === undefined ? {} : { prompt: text }), flags: above(given) };
    case 'run':
    case 'queue': {
      if (!text?.trim())
        return {
          error: `${name} needs a prompt: hullspeed ${name} "what to do", or - to read it from standard input`,
        };
      const prompt = text === '-' ? null : text;
      const images = given.has('image') && { images: given.get('image') };
      if (name === 'run') return { command: name, prompt, ...images, json, flags: above(given) };
      const at = readLines(given.get('at')?.at(-1));
      return at && 'error' in at
        ? at
        : { command: name, prompt, ...(at && { at }), ...images, json, flags: above(given) };
    }
    case 'log':
    case 'context':
    case 'decisions':
    case 'pace':
      return { command: name, json, flags: above(given) };
    case 'docs':
      return { command: name, check: given.has('check'), json, flags: above(given) };
    case 'status':
      if (json && given.has('tmux')) return { error: 'status prints --json or --tmux, not both' };
      return { command: 'status', format: json ? 'json' : given.has('tmux') ? 'tmux' : 'text' };
    case 'demo':
      return { command: 'demo' };
    default:
      return name satisfies never;
  }
}

function understandReferences(words: readonly string[], json: boolean, given: Given): Parsed | UsageError {
  const [verb, remove, ...more] = words;
  if (verb === undefined) return { command: 'references', json, flags: above(given) };
  if (verb === 'remove' && remove && more.length === 0)
    return { command: 'references', remove, json, flags: above(given) };
  return { error: 'references lists them, and references remove NAME takes one out: say one of the two' };
}

/** As editors name lines; a column after them is theirs. A selection may be told from its end. */
function readLines(value: string | undefined): FileLines | UsageError | undefined {
  if (value === undefined) return undefined;
  const [, file, from, to = from] = /^(\P{Cc}+?):([1-9]\d*)(?:-([1-9]\d*))?(?::\d+)?$/u.exec(value) ?? [];
  if (file === undefined)
    return {
      error: `--at ${JSON.stringify(value)} names no line: say --at FILE:LINE or --at FILE:LINE-LINE`,
    };
  const lines = [Number(from), Number(to)];
  return { file, first: Math.min(...lines), last: Math.max(...lines) };
}

function above(given: Given): Flags {
  const [session, model, effort, baseUrl] = ['session', 'model', 'effort', 'base-url'].map((flag) =>
    given.get(flag)?.at(-1),
  );
  return {
    trust: given.has('trust'),
    ...(session && { session }),
    ...(model && { model }),
    ...(effort && { effort }),
    ...(baseUrl && { baseUrl }),
  };
}

function title(name: Name): string {
  return name === 'open' ? 'the full screen' : name;
}

function takers(flag: string): string {
  return (Object.keys(taken) as Name[])
    .filter((name) => taken[name].includes(flag))
    .map(title)
    .join(', ');
}

/** The candidate that differs by a typing slip: one letter, or two in words of five and more. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const near = candidates.map((candidate) => ({ candidate, slips: slipsBetween(word, candidate) }));
  return near.filter(({ slips }) => slips <= (word.length < 5 ? 1 : 2)).sort((a, b) => a.slips - b.slips)[0]
    ?.candidate;
}

/** Letters that are added, left out, changed or swapped with their neighbour (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : i)),
  );
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      rows[i]?.splice(j, 1, Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed, swapped));
    }
  }
  return at(a.length, b.length);
}
