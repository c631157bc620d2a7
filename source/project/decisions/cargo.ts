// Dependencies in a Cargo.toml.
import { parse } from 'smol-toml';
import type { Requirements } from './dependency.ts';
import { at, entriesOf, isTable, versionIn } from './values.ts';

const sections = ['dependencies', 'dev-dependencies', 'build-dependencies'];

export function readCargo(text: string): Requirements {
  const manifest = parse(text);
  const places = [manifest, ...entriesOf(manifest.target).map(([, target]) => target)];
  const tables = [
    ...places.flatMap((place) => sections.map((section) => at(place, section))),
    at(manifest, 'workspace', 'dependencies'),
  ];
  const all = new Map<string, string>();
  for (const [name, value] of tables.flatMap(entriesOf)) {
    const version = versionIn(value);
    // A crate under another name is still that crate.
    const crate = isTable(value) && typeof value.package === 'string' ? value.package : name;
    if (version !== undefined) all.set(crate, version);
  }
  return all;
}
