// The model's background commands in the hands of the person: to watch, and to stop in a way that the model hears of.
import type { Background } from './face.ts';
import type { Tools } from './ports.ts';
import type { Store } from './store.ts';

export function createBackground(
  tools: Pick<Tools, 'watched' | 'stop' | 'onWatched'>,
  store: Pick<Store, 'record'>,
): Background {
  const told = new Set<number>();
  return {
    list: tools.watched,
    subscribe: tools.onWatched,
    stop(session) {
      const command = tools.watched().find((each) => each.session === session);
      if (command === undefined || !tools.stop(session)) return { refused: 'it has ended already' };
      // Asked again, it goes at once; there is nothing more to say.
      if (told.has(session)) return undefined;
      told.add(session);
      const [first = ''] = command.cmd.split('\n', 1);
      store.record({
        type: 'notice.raised',
        level: 'info',
        text: `stopped the background command ${first}`,
        about: {
          kind: 'tell',
          input: { kind: 'notice', text: `The person stopped session ${session}: ${command.cmd}` },
        },
      });
      return undefined;
    },
  };
}
