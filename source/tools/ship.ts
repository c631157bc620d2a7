// The tool that ends a piece of work: how the model says what to commit and what to tell the person.
import type { ParsedCall, ShipRequest, WireTool } from '../engine/ports.ts';
import { type ObjectSchema, readArguments } from './schema.ts';

/** Characters. 72 are asked for, as git's own tools show them; what is longer by a little is still a subject. */
const SUBJECT = 100;

type Decision = NonNullable<ShipRequest['decisions']>[number];

const decision: ObjectSchema = {
  type: 'object',
  properties: { chose: { type: 'string' }, over: { type: 'string' }, why: { type: 'string' } },
  required: ['chose', 'why'],
};

const parameters: ObjectSchema = {
  type: 'object',
  properties: {
    subject: { type: 'string', description: 'Commit subject, at most 72 characters.' },
    body: { type: 'string', description: 'Why, for the commit.' },
    say: {
      type: 'string',
      description: 'Closing message to the person: what changed, how to try it, open questions.',
    },
    decisions: {
      type: 'array',
      items: decision,
      description: 'Choices of dependency, architecture, data flow.',
    },
    also: { type: 'array', items: { type: 'string' }, description: 'Further paths to commit.' },
    known: { type: 'boolean', description: 'The failures shown were there before and are not the task.' },
    push: { type: 'boolean', description: 'Only when asked to.' },
    more: { type: 'boolean', description: 'Commit and go on.' },
  },
  required: ['subject'],
};

export const shipTool: WireTool = {
  type: 'function',
  name: 'ship',
  description: 'Runs the tests and commits your changes; ends the turn if green, else returns the failures.',
  strict: false,
  parameters,
};

/** The subject loses its last full stop; decisions, which become trailers, are put on one line each. */
export function parseShip(argument: string): ParsedCall {
  const read = readArguments<ShipRequest>('ship', argument, parameters);
  if ('error' in read) return { kind: 'error', error: read.error };
  const given = read.value;
  const subject = withoutControls(given.subject)
    .trim()
    .replace(/(?<!\.)\.$/, '');
  if (subject === '') return refuse('its subject is empty');
  if (/[\r\n]/.test(subject))
    return refuse('its subject has several lines; what follows the first belongs into `body`');
  if (subject.length > SUBJECT)
    return refuse(
      `its subject has ${subject.length} characters; 72 are wanted, the rest belongs into \`body\``,
    );
  const request = {
    ...given,
    subject,
    ...(given.body !== undefined && { body: withoutControls(given.body) }),
    ...(given.decisions && { decisions: given.decisions.map(decisionOnOneLine) }),
  };
  return { kind: 'ship', request };
}

function refuse(reason: string): ParsedCall {
  return { kind: 'error', error: `Nothing was shipped: ${reason}. Send ship again.` };
}

function decisionOnOneLine({ chose, over, why }: Decision): Decision {
  return { chose: onOneLine(chose), ...(over && { over: onOneLine(over) }), why: onOneLine(why) };
}

function onOneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ').trim();
}

/** Keeps tabs and line breaks. A commit is read in terminals, and git takes no NUL. */
function withoutControls(text: string): string {
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '');
}
