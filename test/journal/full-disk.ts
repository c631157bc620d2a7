// A process whose files may not grow beyond a limit: appends until it is refused, then a shorter event that still fits.
import { AppError } from '../../source/engine/errors.ts';
import { openJournal } from '../../source/journal/open-journal.ts';

const { journal } = await openJournal({ directory: String(process.argv[2]), app: 'full' });
const append = (length: number): number =>
  journal.append({ type: 'notice.raised', level: 'info', text: 'w'.repeat(length) }).seq;
let written = 0;
let refusal = '';
while (refusal === '') {
  try {
    written = append(7_000);
  } catch (error) {
    refusal = error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
  }
}
let unkept = '';
try {
  journal.keep(new Uint8Array(100_000));
} catch (error) {
  unkept = error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
}
const after = append(10);
await journal.close();
process.stdout.write(JSON.stringify({ written, refusal, unkept, after }));
