import { readFileSync, readdirSync } from 'node:fs';

const ticksPerS = 100; // USER_HZ on every Linux that Node runs on.

interface Times {
  readonly parent: number;
  /** User and system time of all its threads, and of children that ended, in ms. */
  readonly ms: number;
}

function timesOf(pid: number): Times | null {
  try {
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const fields = rest.split(' ').map(Number);
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + (fields[index] ?? 0), 0);
    return { parent: fields[1] ?? 0, ms: (ticks * 1000) / ticksPerS };
  } catch {
    return null; // It ended while we looked; its time is with its parent.
  }
}

/** CPU time in ms of a process and everything below it. */
export function cpuOfTreeMs(rootPid: number): number {
  const all = new Map<number, Times>();
  for (const name of readdirSync('/proc')) {
    const times = /^\d+$/.test(name) ? timesOf(Number(name)) : null;
    if (times !== null) all.set(Number(name), times);
  }
  const isBelow = (pid: number): boolean => {
    const times = all.get(pid);
    return pid === rootPid || (times !== undefined && times.parent > 1 && isBelow(times.parent));
  };
  return [...all].reduce((sum, [pid, times]) => (isBelow(pid) ? sum + times.ms : sum), 0);
}

/** Resident memory of a process in MB. */
export function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb ?? 0) / 1024);
}
