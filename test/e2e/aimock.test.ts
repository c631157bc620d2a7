// The loop against a Responses server that this client was not written for.
import { LLMock } from '@copilotkit/aimock';
import { expect, onTestFinished, test } from 'vitest';
import { createPlace } from './place.ts';

test('run goes from a prompt over a command and a patch to a commit', async () => {
  const server = new LLMock({ port: 0 });
  await server.start();
  onTestFinished(() => server.stop());
  const args = (value: unknown): string => JSON.stringify(value);
  const input = '*** Begin Patch\n*** Add File: a.txt\n+one\n*** End Patch';
  server.onToolResult('call_patch', {
    toolCalls: [
      { id: 'call_ship', name: 'ship', arguments: args({ subject: 'Add a', say: 'There is an a.' }) },
    ],
  });
  server.onToolResult('call_look', {
    content: 'Nothing is there yet.',
    toolCalls: [{ id: 'call_patch', name: 'apply_patch', arguments: args({ input }) }],
  });
  server.onMessage('add a', {
    reasoning: 'Look first.',
    toolCalls: [{ id: 'call_look', name: 'exec_command', arguments: args({ cmd: 'ls' }) }],
  });
  const place = await createPlace({ env: { OPENAI_BASE_URL: `${server.url}/v1` } });
  const { code, stdout, stderr } = await place.hullspeed('run', '--trust', '--json', 'add a');
  expect(stderr).toContain('There is an a.');
  expect(code).toBe(0);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.find((event) => event.type === 'turn.ended')).toMatchObject({ outcome: 'shipped' });
  expect(place.git('log', '--format=%s')).toBe('Add a\nbegin\n');
  expect(place.read('a.txt')).toBe('one\n');
});
