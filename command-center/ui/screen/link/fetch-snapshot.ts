import type { LiveSnapshot } from '@sightline/contracts';
import { pageLimits } from './limits.ts';

/**
 * The whole picture of what this screen may see; `refused` = no right to look. Throws when there is no
 * answer.
 */
export async function fetchSnapshot(): Promise<LiveSnapshot | 'refused'> {
  const reply = await fetch('/api/live/snapshot', {
    signal: AbortSignal.timeout(pageLimits.snapshotMs),
  });
  if (reply.status === 401 || reply.status === 403) return 'refused';
  if (!reply.ok) throw new Error(`The snapshot answered ${reply.status}.`);
  // Our own server of the same build; its words are those of contracts.
  return (await reply.json()) as LiveSnapshot;
}
