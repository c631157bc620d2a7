// Two writers of one session are impossible, and the second is told who the first one is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isHeld } from '../../source/journal/lock.ts';
import { openJournal } from '../../source/journal/open-journal.ts';
import { notice, open, scratchDirectory } from './scratch.ts';

const lockedBy = (words: RegExp) =>
  expect.objectContaining({ name: 'AppError', code: 'locked', message: expect.stringMatching(words) });

test('a second opening in the same process is refused, and takes nothing from the first', async () => {
  const directory = scratchDirectory();
  const { journal } = await open(directory);
  for (let attempt = 0; attempt < 3; attempt++) {
    await expect(open(directory)).rejects.toThrow(
      lockedBy(
        new RegExp(
          `^the session is held by hullspeed 0\\.0\\.0, process ${process.pid}, since (\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d: `,
        ),
      ),
    );
    expect(isHeld(directory)).toBe(true);
  }
  expect(journal.append(notice('still the owner')).seq).toBe(1);
});

test('a session is free again once it is closed', async () => {
  const directory = scratchDirectory();
  const { journal } = await openJournal({ directory, app: 'test' });
  await journal.close();
  expect(isHeld(directory)).toBe(false);
  await open(directory);
});

test('a killed owner frees the session, and a stopped one does not', async () => {
  const directory = scratchDirectory();
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(writer.stdout, 'data');
  writer.kill('SIGSTOP');
  await expect(open(directory)).rejects.toThrow(lockedBy(new RegExp(`writer, process ${writer.pid}`)));
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  expect(isHeld(directory)).toBe(false);
  const { state } = await open(directory);
  expect(state.seq).toBeGreaterThan(0);
});

test('a directory that was never opened is not held', () => {
  expect(isHeld(scratchDirectory())).toBe(false);
});
