import { readFileSync, readdirSync } from 'node:fs';

const ticksPerS = 100; // USER_HZ on every Linux that Node runs on.
const nsPerMs = 1e6;

interface Times {
  readonly parent: number;
  /** User and system time of all its threads, and of children that ended, in ms. */
  readonly ms: number;
}

function timesOf(pid: number): Times | null {
  try {
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const fields = rest.split(' ').map(Number);
    const endedChildrenMs = (((fields[13] ?? 0) + (fields[14] ?? 0)) * 1000) / ticksPerS;
    return { parent: fields[1] ?? 0, ms: threadsMs(pid) + endedChildrenMs };
  } catch {
    return null; // It ended while we looked; its time is with its parent.
  }
}

/** In nanoseconds from the scheduler: the ticks of `stat` are too coarse for a round of mosquitto. */
function threadsMs(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => sum + threadMs(pid, task), 0);
}

function threadMs(pid: number, task: string): number {
  try {
    const [ns] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ');
    return Number(ns) / nsPerMs;
  } catch {
    return 0; // The thread ended while we looked.
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

/** Resident memory of a process in MB: now, and the most it ever was. */
export function residentMb(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { now: mb('VmRSS'), peak: mb('VmHWM') };
}
