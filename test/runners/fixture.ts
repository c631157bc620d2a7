// What a runner printed, kept in the folder beside.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'fixtures');

export function fixture(name: string): string {
  return readFileSync(join(FOLDER, `${name}.txt`), 'utf8');
}

export function allFixtures(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => fixture(name.slice(0, -'.txt'.length)));
}
