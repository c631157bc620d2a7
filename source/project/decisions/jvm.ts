// Dependencies and plugins of Gradle builds, their version catalogs, and Maven's pom.xml.
import { parse } from 'smol-toml';
import type { Requirements } from './dependency.ts';
import { at, entriesOf, isTable } from './values.ts';

/** `implementation("group:name:1.2")`, `testImplementation 'group:name'`, with or without `platform(…)`. */
const coordinates =
  /\b\w*(?:implementation|api|only|processor|kapt|ksp|classpath|compile|runtime|coreLibraryDesugaring)\b\s*\(?\s*(?:\w*[pP]latform\s*\(\s*)?["']([\w.-]+):([\w.-]+)(?::([^"'@:]+))?[^"'\n]*["']/gi;
const named =
  /\b\w*(?:implementation|api|only|processor|classpath)\b\s*\(?\s*group\s*[:=]\s*["']([\w.-]+)["'],\s*name\s*[:=]\s*["']([\w.-]+)["'](?:,\s*version\s*[:=]\s*["']([^"']+)["'])?/gi;
const plugins = /\b(id|kotlin)\s*\(?\s*["']([\w.-]+)["']\s*\)?\s+version\s*\(?\s*["']([^"']+)["']/g;

export function readGradle(text: string): Requirements {
  const code = cutOut(text, '/*', '*/').outside.replace(/(^|\s)\/\/.*$/gm, '$1');
  const all = new Map<string, string>();
  for (const pattern of [coordinates, named])
    for (const [, group, name, version = ''] of code.matchAll(pattern)) all.set(`${group}:${name}`, version);
  for (const [, kind, name, version = ''] of code.matchAll(plugins))
    all.set(kind === 'kotlin' ? `org.jetbrains.kotlin.${name}` : `${name}`, version);
  return all;
}

export function readCatalog(text: string): Requirements {
  const catalog = parse(text);
  const all = new Map<string, string>();
  const entries = [...entriesOf(catalog.libraries), ...entriesOf(catalog.plugins)];
  for (const [, value] of entries) {
    const [name, version] =
      typeof value === 'string' ? splitCoordinates(value) : [nameIn(value), versionOf(catalog, value)];
    if (name !== '') all.set(name, version);
  }
  return all;
}

function splitCoordinates(text: string): [string, string] {
  const cut = text.lastIndexOf(':');
  return [text.slice(0, cut), text.slice(cut + 1)];
}

function nameIn(value: unknown): string {
  if (!isTable(value)) return '';
  const { module, id, group, name } = value;
  const whole = [module, id].find((each) => typeof each === 'string');
  return typeof whole === 'string' ? whole : typeof group === 'string' ? `${group}:${name}` : '';
}

function versionOf(catalog: unknown, value: unknown): string {
  const version = at(value, 'version');
  const ref = at(version, 'ref');
  const found = typeof ref === 'string' ? at(catalog, 'versions', ref) : version;
  const text = isTable(found) ? (found.strictly ?? found.require ?? found.prefer) : found;
  return typeof text === 'string' ? text : '';
}

export function readPom(text: string): Requirements {
  const uncommented = cutOut(text, '<!--', '-->').outside;
  const code = cutOut(uncommented, '<exclusions>', '</exclusions>').outside;
  const properties = new Map(
    cutOut(code, '<properties>', '</properties>').inside.flatMap((body) =>
      [...body.matchAll(/<([\w.-]+)>([^<]*)<\/\1>/g)].map(([, key = '', value = '']) => [key, value.trim()]),
    ) as [string, string][],
  );
  const all = new Map<string, string>();
  const found = ['parent', 'dependency', 'plugin'].flatMap((kind) =>
    cutOut(code, `<${kind}>`, `</${kind}>`).inside.map((body) => ({ kind, body })),
  );
  for (const { kind, body } of found) {
    // A plugin may have dependencies of its own.
    const own = body.replace(/<dependencies>[\s\S]*$/, '');
    const field = (name: string): string =>
      new RegExp(`<${name}>([^<]*)</${name}>`).exec(own)?.[1]?.trim() ?? '';
    const group = field('groupId') || (kind === 'plugin' ? 'org.apache.maven.plugins' : '');
    const version = field('version').replace(/^\$\{([^}]+)\}$/, (whole, key) => properties.get(key) ?? whole);
    // A module of the same build.
    if (`${group}${version}`.includes('${project.') || field('artifactId') === '') continue;
    all.set(`${group}:${field('artifactId')}`, version);
  }
  return all;
}

/** What stands between the marks, each piece, and all the rest. In one pass: a manifest may be anybody's. */
function cutOut(text: string, open: string, close: string): { inside: string[]; outside: string } {
  const inside: string[] = [];
  let outside = '';
  let at = 0;
  for (;;) {
    const begin = text.indexOf(open, at);
    const end = begin < 0 ? -1 : text.indexOf(close, begin + open.length);
    if (end < 0) return { inside, outside: outside + text.slice(at) };
    inside.push(text.slice(begin + open.length, end));
    outside += text.slice(at, begin);
    at = end + close.length;
  }
}
