// The keys of the tests.
import { noFailure, noLog } from '../failures.ts';
import type { Place } from './place.ts';

export const testsKeys: Place = {
  where: 'tests',
  title: 'In the tests',
  bindings: [
    { keys: ['k'], action: 'row up', title: 'a row up' },
    { keys: ['j'], action: 'row down', title: 'a row down' },
    {
      keys: ['r'],
      action: 'run tests',
      title: 'run the tests again',
      hint: 'run again',
      command: { do: 'test' },
    },
    { keys: ['x'], action: 'stop tests', title: 'stop the run', hint: 'stop', command: { do: 'stop tests' } },
    { keys: ['/'], action: 'start search', title: 'search', hint: 'search' },
    { keys: ['n'], action: 'next failure', title: 'next failure', against: noFailure },
    { keys: ['N'], action: 'previous failure', title: 'previous failure', against: noFailure },
    {
      keys: ['e'],
      action: 'open failure',
      title: 'open the failure at its line in your editor ($EDITOR)',
      hint: 'open',
      against: noFailure,
    },
    {
      keys: ['p'],
      action: 'prompt failure',
      title: 'start a prompt with the failure in it',
      hint: 'fix',
      against: noFailure,
    },
    {
      keys: ['enter', 'i'],
      action: 'give keyboard',
      title: 'give the program that runs the keyboard',
      hint: 'keyboard',
      command: { do: 'stop tests' },
    },
    {
      keys: ['o'],
      action: 'open log',
      title: 'read all that the run printed in your pager ($PAGER)',
      against: noLog,
    },
    { keys: ['[', ']'], action: 'run', title: 'the run terminal instead' },
    { keys: ['y'], action: 'copy failure', title: 'copy the failure', against: noFailure },
  ],
};
