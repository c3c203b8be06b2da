import type { LiveSnapshot } from '@sightline/contracts';
import { pageLimits } from './limits.ts';

/** The region's whole picture; `refused` = no right to look. Throws when there is no answer. */
export async function fetchSnapshot(region: string | null): Promise<LiveSnapshot | 'refused'> {
  const query = region === null ? '' : `?region=${region}`;
  const reply = await fetch(`/api/live/snapshot${query}`, {
    signal: AbortSignal.timeout(pageLimits.snapshotMs),
  });
  if (reply.status === 401 || reply.status === 403) return 'refused';
  if (!reply.ok) throw new Error(`The snapshot answered ${reply.status}.`);
  // Our own server of the same build; its words are those of contracts.
  return (await reply.json()) as LiveSnapshot;
}
