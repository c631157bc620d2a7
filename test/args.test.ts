import { expect, test } from 'vitest';
import { parseArgs } from '../source/args.ts';
import { usage } from '../source/headless/usage.ts';

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
  [['queue', 'later'], { command: 'queue', prompt: 'later', json: false, flags: plain }],
  [
    ['queue', '--at', 'source/a b.ts:12', '--session', 's', '--json', '-'],
    {
      command: 'queue',
      prompt: null,
      at: { file: 'source/a b.ts', first: 12, last: 12 },
      json: true,
      flags: { trust: false, session: 's' },
    },
  ],
  [
    ['queue', '--at=a.ts:20-12', '--', '--why?'],
    {
      command: 'queue',
      prompt: '--why?',
      at: { file: 'a.ts', first: 12, last: 20 },
      json: false,
      flags: plain,
    },
  ],
  [
    ['queue', 'x', '--at', 'a.ts:12:5'],
    {
      command: 'queue',
      prompt: 'x',
      at: { file: 'a.ts', first: 12, last: 12 },
      json: false,
      flags: plain,
    },
  ],
  [
    ['run', 'x', '--image', 'a.png', '--image=b c.png'],
    { command: 'run', prompt: 'x', images: ['a.png', 'b c.png'], json: false, flags: plain },
  ],
  [
    ['queue', 'x', '--image', 'a.png'],
    { command: 'queue', prompt: 'x', images: ['a.png'], json: false, flags: plain },
  ],
  [['log'], { command: 'log', json: false, flags: plain }],
  [['references'], { command: 'references', json: false, flags: { trust: false } }],
  [
    ['references', 'remove', '../other', '--json'],
    { command: 'references', remove: '../other', json: true, flags: { trust: false } },
  ],
  [['decisions', '--json'], { command: 'decisions', json: true, flags: { trust: false } }],
  [
    ['context', '--json', '--session', 'a'],
    { command: 'context', json: true, flags: { trust: false, session: 'a' } },
  ],
  [['pace', '--json'], { command: 'pace', json: true, flags: { trust: false } }],
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
  [['queue'], 'queue needs a prompt'],
  [['queue', 'later', 'on'], 'put it in quotes'],
  [['queue', 'x', '--trust'], '--trust goes with the full screen, run, not with queue'],
  [['queue', 'x', '--at', 'a.ts'], '--at "a.ts" names no line: say --at FILE:LINE'],
  [['queue', 'x', '--at', 'a.ts:0'], 'names no line'],
  [['queue', 'x', '--at', ':12'], 'names no line'],
  [['queue', 'x', '--at', 'a\nb:12'], 'names no line'],
  [['run', 'x', '--at', 'a.ts:1'], '--at goes with queue, not with run'],
  [['fix', 'it'], 'put it in quotes'],
  [['log', 'yesterday'], 'log takes no words'],
  [
    ['demo', '--json'],
    '--json goes with run, queue, log, status, context, decisions, pace, docs, references, not with demo',
  ],
  [
    ['references', 'remove'],
    'references lists them, and references remove NAME takes one out: say one of the two',
  ],
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
