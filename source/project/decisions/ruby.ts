// Dependencies in a Gemfile or a gemspec.
import type { Requirements } from './dependency.ts';

const gem =
  /^[^#\n]*?(?:\bgem|\.add_(?:runtime_|development_)?dependency)\b\s*\(?\s*["']([\w.-]+)["']([^\n]*)/gm;

export function readGems(text: string): Requirements {
  const all = new Map<string, string>();
  for (const [, name = '', rest = ''] of text.matchAll(gem)) {
    // A gem of the same repository.
    if (/\bpath(?::|\s*=>)/.test(rest)) continue;
    all.set(name, /^\s*,\s*["']([^"']+)["']/.exec(rest)?.[1] ?? '');
  }
  return all;
}
