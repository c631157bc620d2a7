// The pages of docs/ that follow from tables in the source: keys and config.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentKeys, type KeyDocument } from '../source/project/config-keys.ts';
import { standardKeys } from '../source/ui/keymap.ts';
import { codexKeys } from '../source/ui/keys/codex.ts';
import { spell } from '../source/ui/keys/key-name.ts';

const source = join(import.meta.dirname, '../source');

/** Their texts by path from the root of the checkout. */
export function generatePages(): Readonly<Record<string, string>> {
  return { 'docs/keymap.md': keymapPage(), 'docs/config.md': configPage() };
}

function keymapPage(): string {
  const sections = standardKeys.map(({ where, title, bindings }) => {
    const rows = bindings.map(({ keys, title: does, action }) => [
      keys.map((key) => code(spell(key))).join(' '),
      does,
      code(action),
    ]);
    return `## ${title}\n\n\`[bindings.${where}]\`\n\n${table(['key', 'does', 'action'], rows)}`;
  });
  return `---
summary: Every key of the full screen.
read_when:
  - a key is added, moved or does something else
---

# Keys

Written by \`npm run docs\` from the tables in \`source/ui/keys\`. The same table answers the keys and fills the help (F1),
which also says why a key would do nothing at the moment.

A key is looked for where the focus is, then in *any pane*, then *everywhere*. Single letters mean something in a
focused pane alone; in the composer they are text. An action without a key waits for somebody to bind it.

## Keys of your own

\`~/.config/hullspeed/config.toml\` binds an action of the tables below to one key, to several, or to none:

\`\`\`toml
[bindings.everywhere]
zoom = ["alt+z", "f5"]

[bindings.tests]
"run tests" = "R"
"previous failure" = []
\`\`\`

Keys are written as they are shown here, in any case: \`Ctrl+Right\`, \`alt+enter\`, \`shift+tab\`, \`f5\`, \`space\`; a letter
alone is itself, so \`R\` is Shift with r. A key that does something else where it would be looked for is refused by
name, until that has another key or none. So is the last key to quit, to go back and interrupt, or to send.

\`keys = "codex"\` has the habits of Codex; keys of your own come on top.

${table(
  ['place', 'action', 'key'],
  codexKeys.map(({ where, action, keys }) => [
    where,
    code(action),
    keys.map((key) => code(spell(key))).join(' ') || 'none',
  ]),
)}

${sections.join('\n\n')}
`;
}

function reserved(keys: ReturnType<typeof documentKeys>): string {
  return `
## Reserved

These names are accepted and checked, and nothing reads them yet.

${table(['key', 'value', 'default', 'project', 'what'], keys.map(keyRow))}
`;
}

function configPage(): string {
  const sources = readSources();
  const all = documentKeys();
  const read = all.filter(({ key }) => isRead(key, sources));
  const later = all.filter(({ key }) => !isRead(key, sources));
  return `---
summary: Every key of the config, where config files lie, and which of them wins.
read_when:
  - a config key is added, or means something else
  - setting hullspeed up for a project or a model server
---

# Config

Written by \`npm run docs\` from \`source/project/config-keys.ts\`.

| file | whose |
| --- | --- |
| \`$XDG_CONFIG_HOME/hullspeed/config.toml\`, by default \`~/.config/hullspeed/config.toml\` | yours |
| \`hullspeed.toml\` in the root of the repository | the project's |

Both are TOML, and neither has to be there. The project's file is data from somebody else: it may set the keys that
are marked below and no others, so that a repository cannot widen what you allow.

Defaults < your file < the project's file < environment < flags. The environment says \`OPENAI_BASE_URL\` and
\`OPENAI_API_KEY\`; the key is read from nowhere else. The flags are \`--model\`, \`--effort\` and \`--base-url\`.

An unknown key or a wrong value stops the start, with the file, the line and the nearest right name.

## Keys

Durations are in seconds. *Texts* and *folders* are lists; \`~\` in a folder is your home directory.

${table(['key', 'value', 'default', 'project', 'what'], read.map(keyRow))}
${later.length === 0 ? '' : reserved(later)}
## Several tests in one repository

\`\`\`toml
# hullspeed.toml
[[tests.suites]]
paths = ["api/**", "schema/**"]
command = "go test ./..."
folder = "api"

[[tests.suites]]
paths = ["web/**", "schema/**"]
command = "npm test"
folder = "web"
\`\`\`

\`paths\` are globs from the root of the repository, \`folder\` is where the command runs, by default the root. A ship
runs the suites that its paths touch, one after the other, also after a red one; a green of one suite says nothing about
another. Where a path is in no suite, everything is run: \`tests.command\`, else the test command that is found at the root,
else all suites. Paths of \`tests.skip\` ask for nothing. Suites in your own file give way to the project's.

Without any they are found where a repository's workspaces are plain: npm, pnpm and yarn packages with a \`test\` script
each and none at the root, the members of a Cargo workspace, the modules of a \`go.work\`. There a suite also runs for
changes in the packages of the repository that its own package needs. \`tests.command\` alone turns that off.

## A theme of your own

\`theme = "mine"\` reads \`~/.config/hullspeed/themes/mine.json\`. \`base\` names a theme that holds where yours says
nothing; \`themes/dark.json\` shows all tokens.

\`\`\`json
{ "name": "mine", "base": "dark", "styles": { "accent": "bold magenta", "ok": "green/114/#7ee787" } }
\`\`\`

A style is words: \`bold dim italic underline inverse strike\`, a colour, and \`on\` with a colour for the background. A
colour is one of the terminal's sixteen (\`black red green yellow blue magenta cyan white gray\`, and \`bright-\` before
the first eight), then, behind slashes, what terminals with 256 and with all colours get instead.

## An example

\`\`\`toml
# ~/.config/hullspeed/config.toml
trust = ["~/Projects"]
effort = "medium"

[tests]
timeout = 900

# Keys: docs/keymap.md has the places and the actions.
[bindings.tests]
"run tests" = ["r", "f5"]
\`\`\`

\`\`\`toml
# hullspeed.toml
[tests]
command = "make check"
skip = ["*.md", "docs/**", "examples/**"]
\`\`\`
`;
}

function keyRow({ key, type, default: fallback, project, what }: KeyDocument): string[] {
  return [code(key), type.replaceAll('"', ''), fallback && code(fallback), project ? 'yes' : '', what];
}

/** Everything but the table itself. */
function readSources(): string {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('config-keys.ts'))
    .map((path) => readFileSync(join(source, path), 'utf8'))
    .join('\n');
}

/** Whether the program looks at a key: what stands in the table alone must not be promised. */
function isRead(key: string, sources: string): boolean {
  const open = key.replace(/(\.\*)+$/, '');
  if (open !== key) return sources.includes(`'${open}.`) || sources.includes(`'${open}'`);
  return sources.includes(`values['${key}']`) || new RegExp(`values\\.${key}\\b`).test(sources);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
