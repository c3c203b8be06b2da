import { setLogEventListeners } from 'mediasoup';
import type { WorkerLog } from './worker-log.ts';

/**
 * Puts what worker processes say into the log: their own lines, and what they write on stderr before they fall.
 * The library's other lines repeat what its promises and events tell. It has one listener a process: the last log wins.
 */
export function hearMediasoup(log: WorkerLog): void {
  const isOfWorker = (line: string): boolean => /^(\[pid:\d+\]|\(stderr\)) /.test(line);
  setLogEventListeners({
    onwarn(_, line) {
      if (isOfWorker(line)) log.warn({ line }, 'media worker warns');
    },
    onerror(_, line) {
      if (isOfWorker(line)) log.error({ line }, 'media worker says a fault');
    },
  });
}
