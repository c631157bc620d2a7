// Whether HEAD is still where it was, read off the git directory itself: no process is started for it.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitPlace } from './git-place.ts';

/** Keeps the last answer as long as HEAD stays where it is. */
export function keepByHead<T>(
  place: GitPlace,
  read: (count: number) => Promise<T>,
): (count: number) => Promise<T> {
  let kept: { readonly stamp: string; readonly answer: Promise<T> } | undefined;
  return async (count) => {
    const head = await stampHead(place).catch(() => undefined);
    if (head === undefined) return read(count);
    const stamp = `${count} ${head}`;
    if (kept?.stamp === stamp) return kept.answer;
    const answer = read(count);
    kept = { stamp, answer };
    answer.catch(() => {
      kept = undefined;
    });
    return answer;
  };
}

/** Another text where HEAD has moved. Undefined where only git can tell. */
async function stampHead({ gitDir, commonDir }: GitPlace): Promise<string | undefined> {
  const head = await readFile(join(gitDir, 'HEAD'), 'utf8');
  const name = /^ref: (refs\/\S+)/.exec(head)?.[1];
  if (name === undefined) return head;
  // With reftables it is a name that no branch may have.
  if (name.endsWith('.invalid')) return undefined;
  const loose = await readFile(join(commonDir, name), 'utf8').catch(() => undefined);
  if (loose !== undefined) return loose.startsWith('ref:') ? undefined : head + loose;
  const { ino, size, mtimeMs } = await stat(join(commonDir, 'packed-refs'));
  return `${head}${ino} ${size} ${mtimeMs}`;
}
