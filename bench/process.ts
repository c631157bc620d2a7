// What the system knows of a process that is measured, from outside of it.
import { readFileSync } from 'node:fs';

/** ms of the processor's time that a tick of /proc stands for. */
const TICK_MS = 10;

/** Memory of a process now (`VmRSS`) or at its most (`VmHWM`); NaN where the system has no /proc. */
export function memoryMb(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const kb = new RegExp(`${what}:\\s+(\\d+)`).exec(readOf(pid, 'status'))?.[1];
  return Number(kb) / 1_000;
}

/** What it has had of the processor, to 10 ms; NaN where the system has no /proc. */
export function cpuMs(pid: number): number {
  // Behind the name, which may hold anything: the state is the third field, user and system time are the 14th and 15th.
  const fields = readOf(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function readOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
