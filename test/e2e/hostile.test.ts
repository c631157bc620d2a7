// Nothing that a model, a test, a file, a server or a name says drives the terminal.
import { expect, test } from 'vitest';
import { call, patch, reason, say, ship, status } from '../support/model-server.ts';
import { findUnsound } from '../support/sound-bytes.ts';
import { createPlace, type Place, testedBy } from './place.ts';

/** Clipboard, title, screen, questions to the terminal, strings without an end, 8-bit controls, bidi and tags. */
const evil = [
  '\x1b]52;c;ZXZpbA==\x07',
  '\x1b]2;taken\x07',
  '\x1b]0;taken\x1b\\',
  '\x1b[2J\x1b[H\x1b[31;5mred',
  '\x1b[c\x1b[6n\x1b[21t',
  '\x1bPq#0\x1b\\',
  '\x1b_G\x1b\\',
  '\x9b2J\x9d52;c;ZXZpbA==\x9c\x90q\x9c',
  '\u202egnitsal\u202c\u2066\u2069',
  '\u{e0001}\u{e0041}',
  '\x08\x0c\x0e\x7f',
  '\x1b]8;;http://evil.example\x07link\x1b]8;;\x07',
  '\x1b]2;without an end',
].join('x');

/** The same for `printf`, and 8-bit controls as single bytes, which are no UTF-8. */
const octal = [...Buffer.from(evil), 0x9b, 0x32, 0x4a, 0x9d, 0x9c]
  .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
  .join('');

const files = {
  ...testedBy(`printf '${octal}\\033\\\\\\nok 1 - floats\\n1..1\\nseen in tests\\n'\n`),
  'AGENTS.md': evil,
};

function createHostilePlace(): Promise<Place> {
  const path = `seen-in-a-path${evil.replaceAll('/', '')}.txt`;
  return createPlace({
    name: 'project\x1b]2;taken\x07\x9b2J',
    files,
    script: [
      status(429, { error: { message: `seen in a refusal ${evil}` }, retryAfter: 0 }),
      [
        reason(`seen in thoughts ${evil}`),
        say(
          `seen in words ${evil}\n\n\`\`\`js\n// seen in code ${evil}\n\`\`\`\n\n[seen in a link](http://x/${evil})`,
        ),
        call('exec_command', { cmd: `printf 'seen in output ${octal}'` }),
        call(`seen_in_a_name${evil}`, { what: evil }),
      ],
      [
        patch(`*** Begin Patch\n*** Add File: ${path}\n+seen in a patch ${evil}\n*** End Patch`),
        ship({
          // More than 72 characters are refused before anybody reads them.
          subject: `seen in a subject ${evil.slice(0, 50)}`,
          say: `seen in the last words ${evil}`,
          decisions: [{ chose: `seen in a choice ${evil}`, why: evil }],
        }),
      ],
    ],
  });
}

test('on the full screen', async () => {
  const place = await createHostilePlace();
  const app = place.open();
  await app.shows('F1 keys');
  app.type(`\x1b[200~seen in a prompt ${evil}\x1b[201~`).enter();
  await app.shows(/^✓ shipped/m);
  await app.commits.shows('seen in a subject');
  await app.tests.shows('seen in tests');
  for (const part of ['a path', 'a patch', 'the last words'])
    await app.conversation.shows(new RegExp(`seen.in.${part.replace(' ', '.')}`));
  // Commit, ship, patch, the call without a name, and then the command; its output opens.
  app.press('alt+1').type('kkkkk').enter();
  await app.conversation.shows(/^ {2}seen in output x/m);
  app.press('home');
  for (const part of ['a prompt', 'a refusal', 'thoughts', 'words', 'code', 'a link'])
    await app.conversation.shows(`seen in ${part}`);
  app.press('escape');
  await app.lacks('▸CONVERSATION');
  app.press('ctrl+d');
  expect(await app.over).toBe(0);
  expect(findUnsound(app.bytes())).toEqual([]);
});

test('without a screen, while it runs and when it is told again', async () => {
  const place = await createHostilePlace();
  const run = await place.hullspeed('run', '--trust', `seen in a prompt ${evil.replaceAll('\0', '')}`);
  expect(run.code).toBe(0);
  const told = run.stdout + run.stderr;
  for (const part of ['a prompt', 'a refusal', 'words', 'output', 'a subject', 'a choice', 'the last words'])
    expect(told).toContain(`seen in ${part}`);
  const again = await place.hullspeed('log');
  const status = await place.hullspeed('status');
  const json = await place.hullspeed('log', '--json');
  for (const text of [told, again.stdout, again.stderr, status.stdout, json.stdout]) {
    expect(text).not.toContain('\x1b');
    expect(findUnsound(Buffer.from(text.replaceAll('\t', ' ')))).toEqual([]);
  }
});
