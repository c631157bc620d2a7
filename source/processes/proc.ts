// Linux' own files about processes. Read synchronously: they are made as they are read, and through the thread pool each
// takes ten times as long.
import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of all that run, as names of their folders. */
export function listProcesses(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

/** '' for a process that ended meanwhile, or that belongs to somebody else. */
export function readProcess(name: string, file: 'stat' | 'environ' | 'comm' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${name}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
