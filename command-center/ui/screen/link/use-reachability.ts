import type { ReachabilityToday } from '@sightline/contracts';
import { useEffect, useState } from 'react';
import { pageLimits } from './limits.ts';

/** What is known of today's reachability in a region; `unknown`: nobody answered when it was last asked. */
export type KnownReachability =
  | { readonly kind: 'asking' | 'unknown' }
  | { readonly kind: 'known'; readonly today: ReachabilityToday };

/** 今日可达时长, asked for again and again: it changes slowly, and is in no frame. */
export function useReachability(region: string): KnownReachability {
  const [found, setFound] = useState<Found>({ region, known: { kind: 'asking' } });
  useEffect(() => {
    const gone = new AbortController();
    const ask = (): void => {
      fetchToday(region, gone.signal).then(
        (today) => setFound({ region, known: { kind: 'known', today } }),
        () => {
          if (!gone.signal.aborted) setFound({ region, known: { kind: 'unknown' } });
        },
      );
    };
    ask();
    const timer = setInterval(ask, pageLimits.reachabilityMs);
    return () => {
      clearInterval(timer);
      gone.abort();
    };
  }, [region]);
  return found.region === region ? found.known : { kind: 'asking' };
}

interface Found {
  readonly region: string;
  readonly known: KnownReachability;
}

async function fetchToday(region: string, signal: AbortSignal): Promise<ReachabilityToday> {
  const late = AbortSignal.timeout(pageLimits.snapshotMs);
  const url = `/api/live/reachability?region=${region}`;
  const reply = await fetch(url, { signal: AbortSignal.any([signal, late]) });
  if (!reply.ok) throw new Error(`The reachability of ${region} answered ${reply.status}.`);
  // Our own server of the same build; its words are those of contracts.
  return (await reply.json()) as ReachabilityToday;
}
