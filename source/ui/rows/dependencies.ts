// Dependencies that a patch adds to a manifest: the one kind of line that is worth a look before the patch is even whole.
import type { PatchFile } from '../text/patch-lines.ts';

export interface AddedDependency {
  readonly name: string;
  /** As the manifest asks for it; '' where it does not. */
  readonly version: string;
}

/** Name and version in a line of a manifest; undefined for any other line. */
type LineReader = (line: string) => AddedDependency | undefined;

const version = String.raw`[\^~<>=]*\s*v?\d[^"']*|\*|latest|(?:workspace|npm|file|link|git|github|https?):[^"']*`;

/** By the manifest's name. Sections are not in a patch, so a line counts that looks like a dependency. */
const manifests: readonly (readonly [RegExp, LineReader])[] = [
  [
    /^(?:package|composer|deno)\.jsonc?$/,
    reading(
      new RegExp(String.raw`^\s*"((?!version"|node"|npm"|pnpm"|yarn"|php")[@\w./-]+)":\s*"(${version})"`),
    ),
  ],
  [
    /^(?:Cargo|pyproject)\.toml$/,
    (line) =>
      reading(
        /^\s*((?!version|edition|name|rust-version|python|requires-python)[\w-]+)\s*=\s*(?:\{.*?version\s*=\s*)?"([\^~<>=*\s]*\d[^"]*|\*)"/,
      )(line) ??
      reading(/^\s*["']([A-Za-z][\w.-]*)(?:\[[\w,-]*\])?\s*([<>=~!]=?[^"';]*)?(?:;[^"']*)?["'],?\s*$/)(line),
  ],
  [/^go\.mod$/, reading(/^\s*(?:require\s+)?([\w-]+(?:\.[\w-]+)+\/\S+)\s+(v\d\S*)/)],
  [/^requirements[\w.-]*\.txt$/, reading(/^([A-Za-z][\w.-]*)(?:\[[\w,-]*\])?\s*((?:[<>=~!]=?[^;#]*)?)/)],
  [/^Gemfile$/, reading(/^\s*gem\s+["']([\w-]+)["'](?:,\s*["']([^"']+)["'])?/)],
  [/^mix\.exs$/, reading(/^\s*\{:(\w+),\s*"([^"]+)"/)],
];

/** Those that are new: a name that also stands in a removed line only gets another version. */
export function addedDependencies(files: readonly PatchFile[]): AddedDependency[] {
  return files.flatMap((file) => {
    const name = (file.to ?? file.path).split('/').at(-1) ?? '';
    const read = manifests.find(([manifest]) => manifest.test(name))?.[1];
    if (read === undefined) return [];
    const of = (kind: 'added' | 'removed'): AddedDependency[] =>
      file.lines.flatMap((line) => (line.kind === kind ? (read(line.text) ?? []) : []));
    const before = new Set(of('removed').map((each) => each.name));
    return of('added').filter((each) => !before.has(each.name));
  });
}

function reading(pattern: RegExp): LineReader {
  return (line) => {
    const [, name, asked = ''] = pattern.exec(line) ?? [];
    return name === undefined ? undefined : { name, version: asked.trim() };
  };
}
