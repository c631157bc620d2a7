// `log`, `context`, `decisions`, `pace`, `docs` and `status`: what sessions and commits know, read without a lock and without touching anything.
import { basename } from 'node:path';
import type { Parsed } from '../args.ts';
import { beginningNow } from '../engine/briefing.ts';
import { listDocs } from '../engine/docs.ts';
import { instructionsText } from '../engine/prompt.ts';
import { type ContextOptions, printContext } from '../headless/context.ts';
import { printDecisions } from '../headless/decisions.ts';
import { printDocs } from '../headless/docs.ts';
import { printLog } from '../headless/log.ts';
import { printPace } from '../headless/pace.ts';
import { printStatus, type StatusRecord } from '../headless/status.ts';
import { readJournal } from '../journal/read-journal.ts';
import { listSessions } from '../journal/sessions.ts';
import { createDocsReader } from '../project/docs-pages.ts';
import { createProject } from '../project/project.ts';
import { createClock } from '../services/clock.ts';
import { createRepository } from '../services/git-repository.ts';
import { createTerminal } from '../services/pty.ts';
import type { SessionState } from '../session/state.ts';
import { createTools } from '../tools/tools.ts';
import { isOfficial, type Located, locate, type Program } from '../wire.ts';
import { noRepository } from './run.ts';
import type { Writers } from './writers.ts';

/** Where what is printed is no terminal. */
const COLUMNS = 100;

type Report = Extract<Parsed, { command: 'log' | 'context' | 'decisions' | 'pace' | 'docs' | 'status' }>;

export async function report(program: Program, parsed: Report, { stdout, stderr }: Writers): Promise<number> {
  if (parsed.command === 'status') {
    printStatus({ sessions: statusRecords(program), format: parsed.format, now: Date.now(), stdout });
    return 0;
  }
  const located = await locate(program, parsed.flags);
  if (located === null) throw noRepository(program.cwd);
  if (parsed.command === 'decisions') {
    const repository = createRepository(located.place, program.environment);
    const { state } = await readJournal(located.directory);
    await printDecisions({ repository, commits: state.commits, json: parsed.json, stdout });
    return 0;
  }
  if (parsed.command === 'docs') {
    const folders = located.config.values['docs.include'];
    const pages = await createDocsReader(located.place.root, folders)();
    return printDocs({ pages, folders, check: parsed.check, json: parsed.json, stdout });
  }
  const { state, notes, events } = await readJournal(located.directory);
  for (const note of notes) stderr.write(`${note}\n`);
  const { json } = parsed;
  if (parsed.command === 'log') await printLog({ events: events(), json, stdout });
  else if (parsed.command === 'pace')
    printPace({
      ...{ pace: state.pace, tests: state.tests, price: located.config.settings.price },
      ...{ columns: process.stdout.columns ?? COLUMNS, now: Date.now(), json, stdout },
    });
  else
    printContext({
      context: state.context,
      next: await nextInputs(program, located, state),
      systemPrompt: instructionsText(''),
      tools: toolsOf(located),
      json,
      stdout,
    });
  return 0;
}

/** The beginning that the next prompt would have, where it begins a context, and what waits to be told. */
async function nextInputs(
  { environment, places, cwd }: Program,
  { place, config }: Located,
  { context, commits, untold = [] }: SessionState,
): Promise<ContextOptions['next']> {
  const waiting = untold.map(({ input }) => input);
  if (context.instructions !== undefined) return { inputs: waiting };
  const project = createProject({ root: place.root, cwd, places, config, clock: createClock() });
  const repository = createRepository(place, environment);
  const task = context.ledger.said.map(({ text }) => text).join('\n');
  const begins = await beginningNow({ project, repository, commits }, async () =>
    listDocs(await project.docs(), task),
  );
  return { ...begins, inputs: [...begins.inputs, ...waiting] };
}

function toolsOf({ place, config }: Located): ReturnType<ReturnType<typeof createTools>['definitions']> {
  const official = isOfficial(config);
  const tools = createTools({
    root: place.root,
    environment: {},
    terminal: createTerminal({ environment: {} }),
  });
  return tools.definitions({
    custom: config.values['wire.custom_tools'] ?? official,
    webSearch: config.values['wire.web_search'] ?? official,
  });
}

function statusRecords({ places }: Program): StatusRecord[] {
  return listSessions(places.state).flatMap(({ name, held, status }) => {
    if (status === undefined) return [];
    const project = basename(status.root);
    return [{ ...status, name: name === undefined ? project : `${project}:${name}`, held }];
  });
}
