// One request to a scripted server: what every test of the model begins with.

import type {
  ModelAnswer,
  ModelDelta,
  ModelFailure,
  ModelRequest,
  WireTool,
} from '../../../source/engine/ports.ts';
import { createModel, type ModelOptions } from '../../../source/services/openai.ts';
import { type Reply, startModelServer } from '../../support/model-server.ts';

export const API_KEY = 'sk-secret-0123456789-abcd';

export const patchTool: WireTool = { type: 'custom', name: 'apply_patch', format: { type: 'text' } };
export const request: ModelRequest = {
  instructions: 'Be brief.',
  input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] }],
  tools: [],
  cacheKey: 'session-1',
};

export interface Asked {
  readonly result: ModelAnswer | ModelFailure;
  readonly deltas: readonly ModelDelta[];
  readonly requests: readonly object[];
}

/** Asks a server that gives this one reply. */
export async function askOnce(
  reply: Reply,
  options: Partial<ModelOptions> = {},
  asked: Partial<ModelRequest> = {},
): Promise<Asked> {
  const server = await startModelServer([reply]);
  try {
    const deltas: ModelDelta[] = [];
    const model = createModel({
      apiKey: API_KEY,
      baseUrl: server.baseUrl,
      model: 'scripted',
      effort: 'high',
      app: 'hullspeed/test',
      ...options,
    });
    const result = await model.ask(
      { ...request, ...asked },
      (delta) => deltas.push(delta),
      new AbortController().signal,
    );
    return { result, deltas, requests: server.requests };
  } finally {
    await server.close();
  }
}

/** The failure of a request; an answer is an error. */
export async function failOnce(reply: Reply, options: Partial<ModelOptions> = {}): Promise<ModelFailure> {
  const { result } = await askOnce(reply, options);
  if ('kind' in result) return result;
  throw new Error(`expected a failure, not ${JSON.stringify(result)}`);
}

/** What was shown of one kind, put together. */
export function shownOf(deltas: readonly ModelDelta[], kind: 'text' | 'reasoning'): string {
  return deltas.flatMap((delta) => (delta.kind === kind ? [delta.text] : [])).join('');
}
