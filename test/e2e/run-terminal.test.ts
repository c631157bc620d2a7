// The run terminal of the built program: the project lives there, full-screen programs work, and the model hears of `!`.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { say } from '../support/model-server.ts';
import { createPlace, green } from './place.ts';

/** Takes the whole screen, asks where its cursor is, and waits for a key: as an editor does when it starts. */
const fullScreen = String.raw`printf '\e[?1049h\e[2;3H\e[6n'
IFS='[' read -rsd R _ place
printf '\e[2J\e[Hcursor at %s' "$place"
read -rsn1 key
printf '\e[?1049l'
echo "left with $key"
exit 3
`;

test('a full-screen program is lent the keyboard, and the model is told how it ended', async () => {
  const place = await createPlace({ files: { ...green, 'editor.sh': fullScreen }, script: [say('I see.')] });
  const app = place.open();
  await app.shows('F1 keys');
  app.type('! bash editor.sh').enter();
  await app.tests.shows(/tests {2}RUN {2}● running · bash editor\.sh/);
  await app.tests.shows('cursor at 2;3');
  app.press('alt+4').enter();
  await app.shows('Ctrl+] takes the keyboard back');
  app.type('q');
  await app.tests.shows('left with q');
  await app.tests.shows('✕ exit 3');
  await app.conversation.shows(/! bash editor\.sh · exit 3/);
  app.press('escape');
  await app.tests.shows(/tests {2}RUN/);
  app.type('what was that?').enter();
  await app.conversation.shows('I see.');
  const input = JSON.stringify(place.requests.at(-1)?.input);
  expect(input).toContain('The person ran this in a terminal of their own:\\n$ bash editor.sh\\nExit code 3');
  app.press('ctrl+d');
  expect(await app.over).toBe(0);
});

test('the project lives there across turns, is started again, and ends with the program', async () => {
  const place = await createPlace({
    files: { ...green, 'serve.sh': 'echo "up as $$"; trap "" HUP; while :; do sleep 0.1; done\n' },
    config: '[run]\ncommand = "bash serve.sh"\n',
    script: [say('Hello.')],
  });
  const app = place.open();
  await app.shows('F1 keys');
  app.press('alt+4');
  await app.tests.shows('r runs bash serve.sh.');
  app.type('r');
  await app.tests.shows(/up as \d+/);
  const first = pidOn(app.tests.rows());
  app.press('escape');
  await app.tests.shows(/tests {2}RUN/);
  app.type('hello').enter();
  await app.conversation.shows('Hello.');
  await app.tests.shows(`up as ${first}`);
  app.press('alt+4');
  app.type('r');
  await expect.poll(() => pidOn(app.tests.rows()), { timeout: 30_000 }).not.toBe(first);
  await app.tests.shows(/up as \d+/);
  const second = pidOn(app.tests.rows());
  expect([isAlive(first), isAlive(second)]).toEqual([false, true]);
  app.press('escape');
  // The tests of the turn's starting tree may have ended.
  await app.tests.shows(/tests(?: \S)? {2}RUN/);
  app.press('ctrl+d');
  expect(await app.over).toBe(0);
  expect(isAlive(second)).toBe(false);
});

function pidOn(rows: readonly string[]): number {
  return Number(/up as (\d+)/.exec(rows.join('\n'))?.[1]);
}

/** One that ended and that nobody has fetched yet has no memory any more. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
