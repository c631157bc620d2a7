import { expect, test } from 'vitest';
import { parseArgs, usage } from '../source/args.ts';

const plain = { trust: false };

test.each([
  [[], { command: 'open', flags: plain }],
  [['fix the tests'], { command: 'open', prompt: 'fix the tests', flags: plain }],
  [['continue'], { command: 'open', prompt: 'continue', flags: plain }],
  [['--', 'log'], { command: 'open', prompt: 'log', flags: plain }],
  [['--', '--help me'], { command: 'open', prompt: '--help me', flags: plain }],
  [['run', 'fix it'], { command: 'run', prompt: 'fix it', json: false, flags: plain }],
  [['run', '--json', '-'], { command: 'run', prompt: null, json: true, flags: plain }],
  [['run', '--', '--json'], { command: 'run', prompt: '--json', json: false, flags: plain }],
  [['--trust', 'run', 'x'], { command: 'run', prompt: 'x', json: false, flags: { trust: true } }],
  [
    ['--model', 'm', '--effort=low', '--base-url', 'http://localhost:1/v1', '--session', 's', 'go on'],
    {
      command: 'open',
      prompt: 'go on',
      flags: { trust: false, model: 'm', effort: 'low', baseUrl: 'http://localhost:1/v1', session: 's' },
    },
  ],
  [['log'], { command: 'log', json: false, flags: plain }],
  [
    ['context', '--json', '--session', 'a'],
    { command: 'context', json: true, flags: { trust: false, session: 'a' } },
  ],
  [['status'], { command: 'status', format: 'text' }],
  [['status', '--tmux'], { command: 'status', format: 'tmux' }],
  [['status', '--json'], { command: 'status', format: 'json' }],
  [['demo'], { command: 'demo' }],
  [['run', '--help'], { command: 'help' }],
  [['-h'], { command: 'help' }],
  [['--version'], { command: 'version' }],
])('%j is understood', (argv, parsed) => {
  expect(parseArgs(argv)).toEqual(parsed);
});

test.each([
  [['lgo'], 'did you mean log?'],
  [['statsu'], 'did you mean status?'],
  [['--jsno'], 'did you mean --json?'],
  [['--frobnicate'], 'there is no flag --frobnicate: see hullspeed --help'],
  [['--constructor'], 'there is no flag --constructor'],
  [['run'], 'run needs a prompt'],
  [['run', '  '], 'run needs a prompt'],
  [['run', 'fix', 'it'], 'put it in quotes'],
  [['fix', 'it'], 'put it in quotes'],
  [['log', 'yesterday'], 'log takes no words'],
  [['demo', '--json'], '--json goes with run, log, status, context, not with demo'],
  [['--json'], 'not with the full screen'],
  [['run', 'x', '--model'], '--model needs a value'],
  [['run', '--model', '--json', 'x'], '--model needs a value'],
  [['run', '--json=yes', 'x'], '--json takes no value'],
  [['status', '--json', '--tmux'], 'not both'],
  [['-'], 'use hullspeed run -'],
])('%j is refused and the sentence says what to type', (argv, part) => {
  expect(parseArgs(argv)).toEqual({ error: expect.stringContaining(part) });
});

test('the help fits one screen of 80 columns and 24 rows', () => {
  const rows = usage().trimEnd().split('\n');
  expect(rows.length).toBeLessThanOrEqual(23);
  expect(rows.filter((row) => row.length > 80)).toEqual([]);
});
