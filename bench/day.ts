// How often a provider's cache would be lost over a scripted day: thirty turns, each in a process of its own, with docs written
// and gone, files and commits made by hand, another project and ships.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startModelServer } from '../source/demo/model-server.ts';
import { call, type Piece, patch, say, ship } from '../source/demo/pieces.ts';
import { count, type Row } from './figures.ts';
import { timeProcess } from './headless.ts';
import { createPlace, type Place } from './place.ts';
import { prefixChanges } from './prefix.ts';

const TURNS = 30;

export async function measureDay(): Promise<Row[]> {
  const place = await createPlace();
  let turn = 0;
  let step = 0;
  const server = await startModelServer(() => {
    step += 1;
    return answerOf(turn, step);
  });
  try {
    prepare(place);
    for (; turn < TURNS; turn++) {
      step = 0;
      workByHand(place, turn);
      const prompt = turn === 4 ? 'look at ../sibling and go on' : `do part ${turn}`;
      await timeProcess(place, place.program(server.baseUrl, 'run', prompt));
    }
    return [
      count(`requests of a day of ${TURNS} turns`, server.requests.length),
      count('those of them that lose the provider’s cache', prefixChanges(server.requests)),
    ];
  } finally {
    await server.close();
    await place.remove();
  }
}

/** Every third turn ships code and a page; the others look around. */
function answerOf(turn: number, step: number): Piece[] {
  if (turn % 3 === 0) {
    if (step === 1) return [add(`source/part-${turn}.ts`, 'x'), add(`docs/part-${turn}.md`, '# Part')];
    return [ship({ subject: `Add part ${turn}`, decisions: [{ chose: `part ${turn}`, why: 'it is due' }] })];
  }
  return [
    step === 1 ? call('exec_command', { cmd: `ls docs; echo ${turn} > source/note.txt` }) : say('Seen.'),
  ];
}

function add(path: string, line: string): Piece {
  return patch(`*** Begin Patch\n*** Add File: ${path}\n+${line}\n*** End Patch\n`);
}

function prepare({ repository, env }: Place): void {
  writeFileSync(
    join(env.HOME ?? '', '.gitconfig'),
    '[user]\n\tname = bench\n\temail = bench@localhost\n[safe]\n\tdirectory = *\n',
  );
  for (const folder of ['docs', 'source']) mkdirSync(join(repository, folder));
  const sibling = join(dirname(repository), 'sibling');
  mkdirSync(sibling);
  writeFileSync(join(sibling, 'package.json'), '{}');
}

function workByHand({ repository, env }: Place, turn: number): void {
  const page = (nth: number): string => join(repository, `docs/mine-${nth}.md`);
  const kind = turn % 5;
  if (kind === 0)
    writeFileSync(page(turn), `---\nsummary: ${turn}\nread_when: [doing part ${turn + 1}]\n---\n`);
  if (kind === 1) writeFileSync(join(repository, 'readme.md'), `# ${turn}\n`);
  if (kind === 2) execFileSync('git', ['commit', '-qam', `Mine ${turn}`], { cwd: repository, env });
  if (kind === 3) rmSync(page(turn - 3));
}
