// `hullspeed docs`: the project's pages as the model knows them, and what is wrong with their front matter.
import type { DocsPage } from '../engine/ports.ts';
import { jsonLine, type Writer } from './print.ts';

export interface DocsOptions {
  readonly pages: readonly DocsPage[];
  /** Where they were looked for. */
  readonly folders: readonly string[];
  /** Only what is wrong, with an exit code for CI. */
  readonly check: boolean;
  readonly json: boolean;
  readonly stdout: Writer;
}

/** The exit code: 1 where pages are checked and one has a problem. */
export function printDocs({ pages, folders, check, json, stdout }: DocsOptions): number {
  const shown = check ? pages.filter(({ problem }) => problem !== undefined) : pages;
  if (json) for (const page of shown) stdout.write(jsonLine(page));
  else if (pages.length === 0) stdout.write(`there are no pages (*.md) in ${folders.join(', ')}\n`);
  else if (check && shown.length === 0)
    stdout.write(
      `${pages.length === 1 ? 'one page has' : `${pages.length} pages have`} a summary and read_when\n`,
    );
  else for (const page of shown) stdout.write(lines(page));
  return check && shown.length > 0 ? 1 : 0;
}

/** As docs-list prints them. */
function lines({ path, summary, readWhen, problem }: DocsPage): string {
  const about = [
    ...(summary === undefined ? [] : [summary]),
    ...(problem === undefined ? [] : [`[${problem}]`]),
  ];
  const when = readWhen.length === 0 ? '' : `  Read when: ${readWhen.join('; ')}\n`;
  return `${path} - ${about.join(' ')}\n${when}`;
}
