import type { Page, TerminalView } from '@sightline/contracts';
import { useEffect, useState } from 'react';
import { pageLimits } from './limits.ts';

/** What names a terminal. How it is comes with the live picture: a status fetched once grows old. */
export type Terminal = Pick<TerminalView, 'terminalId' | 'simulated' | 'enrolledAt'>;

/** The terminals of a village; null = not known (yet). Asked again whenever `renewOn` changes. */
export function useTerminals(village: string, renewOn: string): readonly Terminal[] | null {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    fetchTerminals(village, gone.signal).then(
      (terminals) => setFound({ village, terminals }),
      // Without an answer the panel leads to the console's list, which says what is wrong.
      () => undefined,
    );
    return () => gone.abort();
  }, [village, renewOn]);
  return found?.village === village ? found.terminals : null;
}

interface Found {
  readonly village: string;
  readonly terminals: readonly Terminal[];
}

async function fetchTerminals(village: string, signal: AbortSignal): Promise<readonly Terminal[]> {
  const late = AbortSignal.timeout(pageLimits.snapshotMs);
  const url = `/api/terminals?region=${village}`;
  const reply = await fetch(url, { signal: AbortSignal.any([signal, late]) });
  if (!reply.ok) throw new Error(`The terminals of ${village} were answered with ${reply.status}.`);
  // Our own server of the same build; its words are those of contracts.
  return ((await reply.json()) as Page<TerminalView>).items;
}
