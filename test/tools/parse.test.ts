// What the model is told of the tools, and how its calls are read: forgiving in shape, exact about what is wrong.
import { describe, expect, it } from 'vitest';
import type { ParsedCall } from '../../source/engine/ports.ts';
import { createTools } from '../../source/tools/tools.ts';

const noTerminal = { start: () => Promise.reject(new Error('no terminal')) };
const tools = createTools({ root: '/project', environment: {}, terminal: noTerminal });
const parse = (name: string, argument: unknown): ParsedCall =>
  tools.parse({
    id: 'c',
    name,
    argument: typeof argument === 'string' ? argument : JSON.stringify(argument),
  });
const patch = '*** Begin Patch\n*** Delete File: a\n*** End Patch';

describe('the definitions', () => {
  const names = (custom: boolean, webSearch: boolean) =>
    tools.definitions({ custom, webSearch }).map(({ type, name }) => [type, name]);

  it('offer a grammar and a search only where the wire has them', () => {
    const functions = [
      ['function', 'exec_command'],
      ['function', 'write_stdin'],
      ['function', 'apply_patch'],
      ['function', 'view_image'],
      ['function', 'ship'],
    ];
    expect(names(false, false)).toEqual(functions);
    expect(names(true, true)).toEqual([
      ...functions.with(2, ['custom', 'apply_patch']),
      ['web_search', undefined],
    ]);
  });

  it('are short: about 750 tokens at most', () => {
    expect(JSON.stringify(tools.definitions({ custom: true, webSearch: true })).length / 4).toBeLessThan(780);
    expect(JSON.stringify(tools.definitions({ custom: false, webSearch: true })).length / 4).toBeLessThan(
      780,
    );
  });

  it('are the same each time', () => {
    const wire = { custom: true, webSearch: true };
    expect(JSON.stringify(tools.definitions(wire))).toBe(JSON.stringify(tools.definitions(wire)));
  });
});

describe('a call', () => {
  const command = {
    kind: 'command',
    cmd: 'ls',
    workdir: '/project',
    tty: false,
    yieldMs: 10_000,
    maxTokens: 25_000,
  };
  const input = { kind: 'input', session: 3, chars: '', yieldMs: 5_000, maxTokens: 25_000 };
  const read: [string, string, unknown, unknown][] = [
    ['of a command takes the defaults', 'exec_command', { cmd: 'ls' }, command],
    [
      'drops unknown fields and empty ones',
      'exec_command',
      { cmd: 'ls', shell: 'zsh', tty: null, workdir: null },
      command,
    ],
    [
      'of a command keeps its times and sizes within bounds',
      'exec_command',
      { cmd: 'ls', yield_time_ms: 1, max_output_tokens: 99_999 },
      { ...command, yieldMs: 250 },
    ],
    [
      'of a command waits no longer than 30 s',
      'exec_command',
      { cmd: 'ls', yield_time_ms: 1e9, workdir: 'sub', tty: true },
      { ...command, yieldMs: 30_000, workdir: '/project/sub', tty: true },
    ],
    ['of an input polls patiently', 'write_stdin', { session_id: 3 }, input],
    [
      'of an input polls for five minutes at most',
      'write_stdin',
      { session_id: 3, chars: '', yield_time_ms: 1e9 },
      { ...input, yieldMs: 300_000 },
    ],
    [
      'of an input with text answers soon',
      'write_stdin',
      { session_id: 3, chars: 'y\n', max_output_tokens: 10 },
      { ...input, chars: 'y\n', yieldMs: 250, maxTokens: 10 },
    ],
    ['of a patch is taken bare', 'apply_patch', patch, { kind: 'patch', patch }],
    ['of a patch is taken as JSON', 'apply_patch', { input: patch }, { kind: 'patch', patch }],
    [
      'of a command that is a patch is one',
      'exec_command',
      { cmd: `apply_patch <<'EOF'\n${patch}\nEOF\n` },
      { kind: 'patch', patch },
    ],
    [
      'of a command that is a patch without quotes is one',
      'exec_command',
      { cmd: `applypatch <<PATCH\n${patch}\nPATCH` },
      { kind: 'patch', patch },
    ],
    [
      'of a command that only speaks of patches is a command',
      'exec_command',
      { cmd: 'echo apply_patch' },
      { ...command, cmd: 'echo apply_patch' },
    ],
  ];
  it.each(read)('%s', (_, name, argument, parsed) => expect(parse(name, argument)).toEqual(parsed));

  const wrong: [string, string, unknown, RegExp][] = [
    ['to an unknown tool', 'look_at', {}, /There is no tool look_at\. The tools are exec_command/],
    [
      'that is not JSON',
      'exec_command',
      '{"cmd": "ls"',
      /^The arguments of exec_command are not JSON: .*Send the call again\.$/,
    ],
    ['that is no object', 'exec_command', '"ls"', /the whole must be an object, not a string/],
    ['without what it needs', 'exec_command', {}, /`cmd` is missing/],
    [
      'with an argument of the wrong type',
      'exec_command',
      { cmd: ['ls'] },
      /`cmd` must be a string, not an array/,
    ],
    [
      'with a fraction of a session',
      'write_stdin',
      { session_id: 1.5 },
      /`session_id` must be an integer, not a number/,
    ],
    ['with a NUL', 'exec_command', { cmd: 'a\0b' }, /NUL/],
    [
      'of a patch in another directory',
      'exec_command',
      { cmd: `apply_patch <<'EOF'\n${patch}\nEOF`, workdir: 'sub' },
      /relative to the project.*apply_patch tool/,
    ],
    ['of a patch without its text', 'apply_patch', {}, /`input` is missing/],
  ];
  it.each(wrong)('%s is answered with what is wrong', (_, name, argument, error) => {
    expect(parse(name, argument)).toEqual({ kind: 'error', error: expect.stringMatching(error) });
  });
});

describe('a ship', () => {
  it('is read with all its fields', () => {
    const request = {
      subject: 'cli: add --json',
      body: 'Why.',
      say: 'Try it.',
      decisions: [
        { chose: 'zod', over: 'ajv', why: 'smaller' },
        { chose: 'b', why: 'c' },
      ],
      also: ['a b.txt'],
      known: true,
      push: false,
      more: true,
    };
    expect(parse('ship', request)).toEqual({ kind: 'ship', request });
  });

  it('loses what is not part of it, a last full stop and line breaks within decisions', () => {
    const parsed = parse('ship', {
      subject: ' Add it. ',
      extra: 1,
      body: null,
      decisions: [{ chose: 'a\nb', over: '', why: ' c ', so: 1 }],
    });
    expect(parsed).toEqual({
      kind: 'ship',
      request: { subject: 'Add it', decisions: [{ chose: 'a b', why: 'c' }] },
    });
    expect(parse('ship', { subject: 'wait for it...' })).toMatchObject({
      request: { subject: 'wait for it...' },
    });
  });

  const wrong: [string, unknown, RegExp][] = [
    ['without a subject', { body: 'x' }, /`subject` is missing/],
    ['with an empty subject', { subject: ' . ' }, /Nothing was shipped: its subject is empty/],
    ['with a subject of several lines', { subject: 'a\nb' }, /several lines.*`body`/],
    [
      'with a subject that is far too long',
      { subject: 'x'.repeat(101) },
      /has 101 characters; 72 are wanted/,
    ],
    [
      'with a decision without a reason',
      { subject: 'a', decisions: [{ chose: 'b' }] },
      /`decisions\[0\]\.why` is missing/,
    ],
    ['with paths that are no list', { subject: 'a', also: 'b' }, /`also` must be an array, not a string/],
    ['with a word for a truth', { subject: 'a', push: 'yes' }, /`push` must be a boolean, not a string/],
  ];
  it.each(wrong)('%s is answered with what is wrong', (_, argument, error) => {
    expect(parse('ship', argument)).toEqual({ kind: 'error', error: expect.stringMatching(error) });
  });
});
