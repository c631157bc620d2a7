// Every key of the config, as data: parsing, defaults and documentation all come from this table.
import type { Suite } from './suites.ts';

/** What a value of a key may be. `seconds` are numbers in files and milliseconds in the program. */
export type Kind =
  | { readonly of: 'text' }
  | { readonly of: 'url' }
  | { readonly of: 'flag' }
  | { readonly of: 'count' }
  | { readonly of: 'seconds' }
  | { readonly of: 'dollars' }
  | { readonly of: 'texts' }
  /** Tables of `paths`, `command` and, where it is not the root, the `folder` in which that runs. */
  | { readonly of: 'suites' }
  /** One key or a list of them, by name. */
  | { readonly of: 'keys' }
  /** Folders; `~` is the home directory, and others are relative to the file's own folder. */
  | { readonly of: 'folders' }
  | { readonly of: 'choice'; readonly among: readonly string[] };

export interface KeyRow<Value = unknown> {
  readonly kind: Kind;
  readonly fallback: Value;
  readonly what: string;
  /** Whether the project's own file may set it: nothing there can widen what the person allowed. */
  readonly project: boolean;
}

/** Values by key; the type of each follows from its row. */
export type ConfigValues = {
  readonly [Key in keyof typeof configKeys]: (typeof configKeys)[Key]['fallback'];
};
export type ConfigKey = keyof ConfigValues;

const TEXT: Kind = { of: 'text' };
const ADDRESS: Kind = { of: 'url' };
const FLAG: Kind = { of: 'flag' };
const COUNT: Kind = { of: 'count' };
const DOLLARS: Kind = { of: 'dollars' };
const SECONDS: Kind = { of: 'seconds' };
const TEXTS: Kind = { of: 'texts' };
const FOLDERS: Kind = { of: 'folders' };
const EFFORT: Kind = { of: 'choice', among: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] };
const KEYS: Kind = { of: 'choice', among: ['hullspeed', 'codex'] };
const RESTART: Kind = { of: 'choice', among: ['never', 'ship'] };
const SHIP_WHEN: Kind = { of: 'choice', among: ['known', 'green', 'always'] };

/** Keys with a name of the person's own behind the dot. */
export interface OpenTable {
  readonly what: string;
  readonly project: boolean;
  /** Text, where absent. */
  readonly kind?: Kind;
  /** Names behind the table's own; 1 where absent. */
  readonly depth?: number;
}

export const openTables: Readonly<Record<string, OpenTable>> = {
  bindings: {
    what: 'Keys for an action: by its place, then by its name, both as in docs/keymap.md.',
    project: false,
    kind: { of: 'keys' },
    depth: 2,
  },
  references: { what: 'A sibling project by a short name: its folder.', project: true },
};

export const configKeys = {
  model: own(TEXT, 'gpt-5.2-codex', 'The model that is asked.'),
  effort: own(EFFORT, 'high', 'How long the model thinks.'),
  base_url: own(ADDRESS, unset<string>(), 'The model server. Default: the OpenAI API.'),
  theme: own(
    TEXT,
    'auto',
    'The colours: `auto` (by the background), `dark`, `light`, `high-contrast`, `mono`, `ansi` (the 16 colours of the terminal), or one of your own.',
  ),
  notify: own(FLAG, true, 'Call you back, by bell and notification, while another window is in front.'),
  reduced_motion: own(FLAG, false, 'No clock ticks by itself; `ACCESSIBLE` in the environment says so too.'),
  keys: own(KEYS, 'hullspeed', 'Habits of keys.'),
  mouse: own(FLAG, false, 'The mouse scrolls and clicks from the start; Alt+M changes it at any time.'),
  trust: own<readonly string[]>(FOLDERS, [], 'Folders whose repositories may run commands.'),
  attribution: own(TEXT, '', 'A trailer for each commit; none by default.'),
  auto_ship: own(FLAG, false, 'Ship at the end of each turn.'),
  patience: own(
    SECONDS,
    60_000,
    'Where the tests take longer, a ship commits as `testing`: the next prompt starts, and that commit is tested beside it.',
  ),
  compact_at: own(COUNT, unset<number>(), 'Tokens at which to compact. Default: by the model.'),
  context_window: own(COUNT, unset<number>(), "Tokens of the model's window. Default: by the model."),
  'price.input': own(
    DOLLARS,
    unset<number>(),
    'What a million tokens of input cost. Default: the list price, where it is known; else no cost is shown.',
  ),
  'price.cached': own(
    DOLLARS,
    unset<number>(),
    'The same for what the cache serves. Default: as `price.input`.',
  ),
  'price.output': own(DOLLARS, unset<number>(), 'The same for output. Default: as `price.input`.'),
  'ship.when': own(SHIP_WHEN, 'known', 'Which failures let a ship through.'),
  'ship.max_red': own(COUNT, 5, 'Red ships without progress that end a turn.'),
  'turn.max_steps': own(COUNT, 500, 'Model requests of a turn.'),
  'tests.command': shared(TEXT, unset<string>(), 'Runs the tests. Default: found from the project.'),
  'tests.timeout': shared(SECONDS, 600_000, 'A run that takes longer is stopped and red.'),
  'tests.silence': shared(SECONDS, 300_000, 'A run that is silent for longer is stopped and red.'),
  'tests.speculative': shared(FLAG, true, 'Test while the model thinks.'),
  'tests.skip': shared<readonly string[]>(TEXTS, ['*.md', 'docs/**'], 'Paths that need no tests.'),
  'tests.suites': shared<readonly Suite[]>(
    { of: 'suites' },
    [],
    'Parts of the tests, each with the paths that ask for it: see below. Default: found from workspaces.',
  ),
  'tests.before_commit': shared(
    TEXT,
    unset<string>(),
    'What a ship waits for in place of all the tests: a fast command, or `none`. The commit is made as `testing`, and tested beside the work.',
  ),
  'run.command': shared(
    TEXT,
    unset<string>(),
    'Starts the project in the run terminal. Default: found from the project.',
  ),
  'run.restart': shared(
    RESTART,
    'never',
    'When the project, once you have started it, is started anew: after each ship, or only by you.',
  ),
  'docs.include': shared<readonly string[]>(TEXTS, ['docs/**/*.md'], 'Pages of the documents index.'),
  'references.write': own<readonly string[]>(FOLDERS, [], 'Sibling projects that the model may change.'),
  'editor.command': own(
    TEXT,
    unset<string>(),
    'Opens a file: words with `{file}` and `{line}` in them, no shell. Default: `$VISUAL`, then `$EDITOR`.',
  ),
  'editor.tmux_pane': own(
    TEXT,
    unset<string>(),
    'The tmux pane whose vim, neovim, helix or kakoune opens files, as tmux names it: `work:1.0`, `%3`.',
  ),
  'wire.custom_tools': own(FLAG, unset<boolean>(), 'Grammar tools. Default: on the OpenAI API only.'),
  'wire.web_search': own(
    FLAG,
    unset<boolean>(),
    "The provider's web search. Default: on the OpenAI API only.",
  ),
  'wire.silence': own(SECONDS, 300_000, 'A request without a sign of life for longer is sent again.'),
  'wire.give_up': own(SECONDS, 300_000, '`hullspeed run` stops when the model cannot be reached for longer.'),
};

/** No default: decided elsewhere, as the row's words say. */
function unset<Value>(): Value | undefined {
  return undefined;
}

function own<Value>(kind: Kind, fallback: Value, what: string): KeyRow<Value> {
  return { kind, fallback, what, project: false };
}

function shared<Value>(kind: Kind, fallback: Value, what: string): KeyRow<Value> {
  return { kind, fallback, what, project: true };
}

export interface KeyDocument {
  readonly key: string;
  readonly type: string;
  /** As it would be written in a file; '' for none. */
  readonly default: string;
  readonly what: string;
  /** Whether the project's own file may set it. */
  readonly project: boolean;
}

/** The rows of the config's documentation, in their order. */
export function documentKeys(): KeyDocument[] {
  const rows = Object.entries<KeyRow>(configKeys).map(([key, { kind, fallback, what, project }]) => ({
    key,
    type: kind.of === 'choice' ? kind.among.map((each) => `"${each}"`).join(' | ') : kind.of,
    default:
      fallback === undefined
        ? ''
        : JSON.stringify(kind.of === 'seconds' ? Number(fallback) / 1_000 : fallback),
    what,
    project,
  }));
  const open = Object.entries(openTables).map(([table, row]) => ({
    key: `${table}${'.*'.repeat(row.depth ?? 1)}`,
    type: row.kind?.of ?? 'text',
    default: '',
    what: row.what,
    project: row.project,
  }));
  return [...rows, ...open];
}
