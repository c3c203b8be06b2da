import { readFileSync } from 'node:fs';

/** Process numbers of the children of a process that run this program. */
export function childPids(program: string, parent = process.pid): readonly number[] {
  return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter((pid) => pid !== '' && commandOf(pid).includes(program))
    .map(Number);
}

export const workerPids = (): readonly number[] => childPids('mediasoup-worker');

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended this moment.
    return '';
  }
}
