// The queue at work: what waits, and what makes it go on.
import { afterEach, describe, expect, test } from 'vitest';
import { say } from '../support/model-server.ts';
import { startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

describe('a prompt that waits for green', () => {
  test('goes when a run that the person asks for turns green', async () => {
    session = await startSession([say('Done.'), say('Then this.')], {
      files: { 'check.sh': 'test -e fine\n' },
    });
    await session.prompt('begin');
    session.engine.send({ do: 'pause' });
    session.engine.send({ do: 'queue', text: 'then' });
    const [item] = session.engine.session.getState().queue.items;
    session.engine.send({ do: 'when green', item: item?.id ?? 0 });
    session.engine.send({ do: 'resume' });
    await session.engine.idle();
    expect(session.requests).toHaveLength(1);
    session.write('fine', '');
    const went = new Promise<void>((resolve) =>
      session.engine.onEvent((event) => void (event.type === 'prompt.accepted' && resolve())),
    );
    session.engine.send({ do: 'test' });
    await went;
    await session.engine.idle();
    expect(session.requests).toHaveLength(2);
  });
});
