// `npm run docs`: writes the generated pages of docs/.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatePages } from './generated-pages.ts';

for (const [path, text] of Object.entries(generatePages())) {
  await writeFile(join(import.meta.dirname, '..', path), text);
  console.log(path);
}
