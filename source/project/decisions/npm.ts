// Dependencies in a package.json.
import type { Requirements } from './dependency.ts';
import { isTable, stringsOf } from './values.ts';

const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
/** A package of the same repository. */
const internal = /^(?:workspace|file|link|portal):/;

export function readPackageJson(text: string): Requirements {
  const manifest: unknown = JSON.parse(text);
  if (!isTable(manifest)) return new Map();
  const all = new Map<string, string>();
  for (const [name, version] of sections.flatMap((section) => stringsOf(manifest[section])))
    if (!all.has(name) && !internal.test(version)) all.set(name, version);
  return all;
}
