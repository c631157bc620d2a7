// A process that is killed in the middle of a commit: `commit-and-die.ts ROOT SEAM FACT-FILE`. For SEAM `any` the parent does it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createCommitter } from '../../../source/services/committer.ts';
import { openRepository } from '../../../source/services/git-place.ts';

const [root = '', seam = '', factFile = ''] = process.argv.slice(2);
const place = await openRepository(root, process.env);
if (place === null) throw new Error(`no repository at ${root}`);
process.send?.('ready');
await createCommitter(place, { env: process.env, planned: `${root}-planned` }).commit({
  subject: 'Cut off',
  body: '',
  trailers: [],
  paths: [{ path: 'a.txt', by: 'also' }],
  signal: new AbortController().signal,
  onStarted: async (fact) => {
    writeFileSync(factFile, JSON.stringify(fact));
    if (seam === 'any') return;
    if (seam === 'ref moved') {
      execFileSync('git', ['update-ref', 'HEAD', fact.next, fact.base ?? ''], { cwd: root });
    }
    process.kill(process.pid, 'SIGKILL');
  },
});
