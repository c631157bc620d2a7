// A red ship in one quiet line: how many failed, and the first of them. The rest stands in the tests pane.
import { clean } from '../text/clean.ts';

/** As `source/engine/ship-tests.ts` writes it for the model. */
const red = /^Red, not committed: /;
const counts = /\((\d+) passed, (\d+) failed\)\./;
const fresh = /^New failures: (.+)$/m;
const old = /^These \d+ failed before you came: (.+?)\. If they are/m;

/** `1 of 41 failed · strips emoji`; undefined where the output says something else. */
export function redShipLine(output: string): string | undefined {
  if (!red.test(output)) return undefined;
  const [, passed, failed] = counts.exec(output) ?? [];
  const names = fresh.exec(output)?.[1] ?? old.exec(output)?.[1];
  const [first = ''] = (names ?? '').replace(/\. These failed before you came: .*$/, '').split('; ', 1);
  const count = failed === undefined ? '' : `${failed} of ${Number(passed) + Number(failed)} failed`;
  const name = clean(first.replace(/\.$/, ''), { newlines: false });
  const known = fresh.test(output) || name === '' ? '' : ', as before';
  return count === '' || name === '' ? undefined : `${count}${known} · ${name}`;
}
