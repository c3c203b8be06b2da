import type { Tier } from '@sightline/contracts';
import { useEffect, useState } from 'react';
import { awaitSlide, slideSizeFor, type SlideAccess, type Slides } from '#slide.ts';
import { waitFor } from '#wait-for.ts';

/** How the page that everybody sees stands here. */
export type SlideLook =
  | { readonly state: 'shown'; readonly url: string }
  /** On its way. */
  | { readonly state: 'coming' }
  /** It did not come; it is asked for again. */
  | { readonly state: 'missing' }
  /** The link carries no pictures now. */
  | { readonly state: 'held' };

interface Got {
  readonly key: string;
  readonly isLarge: boolean;
  /** blob: */
  readonly url: string;
}

/** The present page, in the size that the link carries; a small one that came first makes place for the large one. */
export function useSlide(
  { mediaUrl, seatToken }: SlideAccess,
  { deckId, page }: Slides,
  down: Tier | null,
): SlideLook {
  const key = `${deckId}/${page}`;
  const size = slideSizeFor(down);
  const [got, setGot] = useState<Got | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const isHere = got?.key === key;
  const isEnough = size === null || (isHere && (got.isLarge || size === 'small'));
  useEffect(() => {
    if (isEnough) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    const onMissing = (): void => setMissing(key);
    const at = { deckId, page, size };
    void awaitSlide({ mediaUrl, seatToken }, at, { signal, onMissing, pause: waitFor }).then(
      (picture) => {
        if (picture === null) return;
        setMissing(null);
        setGot({ key, isLarge: size === 'large', url: URL.createObjectURL(picture) });
      },
    );
    return () => leaving.abort();
  }, [mediaUrl, seatToken, deckId, page, key, size, isEnough]);
  useEffect(() => () => (got === null ? undefined : URL.revokeObjectURL(got.url)), [got]);
  if (isHere) return { state: 'shown', url: got.url };
  if (size === null) return { state: 'held' };
  return { state: missing === key ? 'missing' : 'coming' };
}
