// Dependencies in a go.mod: those that the module itself asks for.
import type { Requirements } from './dependency.ts';

export function readGoMod(text: string): Requirements {
  const all = new Map<string, string>();
  const internal = new Set<string>();
  let block = '';
  for (const raw of text.split('\n')) {
    const [code = '', comment = ''] = raw.trim().split(/\s*\/\/\s*/, 2);
    const [, opened] = /^(\w+)\s*\($/.exec(code) ?? [];
    if (opened !== undefined) block = opened;
    else if (code === ')') block = '';
    else {
      const [, directive = block, line = ''] =
        block === '' ? (/^(\w+)\s+(.+)$/.exec(code) ?? []) : ['', block, code];
      const [, path, version] = /^"?([^\s"]+)"?\s+(v\S+)$/.exec(line) ?? [];
      const [, local] = /^"?([^\s"]+)"?(?:\s+v\S+)?\s+=>\s+"?\.{0,2}\//.exec(line) ?? [];
      if (directive === 'replace' && local) internal.add(nameOf(local));
      if (directive === 'require' && path && version && !/^indirect\b/.test(comment))
        all.set(nameOf(path), version);
    }
  }
  // A module of the same repository.
  for (const name of internal) all.delete(name);
  return all;
}

/** The major version is part of a module's path, and not of its name. */
function nameOf(path: string): string {
  return path.replace(/\/v\d+$/, '').replace(/^(gopkg\.in\/.+)\.v\d+$/, '$1');
}
