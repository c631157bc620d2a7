// A process that appends until it is killed, and prints each seq after its append has returned.
import { writeSync } from 'node:fs';
import { openJournal } from '../../source/journal/open-journal.ts';

const { journal } = await openJournal({ directory: String(process.argv[2]), app: 'writer' });
for (let seq = 1; ; seq++) {
  journal.append({
    type: 'notice.raised',
    level: 'info',
    text: `line ${seq} ${'z'.repeat((seq * 101) % 12_000)}`,
  });
  writeSync(1, `${seq}\n`);
}
