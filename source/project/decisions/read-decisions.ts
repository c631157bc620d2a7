// The decisions that a commit's diff itself tells, each in the words of a stated one: chose, over, why.
import type { DecisionReader } from '../../engine/git-ports.ts';
import type { DependencyChange } from './dependency.ts';
import { dependencyChanges, isManifest } from './manifests.ts';
import { baseName, isTelling, type TellingFile, tellingFiles } from './telling-files.ts';

type ReadableDiff = Parameters<DecisionReader['decisions']>[0];
type Choice = ReturnType<DecisionReader['decisions']>[number];

/** More of a kind become one decision, which names some of them. */
const MOST = { single: 3, named: 8 };

export const decisionReader: DecisionReader = {
  isManifest,
  isReadable: (path) => isManifest(path) || isTelling(path),
  dependencies: dependencyChanges,
  decisions(diff) {
    const told = (name: string): boolean => isStated(name, diff.stated);
    const dependencies = dependencyChanges(diff.files).filter(({ name }) => !told(name));
    // All that a first commit has is new: only what it is built upon is a choice.
    if (diff.folders === null) return dependencyDecisions(dependencies);
    const files = tellingFiles(diff.files).filter(({ path }) => !told(path) && !told(baseName(path)));
    const folders = newFolders(diff).filter((folder) => !told(folder) && !told(`${folder}/`));
    return [...dependencyDecisions(dependencies), ...fileDecisions(files), ...folderDecisions(folders)];
  },
};

/** Names it as what was chosen or turned down; `group:name` by its name, too. */
function isStated(name: string, stated: readonly Choice[]): boolean {
  // `group:name` goes by its name, `github.com/x/name` too; `@types/name` does not.
  const [short = name] = name.split(/:|^[\w-]+\.[\w.-]*\/(?:.*\/)?/).slice(-1);
  const names = [name, short].map((each) => each.toLowerCase());
  return stated.some(({ chose, over = '' }) => {
    const words = `${chose} ${over}`.toLowerCase().split(/[\s,;:()"'`+]+|\.(?=\s|$)|(?<=\w)@/);
    return names.some((each) => words.includes(each));
  });
}

function dependencyDecisions(changes: readonly DependencyChange[]): Choice[] {
  const added = changes.filter(({ from }) => from === undefined);
  const removed = changes.filter(({ to }) => to === undefined);
  const moved = changes.filter(({ from, to }) => from !== undefined && to !== undefined);
  return [
    ...several(added, 'dependencies', 'added to'),
    ...several(moved, 'major versions', 'moved in'),
    ...several(removed, 'dependencies less', 'removed from'),
  ];
}

/** Each for itself, or all in one: `7 dependencies: a, b, … added to package.json`. */
function several(changes: readonly DependencyChange[], what: string, how: string): Choice[] {
  if (changes.length <= MOST.single) return changes.map(dependencyDecision);
  const [manifest = '', ...others] = new Set(changes.map((change) => change.manifest));
  const where = others.length === 0 ? manifest : `${manifest} and ${others.length} more`;
  const names = changes.map(({ name }) => name);
  return [{ chose: `${changes.length} ${what}`, why: `${listed(names)} ${how} ${where}` }];
}

function dependencyDecision({ name, manifest, from, to }: DependencyChange): Choice {
  if (to === undefined) return { chose: `without ${name}`, why: `removed from ${manifest}` };
  if (from === undefined) return { chose: `${name} ${to}`.trim(), why: `added to ${manifest}` };
  return { chose: `${name} ${to}`, over: from, why: `major version in ${manifest}` };
}

function fileDecisions(files: readonly TellingFile[]): Choice[] {
  const groups = Map.groupBy(files, ({ kind, change }) => `${kind} ${change}`);
  return [...groups].flatMap(([why, group]) => {
    const paths = group.map(({ path }) => path);
    if (paths.length <= MOST.single) return paths.map((path): Choice => ({ chose: path, why }));
    return [{ chose: `${paths.length} files`, why: `${listed(paths)}: ${why}` }];
  });
}

/** A folder at the root that was not there, unless all of it only came from elsewhere. */
function newFolders({ paths, folders }: ReadableDiff): string[] {
  if (folders === null) return [];
  const known = new Set(folders);
  const gone = new Set(paths.flatMap(({ path, change }) => (change === 'removed' ? [baseName(path)] : [])));
  const fresh = paths.flatMap(({ path, change }) => {
    const [folder = ''] = path.split('/', 1);
    const own = change === 'added' && folder !== path && !folder.startsWith('.') && !known.has(folder);
    return own && !gone.has(baseName(path)) ? [folder] : [];
  });
  return [...new Set(fresh)];
}

function folderDecisions(folders: readonly string[]): Choice[] {
  if (folders.length <= MOST.single)
    return folders.map((folder) => ({ chose: `${folder}/`, why: 'new folder at the top' }));
  return [{ chose: `${folders.length} folders`, why: `${listed(folders)}: new at the top` }];
}

function listed(names: readonly string[]): string {
  return names.slice(0, MOST.named).join(', ') + (names.length > MOST.named ? ', …' : '');
}
