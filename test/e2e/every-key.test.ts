// Every key of the table is pressed at every size, in the built program, and does what the table says.
// A key that nobody presses here fails: the list comes from the table.
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { standardKeys } from '../../source/ui/keymap.ts';
import type { Where } from '../../source/ui/keys/place.ts';
import type { App } from '../support/app.ts';
import { bytesOf } from '../support/key-bytes.ts';
import { run, type Script, say } from '../support/model-server.ts';
import { stuck } from './gate.ts';
import { createPlace, type Place } from './place.ts';

const sizes = [
  [120, 40],
  [80, 24],
  [45, 15],
] as const;

/** The rows of the table that have a key. */
const rows = standardKeys.flatMap(({ where, bindings }) =>
  bindings.filter(({ keys }) => keys.length > 0).map((binding) => ({ where, ...binding })),
);

/** Presses what the table has for an action, each time another of its keys, and remembers it. */
function createHand(
  app: App,
  from: number,
): { at(where: Where, ...actions: string[]): App; left(): string[] } {
  const pressed = new Map<string, number>();
  return {
    at: (where, ...actions) => {
      for (const action of actions) {
        const row = rows.find((each) => each.where === where && each.action === action);
        if (row === undefined) throw new Error(`the table has no ${action} in ${where}`);
        const name = `${where}: ${action}`;
        const count = pressed.get(name) ?? 0;
        pressed.set(name, count + 1);
        const key = row.keys[(from + count) % row.keys.length]!;
        // As terminals with unambiguous keys send it: a bare one would be Alt with the key behind it.
        app.type(key === 'escape' ? '\x1b[27u' : bytesOf(key));
      }
      return app;
    },
    left: () => rows.map(({ where, action }) => `${where}: ${action}`).filter((name) => !pressed.has(name)),
  };
}

const long = Array.from({ length: 60 }, (_, line) => `- word ${line}`).join('\n');
const script: Script = [
  [run('while :; do echo humming; sleep 1; done', { yield_time_ms: 250 }), run('seq 100 160')],
  [say(`The first answer.\n\n${long}\n\n\`\`\`ts\nconst found = 1;\n\`\`\``)],
  [say('The second answer.')],
  stuck(say('This one takes a while.')),
];

const files = {
  Makefile: 'test:\n\t@sh check.sh\n',
  'check.sh':
    'echo "not ok 1 - floats"; echo "not ok 2 - sinks"; seq 1 40; test -f slow && sleep 60; echo 1..2; exit 1\n',
  // Counted, so that what an earlier start left on the screen is not taken for this one's.
  'play.sh':
    'echo >> ../home/rounds; n=$(wc -l < ../home/rounds); echo "round $((n))"; while read -r line; do echo "got $line"; done\n',
  'hullspeed.toml': '[run]\ncommand = "sh play.sh"\n',
};

async function begin(columns: number, height: number): Promise<{ place: Place; app: App }> {
  const place = await createPlace({ files, script });
  const editor = join(place.home, 'editor.sh');
  const pager = join(place.home, 'pager.sh');
  place.write('../home/editor.sh', '#!/bin/sh\nprintf "written elsewhere" > "$1"\n');
  place.write('../home/pager.sh', `#!/bin/sh\ntouch ${join(place.home, 'paged')}\n`);
  for (const each of [editor, pager]) chmodSync(each, 0o755);
  const app = place.open(['--trust'], {
    columns,
    rows: height,
    env: { EDITOR: editor, PAGER: pager },
    // The shell goes on with it at once.
    shell: '"$@"; fg',
  });
  await app.shows('F1 keys');
  return { place, app };
}

test.each(sizes)('at %dx%d', { timeout: 240_000 }, async (columns, height) => {
  const { place, app } = await begin(columns, height);
  const { at, left } = createHand(
    app,
    sizes.findIndex(([width]) => width === columns),
  );
  // Named, for an earlier copy may still be on the screen, and what is said of this one may come late.
  const copied = async (what: string): Promise<void> => app.shows(new RegExp(`(sent|copied) ${what}`));
  const draft = async (text: string): Promise<void> => app.shows(new RegExp(`^› ${text}$`, 'm'));

  // Writing: the cursor's way.
  app.type('one two');
  at('composer', 'word left').type('X');
  await draft('one Xtwo');
  at('composer', 'line start').type('A');
  at('composer', 'right').type('B');
  at('composer', 'word right').type('C');
  at('composer', 'left').type('D');
  at('composer', 'line end').type('E');
  await draft('AoBneDC XtwoE');
  at('composer', 'delete left', 'line start', 'delete right');
  await draft('oBneDC Xtwo');
  at('composer', 'kill next word');
  await draft(' Xtwo');
  at('composer', 'yank');
  await draft('oBneDC Xtwo');
  at('composer', 'line end', 'kill word');
  await draft('oBneDC');
  at('composer', 'yank', 'yank older');
  await draft('oBneDC oBneDC');
  at('composer', 'undo');
  await draft('oBneDC');
  at('composer', 'redo');
  await draft('oBneDC oBneDC');
  at('composer', 'kill blank word');
  await draft('oBneDC');
  at('composer', 'kill to start').type('keep this');
  at('composer', 'word left', 'kill to end');
  await draft('keep');
  at('composer', 'kill to start').type('up');
  at('composer', 'newline').type('down');
  await app.shows(/^ {2}down$/m);
  at('composer', 'draft start').type('1');
  at('composer', 'down').type('2');
  at('composer', 'up').type('3');
  at('composer', 'draft end').type('4');
  await app.shows(/^› 1u3p\n {2}d2own4$/m);
  at('everywhere', 'cancel');
  await app.shows('what shall be built?');
  at('composer', 'paste image');
  await app.shows(/clipboard/);
  app.type(`\x1b[200~${'pasted\n'.repeat(12)}\x1b[201~`);
  await app.shows(/\[pasted|12 lines|13 lines/);
  at('composer', 'open chip');
  await app.shows('pasted');
  at('everywhere', 'cancel');
  await app.shows('what shall be built?');
  at('composer', 'write draft');
  await app.shows('written elsewhere');
  at('everywhere', 'cancel');
  const entered = (): number => app.bytes().toString().split('\x1b[?1049h').length;
  const before = entered();
  at('everywhere', 'suspend');
  await expect.poll(entered, { timeout: 20_000 }).toBeGreaterThan(before);
  await app.shows('what shall be built?');

  // Names are offered.
  app.type('/');
  await app.shows('/compact');
  at('completion', 'name down', 'name up', 'close names');
  await app.lacks('/compact');
  at('everywhere', 'cancel').type('@chec');
  await app.shows('check.sh');
  at('completion', 'take name');
  await app.shows('check.sh');
  at('everywhere', 'cancel').type('/hel');
  await app.shows('/help');
  at('completion', 'use name');
  await app.shows('KEYS');

  // The help.
  at('help', 'help down', 'help up', 'help end', 'help top').type('zoom');
  await app.shows('one pane takes');
  at('query', 'query shorter', 'query empty');
  await app.shows('type to find');
  at('everywhere', 'help');
  await app.lacks('KEYS');

  // A turn, and what is in it.
  app.type('begin');
  at('composer', 'submit');
  await app.shows(/^· answered/m);
  at('everywhere', 'pace');
  await app.shows('PACE');
  at('everywhere', 'back');
  await app.lacks('PACE');
  app.type('the second prompt').enter();
  await app.shows('The second answer.');
  await app.shows(/^· answered/m);
  at('everywhere', 'conversation');
  at('conversation', 'previous item', 'next item', 'previous prompt', 'previous prompt');
  await app.shows('› begin');
  at('conversation', 'next item', 'next item', 'turn item');
  at('conversation', 'open item', 'open item');
  await app.shows(/humming|100/);
  at('reading', 'read down', 'read up', 'page down', 'page up', 'read end', 'read top');
  at('pager', 'copy code', 'hand rest');
  at('reading', 'start search').type('a');
  at('query', 'query shorter').type('humming zz');
  at('query', 'query word');
  at('search', 'match up', 'match down');
  at('query', 'query empty').type('h');
  at('search', 'search');
  at('found', 'next match', 'previous match');
  at('everywhere', 'back', 'back');
  await app.shows(/CONVERSATION/);
  at('everywhere', 'conversation');
  at('conversation', 'next prompt', 'next prompt', 'previous item');
  at('conversation', 'read item');
  at('everywhere', 'back');
  at('conversation', 'hand rest', 'copy item', 'copy code');
  await app.shows(/OSC 52|copied|code/);
  at('conversation', 'start search').type('second');
  at('search', 'end search');
  at('everywhere', 'page up', 'page down', 'zoom', 'zoom', 'redraw', 'mouse', 'mouse');
  at('pane', 'row up', 'row down', 'top', 'bottom', 'next pane');
  await app.shows('▸TESTS');

  // The tests.
  at('everywhere', 'previous pane');
  await app.shows('▸CONVERSATION');
  at('everywhere', 'tests');
  at('tests', 'run tests');
  await app.shows('floats');
  at('tests', 'row down', 'row up', 'next failure', 'previous failure', 'copy failure');
  await copied('the failure');
  at('tests', 'open failure');
  await app.shows('names no file');
  at('tests', 'start search').type('sinks');
  at('search', 'search');
  at('everywhere', 'back');
  at('tests', 'open log');
  await expect.poll(() => existsSync(join(place.home, 'paged')), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => app.terminal.buffer.active.type, { timeout: 20_000 }).toBe('alternate');
  await app.shows('▸TESTS');
  at('tests', 'prompt failure');
  await app.shows(/^› .*(floats|sinks)/m);
  at('everywhere', 'cancel');
  await app.shows('what shall be built?');
  place.write('slow', '');
  at('everywhere', 'tests');
  at('tests', 'run tests');
  await app.shows(/running/);
  at('tests', 'give keyboard');
  at('program', 'take keyboard');
  at('tests', 'stop tests');
  await app.lacks('● running');

  // The run terminal.
  at('tests', 'run');
  await app.shows('RUN');
  at('run', 'start run');
  await app.shows('round 1');
  at('run', 'give keyboard').type('hello\r');
  await app.shows('got hello');
  at('program', 'take keyboard');
  at('run', 'row up', 'row down', 'start search').type('got');
  at('search', 'search');
  at('everywhere', 'back');
  at('run', 'copy run');
  await copied('the screen');
  at('run', 'stop run');
  await app.lacks('● running');
  at('run', 'start project');
  await app.shows('round 2');
  at('run', 'stop run', 'stop run');
  at('run', 'background');
  await app.shows('BACKGROUND COMMANDS');
  at('background', 'next background', 'previous background', 'read background');
  await app.shows('humming');
  at('reading', 'read up', 'read down', 'read top', 'read end', 'copy read');
  await copied('the output');
  at('output', 'stop background', 'stop background');
  at('everywhere', 'back');
  at('background', 'stop background');
  at('everywhere', 'background');
  at('everywhere', 'run');
  at('run', 'tests');
  await app.shows('▸TESTS');
  at('everywhere', 'run');
  at('run', 'prompt run');
  await app.shows('round 2');
  at('everywhere', 'cancel');

  // The commits, with a file of the person's.
  place.write('mine.txt', 'mine\n');
  at('everywhere', 'commits');
  await app.shows('begin');
  at('commits', 'only decided');
  await app.shows('shows all');
  at('commits', 'only decided');
  await app.shows('begin');
  at('commits', 'row down', 'row up', 'copy sha');
  await copied('(mine.txt|slow)');
  at('commits', 'leave out', 'ship', 'push');
  at('pane', 'bottom');
  at('commits', 'start search').type('begin');
  await app.shows('/begin  1/1');
  at('everywhere', 'back');
  at('pane', 'top');
  at('commits', 'open commit');
  await app.shows('n next file');
  at('diff', 'next file', 'previous file', 'leave out');
  at('reading', 'start search').type('floats');
  at('search', 'search');
  at('everywhere', 'back', 'back');
  at('commits', 'prompt commit');
  // Not cancelled: then it would be an earlier prompt, and found with the one that began.
  at('composer', 'line end', 'kill to start');

  // While a turn runs: steer, queue, and what waits.
  at('composer', 'search prompts').type('sec');
  await app.shows('the second prompt');
  at('recall', 'seek older', 'seek newer');
  at('query', 'query shorter', 'query empty').type('beg');
  await app.shows('begin');
  at('recall', 'stop seeking');
  at('composer', 'search prompts').type('beg');
  at('recall', 'take found');
  await draft('begin');
  at('composer', 'submit');
  await app.shows('thinking');
  app.type('steer it');
  at('composer', 'steer');
  for (const each of ['first', 'second', 'third']) app.type(`${each} waits`).enter();
  await app.shows(/queue [34]/);
  at('everywhere', 'waiting');
  await app.shows('▸QUEUE');
  at('queue', 'waiting up', 'waiting down', 'waiting earlier', 'waiting later', 'when green', 'turn pause');
  at('queue', 'swap waiting', 'remove waiting', 'edit waiting');
  at('everywhere', 'cancel', 'back', 'back');
  await app.shows(/interrupted|paused/);
  at('everywhere', 'back', 'cancel');
  at('composer', 'quit');
  expect(await app.over).toBe(0);
  expect(left()).toEqual([]);
});
