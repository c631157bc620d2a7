// The demo, with nothing but the program: no key, no network, no repository.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createPlace, type Place } from './place.ts';

function createBarePlace(): Promise<Place> {
  return createPlace({ files: null, env: { OPENAI_API_KEY: '', OPENAI_BASE_URL: '' } });
}

function commits(project: string): string[] {
  return execFileSync('git', ['log', '--format=%s', '--reverse'], { cwd: project, encoding: 'utf8' })
    .trimEnd()
    .split('\n');
}

test('without a terminal it plays to its end: every prompt to a commit', async () => {
  const place = await createBarePlace();
  const { code, stdout, stderr } = await place.hullspeed('demo');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('the model is scripted');
  const project = /Project: (\S+)/.exec(stdout)?.[1] ?? '';
  const made = commits(project);
  expect(made.length - 1).toBeGreaterThanOrEqual(3);
  for (const subject of made) expect(stdout).toContain(subject);
});

test('with one, each prompt is ready in its turn, and Enter brings a commit', async () => {
  const place = await createBarePlace();
  const app = place.open(['demo']);
  await app.conversation.shows('The model is scripted');
  await app.shows(/^› add `tide draw HARBOUR`/m);
  app.enter();
  await app.conversation.shows('● patch');
  await app.commits.shows(/✓.[0-9a-f]{7} draw: the next 24 hours/);
  await app.tests.shows('✓ green · npm test');
  await app.shows('✓ shipped');
  await app.shows(/^› `tide next` sometimes says 12:60/m);
  // The first clears the draft, the second leaves.
  app.press('ctrl+c').press('ctrl+d');
  expect(await app.over).toBe(0);
});
