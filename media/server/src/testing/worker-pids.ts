import { readFileSync } from 'node:fs';

/** Process numbers of the media workers that are children of a process. */
export function workerPids(parent = process.pid): readonly number[] {
  return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter((pid) => pid !== '' && commandOf(pid).includes('mediasoup-worker'))
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended this moment.
    return '';
  }
}
