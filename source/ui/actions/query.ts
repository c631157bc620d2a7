// What keys do to what is typed to look something up.
import { graphemeBefore } from '../editing/graphemes.ts';
import { editQuery } from '../query.ts';
import type { Stage } from '../stage.ts';

const lastWord = /\S*\s*$/;

export const queryActions = {
  'query shorter': (stage: Stage) =>
    void editQuery(stage, (query) => query.slice(0, query.length - graphemeBefore(query, query.length))),
  'query word': (stage: Stage) => void editQuery(stage, (query) => query.replace(lastWord, '')),
  'query empty': (stage: Stage) => void editQuery(stage, () => ''),
};
