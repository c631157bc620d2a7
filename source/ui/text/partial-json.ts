// Reads one string out of a call's JSON arguments while they are still being written.

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The value of a key of the outermost object, as far as it has come; undefined while it has not, or is no string. */
export function stringField(json: string, key: string): string | undefined {
  let depth = 0;
  let at = 0;
  while (at < json.length) {
    const character = json[at];
    if (character !== '"') {
      if (character === '{' || character === '[') depth += 1;
      if (character === '}' || character === ']') depth -= 1;
      at += 1;
      continue;
    }
    const end = stringEnd(json, at);
    const value = /^\s*:\s*"/.exec(json.slice(end, end + 64));
    if (depth === 1 && value !== null && unescaped(json.slice(at + 1, end - 1)) === key) {
      const from = end + value[0].length - 1;
      const to = stringEnd(json, from);
      return unescaped(json.slice(from + 1, isClosed(json, from, to) ? to - 1 : to));
    }
    at = end;
  }
  return undefined;
}

/** The index after a string that opens at `start`; the end of the text while it is open. */
function stringEnd(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    if (json[at] === '\\') at += 1;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}

function isClosed(json: string, start: number, end: number): boolean {
  if (end - start < 2 || json[end - 1] !== '"') return false;
  const backslashes = /\\*$/.exec(json.slice(start + 1, end - 1))?.[0].length ?? 0;
  return backslashes % 2 === 0;
}

/** An escape that is cut off at the end is left out until it is whole. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u([\da-fA-F]{4})|(u[\da-fA-F]{0,3}$)|([^u])|$)/g,
    (_, unicode, cutOff, simple) => {
      if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
      return cutOff !== undefined || simple === undefined ? '' : (escapes[simple] ?? simple);
    },
  );
}
