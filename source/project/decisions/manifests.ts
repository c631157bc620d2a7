// Which files name dependencies, and who reads them: one file an ecosystem. Lock files say nothing new.
import { readCargo } from './cargo.ts';
import {
  compareManifests,
  type DependencyChange,
  type ManifestDiff,
  type Requirements,
} from './dependency.ts';
import { readGoMod } from './go.ts';
import { readCatalog, readGradle, readPom } from './jvm.ts';
import { readPackageJson } from './npm.ts';
import { readPyproject, readRequirements } from './python.ts';
import { readGems } from './ruby.ts';

/** The text of a file before and after; null: no file. */
export interface FileDiff {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

interface Manifest {
  readonly ecosystem: string;
  /** Of the whole path. */
  readonly path: RegExp;
  /** Throws where the text is none of its kind. */
  readonly read: (text: string) => Requirements;
}

const manifests: readonly Manifest[] = [
  { ecosystem: 'npm', path: /(^|\/)package\.json$/, read: readPackageJson },
  { ecosystem: 'cargo', path: /(^|\/)Cargo\.toml$/, read: readCargo },
  { ecosystem: 'go', path: /(^|\/)go\.mod$/, read: readGoMod },
  { ecosystem: 'python', path: /(^|\/)pyproject\.toml$/, read: readPyproject },
  {
    ecosystem: 'python',
    path: /(^|\/)(requirements[\w.-]*|requirements\/[\w.-]+)\.(txt|in)$/,
    read: readRequirements,
  },
  { ecosystem: 'jvm', path: /\.gradle(\.kts)?$/, read: readGradle },
  { ecosystem: 'jvm', path: /\.versions\.toml$/, read: readCatalog },
  { ecosystem: 'jvm', path: /(^|\/)pom\.xml$/, read: readPom },
  { ecosystem: 'ruby', path: /(^|\/)(Gemfile|gems\.rb|[\w.-]+\.gemspec)$/, read: readGems },
];

/** Nobody's own: what tests are fed with, and what was copied in. */
const foreign =
  /(^|\/)(tests?|specs?|__tests__|fixtures?|__fixtures__|testdata|test-data|golden|node_modules|vendor|bundle\/ruby|site-packages|third_party|\.venv|templates?)\//;

export function isForeign(path: string): boolean {
  return foreign.test(path);
}

export function isManifest(path: string): boolean {
  return !isForeign(path) && manifests.some((manifest) => manifest.path.test(path));
}

/** What these files change about dependencies, in the order of the manifests. A manifest that cannot be read says nothing. */
export function dependencyChanges(files: readonly FileDiff[]): DependencyChange[] {
  const diffs = new Map<string, ManifestDiff[]>();
  for (const file of files) {
    const manifest = isForeign(file.path)
      ? undefined
      : manifests.find(({ path: pattern }) => pattern.test(file.path));
    const diff = manifest && readDiff(manifest, file);
    if (diff) diffs.set(manifest.ecosystem, [...(diffs.get(manifest.ecosystem) ?? []), diff]);
  }
  return [...diffs.values()].flatMap(compareManifests);
}

/** Characters. */
const LONGEST = { manifest: 500_000, line: 5_000, name: 214, version: 100 };

function readDiff({ read }: Manifest, { path, before, after }: FileDiff): ManifestDiff | undefined {
  const requirements = (text: string | null): Requirements => {
    if (text === null) return new Map();
    if (text.length > LONGEST.manifest) throw new Error('too long for a manifest');
    // A line that nobody has written would only cost time.
    const lines = text.split('\n').filter((line) => line.length <= LONGEST.line);
    const named = [...read(lines.join('\n'))].filter(([name]) => name.length <= LONGEST.name);
    return new Map(named.map(([name, version]) => [name, version.slice(0, LONGEST.version)]));
  };
  try {
    return { path, before: requirements(before), after: requirements(after) };
  } catch {
    return undefined;
  }
}
