// Dependencies in the conversation: what a call or a command changed of them, and what a patch looks like adding while it
// is not applied yet. A dependency is a decision: it is marked as soon as its line is there.
import type { CallItem } from '../../session/conversation.ts';
import type { DependencyChange } from '../../session/facts.ts';
import { clean } from '../text/clean.ts';
import { readPatch } from '../text/diff.ts';
import type { PatchFile, PatchLine } from '../text/patch-lines.ts';
import { cut } from '../text/width.ts';
import type { Theme } from '../theme.ts';

/** Rows of dependencies under a call; the commit names more of them. */
const MOST = 5;

export interface AddedDependency {
  readonly name: string;
  /** As the manifest asks for it; '' where it does not. */
  readonly version: string;
}

/** What an applied patch changed; before that, what its lines say. */
export function callDependencies(item: CallItem): readonly DependencyChange[] {
  if (item.status !== 'waiting' && item.status !== 'running') return item.dependencies ?? [];
  return patchDependencies(readPatch(item.argument));
}

export function patchDependencies(files: readonly PatchFile[]): readonly DependencyChange[] {
  return addedDependencies(files).map(({ name, version }) => ({ name, manifest: '', to: version }));
}

/** `◆ +zod ^4.0.0`, `◆ −yup`, `◆ react ^18.3.0 → ^19.1.0`. */
export function dependencyRows(changes: readonly DependencyChange[], width: number, theme: Theme): string[] {
  const rows = changes.slice(0, MOST).map(({ name, from, to }) => {
    const sign = from === undefined ? '+' : to === undefined ? '−' : '';
    const versions = from !== undefined && to !== undefined ? `${from} → ${to}` : (to ?? '');
    const line = (text: string): string => clean(text, { newlines: false });
    return (
      theme.sgr('decision', `◆ ${sign}${line(name)}`) + theme.sgr('dim', versions && ` ${line(versions)}`)
    );
  });
  const more = changes.length - MOST;
  if (more > 0) rows.push(theme.sgr('dim', `  … ${more} more`));
  return rows.map((row) => cut(row, width));
}

/** Name and version in a line of a manifest; undefined for any other line. */
type LineReader = (line: string) => AddedDependency | undefined;

interface Manifest {
  /** Of the file's name. */
  readonly name: RegExp;
  readonly read: LineReader;
  /** Finds the section that a line begins; of the sections, those that name dependencies. */
  readonly section?: RegExp;
  readonly sections?: RegExp;
}

const version = String.raw`[\^~<>=]*\s*v?\d[^"']*|\*|latest|(?:npm|git|github|https?):[^"']*`;
const notTheirs = 'version|edition|name|rust-version|python|requires-python|resolver';
const readToml = reading(
  new RegExp(
    String.raw`^\s*((?!(?:${notTheirs})\b)[\w-]+)\s*=\s*(?:\{.*?version\s*=\s*)?"([\^~<>=*\s]*\d[^"]*|\*)"`,
  ),
);
const readListed = reading(
  /^\s*["']([A-Za-z][\w.-]*)(?:\[[\w,-]*\])?\s*([<>=~!]=?[^"';]*)?(?:;[^"']*)?["'],?\s*$/,
);

/** A patch need not show the section, so a line counts that looks like a dependency in no other one. */
const manifests: readonly Manifest[] = [
  {
    name: /^package\.json$/,
    read: reading(
      new RegExp(String.raw`^\s*"((?!version"|node"|npm"|pnpm"|yarn")[@\w./-]+)":\s*"(${version})"`),
    ),
    section: /^\s*"(\w+)":\s*\{/,
    sections: /^(d|devD|optionalD|peerD)ependencies$/,
  },
  {
    name: /^Cargo\.toml$/,
    read: readToml,
    section: /^\s*\[+(.+?)\]+/,
    sections: /dependencies$/,
  },
  {
    name: /^pyproject\.toml$/,
    read: (line) => readToml(line) ?? readListed(line),
    section: /^\s*\[+(.+?)\]+/,
    sections: /dependencies$|^(project|build-system|dependency-groups)|^tool\.uv$/,
  },
  {
    name: /^go\.mod$/,
    read: reading(/^\s*(?:require\s+)?([\w-]+(?:\.[\w-]+)+\/\S+)\s+(v\d\S*)(?!.*\/\/ indirect)/),
    section: /^(\w+)\s*\(/,
    sections: /^require$/,
  },
  {
    name: /^requirements[\w.-]*\.txt$/,
    read: reading(/^([A-Za-z][\w.-]*)(?:\[[\w,-]*\])?\s*((?:[<>=~!]=?[^;#]*)?)/),
  },
  { name: /^Gemfile$/, read: reading(/^\s*gem\s+["']([\w-]+)["'](?!.*\bpath:)(?:,\s*["']([^"']+)["'])?/) },
];

/** What tests are fed with, and what was copied in. */
const foreign = /(^|\/)(tests?|specs?|fixtures?|node_modules|vendor)\//;

/** Those that are new: a name that also stands in a removed line only gets another version, or another place. */
export function addedDependencies(files: readonly PatchFile[]): AddedDependency[] {
  return files.flatMap((file) => {
    const path = file.to ?? file.path;
    const name = path.split('/').at(-1) ?? '';
    const manifest = foreign.test(path) ? undefined : manifests.find((each) => each.name.test(name));
    if (manifest === undefined) return [];
    const removed = file.lines.flatMap(({ kind, text }) =>
      kind === 'removed' ? (manifest.read(text)?.name ?? []) : [],
    );
    const before = new Set(removed);
    return addedLines(file.lines, manifest).filter((each) => !before.has(each.name));
  });
}

function addedLines(lines: readonly PatchLine[], { read, section, sections }: Manifest): AddedDependency[] {
  let place: string | undefined;
  return lines.flatMap(({ kind, text }) => {
    if (kind === 'removed') return [];
    const begun = section?.exec(text)?.[1];
    if (begun !== undefined) place = begun;
    else if (kind === 'anchor') place = undefined;
    const theirs = place === undefined || sections === undefined || sections.test(place);
    return kind === 'added' && theirs && begun === undefined ? (read(text) ?? []) : [];
  });
}

function reading(pattern: RegExp): LineReader {
  return (line) => {
    const [, name, asked = ''] = pattern.exec(line) ?? [];
    return name === undefined ? undefined : { name, version: asked.trim() };
  };
}
