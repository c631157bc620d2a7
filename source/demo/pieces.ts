// What a scripted model can answer with, and the items that the Responses API makes of it.
import { randomBytes } from 'node:crypto';

/** One item of a scripted answer. */
export type Piece =
  | { readonly kind: 'say'; readonly text: string; readonly phase?: 'commentary' | 'final_answer' }
  | { readonly kind: 'reason'; readonly summary: string }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: Readonly<Record<string, unknown>>;
      readonly id?: string;
    }
  | { readonly kind: 'patch'; readonly text: string; readonly id?: string };

/** A request as the Responses API takes it; only what a script reads. */
export interface RequestBody {
  readonly model: string;
  readonly instructions?: string;
  readonly input: readonly WireItem[];
  readonly tools?: readonly WireItem[];
  readonly [field: string]: unknown;
}

export type WireItem = Readonly<Record<string, unknown>> & { readonly type?: string };

export function say(text: string, phase?: 'commentary' | 'final_answer'): Piece {
  return { kind: 'say', text, ...(phase && { phase }) };
}

/** Thoughts; `summary` is what people see of them. */
export function reason(summary: string): Piece {
  return { kind: 'reason', summary };
}

export function call(name: string, args: Readonly<Record<string, unknown>>, id?: string): Piece {
  return { kind: 'call', name, args, ...(id && { id }) };
}

/** An `apply_patch` call: as free text where the request declares the tool so, else as a function's `input`. */
export function patch(text: string, id?: string): Piece {
  return { kind: 'patch', text, ...(id && { id }) };
}

export function ship(args: { readonly subject: string } & Readonly<Record<string, unknown>>): Piece {
  return call('ship', args);
}

/** The finished item of a piece, with ids of its own. */
export function itemOf(piece: Piece, body: RequestBody): WireItem {
  switch (piece.kind) {
    case 'say':
      return {
        id: newId('msg'),
        type: 'message',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: piece.text, annotations: [], logprobs: [] }],
        ...(piece.phase && { phase: piece.phase }),
      };
    case 'reason':
      return {
        id: newId('rs'),
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: piece.summary }],
        encrypted_content: randomBytes(48).toString('base64'),
      };
    case 'call':
      return functionCall(piece.name, JSON.stringify(piece.args), piece.id);
    case 'patch': {
      const custom = body.tools?.some((tool) => tool.type === 'custom' && tool.name === 'apply_patch');
      if (!custom) return functionCall('apply_patch', JSON.stringify({ input: piece.text }), piece.id);
      const item = {
        id: newId('ctc'),
        type: 'custom_tool_call',
        status: 'completed',
        name: 'apply_patch',
        input: piece.text,
      };
      return { ...item, call_id: piece.id ?? newId('call') };
    }
  }
}

function functionCall(name: string, args: string, id?: string): WireItem {
  const item = { id: newId('fc'), type: 'function_call', status: 'completed', name, arguments: args };
  return { ...item, call_id: id ?? newId('call') };
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}
