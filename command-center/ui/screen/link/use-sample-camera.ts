import type { Me } from '@sightline/contracts';
import { useEffect, useState } from 'react';
import { pageLimits } from './limits.ts';
import { useView } from './use-view.ts';

/** Whether a terminal here sees recorded sample footage: asked once the centre has shown itself. */
export function useSampleCamera(): boolean {
  const isShown = useView().model !== null;
  const [isSample, setSample] = useState(false);
  useEffect(() => {
    if (!isShown) return undefined;
    const gone = new AbortController();
    // Unknown reads as "no": the page asks again when a picture arrives after none.
    fetchMe(gone.signal).then(
      ({ sampleCamera }) => setSample(sampleCamera),
      () => undefined,
    );
    return () => gone.abort();
  }, [isShown]);
  return isSample;
}

async function fetchMe(signal: AbortSignal): Promise<Me> {
  const late = AbortSignal.timeout(pageLimits.snapshotMs);
  const reply = await fetch('/api/me', { signal: AbortSignal.any([signal, late]) });
  if (!reply.ok) throw new Error(`Who looks was answered with ${reply.status}.`);
  // Our own server of the same build; its words are those of contracts.
  return (await reply.json()) as Me;
}
