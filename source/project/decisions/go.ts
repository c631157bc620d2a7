// Dependencies in a go.mod: those that the module itself asks for.
import type { Requirements } from './dependency.ts';

export function readGoMod(text: string): Requirements {
  const all = new Map<string, string>();
  let block = '';
  for (const raw of text.split('\n')) {
    const [code = '', comment = ''] = raw.trim().split(/\s*\/\/\s*/, 2);
    const [, opened] = /^(\w+)\s*\($/.exec(code) ?? [];
    if (opened !== undefined) block = opened;
    else if (code === ')') block = '';
    else {
      const line = block === 'require' ? code : (/^require\s+(.+)$/.exec(code)?.[1] ?? '');
      const [, path, version] = /^"?([^\s"]+)"?\s+(v\S+)$/.exec(line) ?? [];
      if (path && version && comment !== 'indirect') all.set(nameOf(path), version);
    }
  }
  return all;
}

/** The major version is part of a module's path, and not of its name. */
function nameOf(path: string): string {
  return path.replace(/\/v\d+$/, '').replace(/^(gopkg\.in\/.+)\.v\d+$/, '$1');
}
