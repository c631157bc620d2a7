// The demo played through the real client and the real tools: its patches fit, its bug is red, its commits are green.
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_MODEL, type Demo, demoPrompts, startDemo } from '../../source/demo/demo.ts';
import type { Model, Tools, WireTool } from '../../source/engine/ports.ts';
import { createModel } from '../../source/services/openai.ts';
import type { WireItem } from '../../source/session/facts.ts';
import { type Call, callsOf } from '../../source/session/turn.ts';
import { createTools } from '../../source/tools/tools.ts';

const run = promisify(execFile);
const environment = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };

let demo: Demo;
let tools: Tools;
let model: Model;
let definitions: readonly WireTool[];
let input: WireItem[];

beforeEach(async () => {
  demo = await startDemo({ environment: process.env });
  tools = createTools({
    root: demo.directory,
    environment,
    terminal: { start: () => Promise.reject(new Error('no terminal here')) },
  });
  model = createModel({ baseUrl: demo.baseUrl, model: DEMO_MODEL, effort: 'high', app: 'hullspeed/test' });
  definitions = tools.definitions(model);
  input = [];
});

afterEach(async () => {
  await tools.close();
  await demo.close();
  await rm(dirname(demo.directory), { recursive: true, force: true });
});

function say(text: string): void {
  input.push({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] });
}

/** One step: the answer joins the input; its calls. */
async function step(): Promise<{ calls: Call[]; text: string }> {
  let text = '';
  const request = { instructions: '', input, tools: definitions, cacheKey: 'demo' };
  const answer = await model.ask(
    request,
    (delta) => (text += delta.kind === 'text' ? delta.text : ''),
    new AbortController().signal,
  );
  if (!('items' in answer)) throw new Error(answer.reason);
  input.push(...answer.items);
  return { calls: callsOf(answer.items), text };
}

function answer(call: Call, output: string): void {
  input.push({ type: 'function_call_output', call_id: call.id, output });
}

/** Carries a call out; a ship tests and commits. Its output. */
async function carryOut(call: Call): Promise<string> {
  const parsed = tools.parse(call);
  if (parsed.kind === 'error') throw new Error(parsed.error);
  if (parsed.kind !== 'ship') return (await tools.run(parsed, () => {}, new AbortController().signal)).output;
  await run('npm', ['test'], { cwd: demo.directory });
  await run('git', ['add', '--all'], { cwd: demo.directory });
  await run('git', ['commit', '--quiet', '-m', parsed.request.subject], { cwd: demo.directory });
  return 'Committed.';
}

/** Steps until the ship is through; what the calls said. */
async function turn(prompt: string): Promise<string[]> {
  say(prompt);
  const outputs: string[] = [];
  for (let steps = 0; steps < 5; steps++) {
    const { calls } = await step();
    for (const call of calls) {
      const output = await carryOut(call);
      outputs.push(output);
      answer(call, output);
    }
    if (calls.some((call) => call.name === 'ship')) return outputs;
  }
  throw new Error(`no ship in ${outputs.length} calls`);
}

async function subjects(): Promise<string[]> {
  const { stdout } = await run('git', ['log', '--format=%s', '--reverse'], { cwd: demo.directory });
  return stdout.trim().split('\n');
}

describe('the demo', () => {
  it('goes through its prompts, each to a commit whose tests are green', async () => {
    const outputs: Record<string, string[]> = {};
    for (const prompt of demoPrompts) outputs[prompt] = await turn(prompt);
    expect(await subjects()).toEqual([
      'tide: when the water turns',
      'draw: the next 24 hours as a picture',
      'clock: round before the hour is cut off',
      'harbours: found by the names that people use',
      'docs: the picture and the names',
    ]);
    expect(outputs[demoPrompts[1]!]!.join('\n')).toMatch(/'12:60'/);
    const { stdout } = await run('node', ['bin/tide.js', 'draw', 'St Malo'], { cwd: demo.directory });
    expect(stdout.split('\n').length).toBe(6);
  });

  it('goes through them in any order', async () => {
    for (const prompt of [...demoPrompts].reverse()) await turn(prompt);
    expect((await subjects()).length).toBe(5);
  });

  it('keeps to its own folder with an identity of its own', async () => {
    const { stdout } = await run('git', ['log', '--format=%an <%ae>'], { cwd: demo.directory });
    expect(stdout).toBe('hullspeed demo <demo@hullspeed.invalid>\n');
    expect((await run('git', ['status', '--porcelain'], { cwd: demo.directory })).stdout).toBe('');
  });
});

describe('the scripted model', () => {
  it('says what it is and what it knows when asked for anything else', async () => {
    say('rewrite it in Zig');
    const { calls, text } = await step();
    expect(calls).toEqual([]);
    expect(text).toContain('I am a script');
    for (const prompt of demoPrompts) expect(text).toContain(prompt);
  });

  it('gives the same calls again when the request is sent again', async () => {
    say(demoPrompts[0]!);
    const first = await step();
    input.splice(1);
    const second = await step();
    expect(second.calls.map(({ name, argument }) => ({ name, argument }))).toEqual(
      first.calls.map(({ name, argument }) => ({ name, argument })),
    );
  });

  it('counts what a cache would find again', async () => {
    const ask = () =>
      model.ask(
        { instructions: '', input, tools: definitions, cacheKey: 'demo' },
        () => {},
        new AbortController().signal,
      );
    say('hello');
    expect(await ask()).toMatchObject({ usage: { cached: 0 } });
    const again = await ask();
    if (!('usage' in again)) throw new Error(again.reason);
    expect(again.usage.cached).toBeGreaterThan(again.usage.input * 0.9);
    expect(again.usage.cached).toBeLessThanOrEqual(again.usage.input);
  });

  it('does what was interrupted, and only that, once more', async () => {
    say(demoPrompts[1]!);
    const { calls } = await step();
    expect(calls.map((call) => call.name)).toEqual(['apply_patch', 'exec_command']);
    answer(calls[0]!, await carryOut(calls[0]!));
    answer(calls[1]!, 'interrupted: this call did not run to its end.');
    say('go on with something else');
    expect((await step()).text).toContain('I am a script');
    say(demoPrompts[1]!);
    expect((await step()).calls.map((call) => call.name)).toEqual(['exec_command']);
  });

  it('goes on with its task under a steer and under notices', async () => {
    say(demoPrompts[0]!);
    for (const call of (await step()).calls) answer(call, await carryOut(call));
    say('<hullspeed kind="notice">\nreadme.md changed under you\n</hullspeed>');
    say('and hurry up');
    expect((await step()).calls.map((call) => call.name)).toEqual(['apply_patch', 'ship']);
  });

  it('says so when its patch does not fit any more, and when its script has come to an end', async () => {
    await turn(demoPrompts[3]!);
    say(demoPrompts[3]!);
    expect((await step()).text).toContain('Committed.');
    say(demoPrompts[1]!);
    for (const call of (await step()).calls)
      answer(call, call.name === 'apply_patch' ? 'The patch does not fit test/clock.test.js.' : 'red');
    expect((await step()).text).toContain('does not fit these files any more');
  });
});
