// A day in small: what the model is given of the project over turns, a restart, a new context and a compaction.
import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { prefixChanges } from '../../bench/prefix.ts';
import type { StepInput } from '../../source/session/facts.ts';
import { add, say, ship } from '../support/model-server.ts';
import { startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

const page = (summary: string, when: string): string =>
  `---\nsummary: ${summary}\nread_when: ["${when}"]\n---\n`;
/** More than the list has room for. */
const files = {
  'a.txt': 'a\n',
  'docs/a-tides.md': page('Tides', 'touching source/tides.ts'),
  ...Object.fromEntries(
    Array.from({ length: 60 }, (_, nth) => [
      `docs/page-${nth}.md`,
      page(nth === 47 ? 'Sparkle changelogs' : 'of no interest whatever '.repeat(8), `never ${nth}`),
    ]),
  ),
};

/** What each step brought, in a line each. */
const given = (): string[][] =>
  session.events.flatMap((event) => (event.type === 'step.started' ? [event.inputs.map(inShort)] : []));

function inShort({ kind, text }: StepInput): string {
  const [first = '', second = ''] = text.split('\n');
  const line = kind === 'docs' || kind === 'decisions' ? second : first;
  return `${kind}: ${line.replace(/\b[0-9a-f]{7}\b/g, 'SHA').slice(0, 40)}`;
}

test('requests go on from one another byte for byte, until a new context or a compaction begins anew', async () => {
  let work = 0;
  session = await startSession(
    (body) => {
      if (JSON.stringify(body.input.at(-1)).includes('made shorter')) return say('the summary');
      work += 1;
      if (work === 2) return [add('docs/b-new.md', '# New'), add('source/tides.ts', 'x')];
      if (work === 3)
        return ship({ subject: 'Add tides', decisions: [{ chose: 'harmonics', why: 'they fit' }] });
      return say('Seen.');
    },
    { files },
  );
  const other = join(dirname(session.root), 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'package.json'), '{}');

  await session.prompt('look at ../other');
  session.write('a.txt', 'mine\n');
  await session.prompt('add the tides');
  unlinkSync(join(session.root, 'docs/a-tides.md'));
  session.git('commit', '-qam', 'Mine');
  await session.prompt('go on');
  await session.reopen();
  await session.prompt('and on');
  expect(prefixChanges(session.requests)).toBe(0);
  session.engine.send({ do: 'new' });
  await session.prompt('do it for Sparkle changelogs');
  session.engine.send({ do: 'compact' });
  await session.engine.idle();
  await session.prompt('once more');
  expect(prefixChanges(session.requests)).toBe(2);

  const card = 'card: Reference ../other: another project of t';
  expect(given()).toEqual([
    ['notice: a test', 'docs: - docs/a-tides.md: Tides (read when: tou', card, 'prompt: look at ../other'],
    ['notice: Changed or deleted by the person or anot', 'prompt: add the tides'],
    ['docs: - docs/b-new.md', 'hint: docs/a-tides.md may help here: touching '],
    [
      'notice: HEAD went from SHA to SHA, by one commit',
      'docs: - docs/a-tides.md: is gone.',
      'prompt: go on',
    ],
    ['prompt: and on'],
    [
      'notice: a test',
      // It has to do with the task, so it stands first.
      'docs: - docs/page-47.md: Sparkle changelogs (r',
      'decisions: - harmonics: they fit (SHA)',
      card,
      'prompt: do it for Sparkle changelogs',
    ],
    [
      'notice: a test',
      'docs: - docs/page-47.md: Sparkle changelogs (r',
      'decisions: - harmonics: they fit (SHA)',
      card,
      'prompt: once more',
    ],
  ]);
});
