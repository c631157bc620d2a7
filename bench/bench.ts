// `npm run bench`: what is measured of the built program, each figure beside its floor of the same run.
// The model is the scripted one on loopback and answers at once, so what is left is hullspeed's own time.
// `-- pace` replays a session in real time instead; `-- pace 10` ten times as fast, to try it.
// Figures are medians; on a busy machine the ratios still hold, the milliseconds do not.
import { measureCalls } from './calls.ts';
import { measureComposer } from './composer.ts';
import { measureDay } from './day.ts';
import { type Row, ratio, table } from './figures.ts';
import { measureHeadless } from './headless.ts';
import { type HistoryFigures, measureHistory } from './history.ts';
import { replayPace } from './pace.ts';
import { createPlace } from './place.ts';
import { measureScan, type ScanFigures } from './scan.ts';
import { measureScreen } from './screen.ts';
import { measureStream } from './stream.ts';

async function measureAll(): Promise<void> {
  const place = await createPlace();
  try {
    const screen = await measureScreen(place);
    const { paced, pacedFloor, fast, fastFloor } = await measureStream(place);
    const headless = await measureHeadless(place);
    const calls = await measureCalls(place);
    const { long, short } = await measureHistory();
    const history = (what: string, figure: keyof HistoryFigures): Row => [
      `${what} in a session of 100,000 items, ms`,
      long[figure],
      short[figure],
      'one of 100',
    ];
    const composer = await measureComposer();
    const { large, small } = await measureScan();
    const scan = (what: string, figure: keyof ScanFigures): Row => [
      `${what} among 100,000 files, ms`,
      large[figure],
      small[figure],
      'among 100',
    ];
    const day = await measureDay();
    const rows: Row[] = [
      [
        'full screen, spawn to the drawn composer, ms',
        screen.drawn,
        screen.floorDrawn,
        'the same drawn by hand on bare Node',
      ],
      ['full screen, spawn to a typed key on it, ms', screen.echoed, screen.floorEchoed, 'the same'],
      [
        '2,000 tokens at 200 a second, processor ms',
        paced.cpuMs,
        pacedFloor.cpuMs,
        'written as they come by bare Node',
      ],
      ['a key typed meanwhile on the screen, ms', paced.echoMs, pacedFloor.echoMs, 'the same'],
      ['kB to the terminal meanwhile', paced.kilobytes, pacedFloor.kilobytes, 'the same'],
      ['20,000 tokens at once, Enter to their end on the screen, ms', fast.ms, fastFloor.ms, 'the same'],
      ['processor ms of that', fast.cpuMs, fastFloor.cpuMs, 'the same'],
      ['headless, one prompt, whole process, ms', headless.run, headless.floor, 'node -e 0'],
      ['harness time a call (`true` in a shell), ms', calls.gap, calls.floor, 'spawning a bare bash'],
      ['the last 20 calls against the first 20, ms', calls.last, calls.first, 'the first 20'],
      history('scrolling a page', 'scrolled'),
      history('a letter of a search', 'searched'),
      history('a letter of a prompt', 'typed'),
      ['a letter in a draft of 10,000 lines, ms', composer.long, composer.short, 'one of 20'],
      ['a letter in a line of 48,000, ms', composer.wide, composer.short, 'lines of 48'],
      ['a letter sought in 1,000 prompts, ms', composer.many, composer.few, 'in 10'],
      ['a letter of a name among 100,000 files, ms', composer.large, composer.small, 'among 1,000'],
      scan('the first frame', 'drawn'),
      scan('from an answer with a `true` to the next request', 'between'),
      scan('from Enter to the request that begins a context', 'begun'),
      [
        'from Enter to a later turn’s request among 100,000 files, ms',
        large.opened,
        large.status,
        'the `git status` that it waits for',
      ],
    ];
    console.log(table(rows.map(ratio)));
    console.log(
      `tokens before the first word: ${calls.tokens} (system prompt ${calls.promptTokens}, tools ${calls.toolTokens}; bytes / 4)`,
    );
    console.log(
      `requests of a day of ${day.turns} turns that lose the provider's cache: ${day.changes} of ${day.requests}`,
    );
  } finally {
    await place.remove();
  }
}

const [what, faster] = process.argv.slice(2);
if (what === 'pace') await replayPace(Number(faster ?? 1));
else await measureAll();
