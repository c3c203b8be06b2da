import { useEffect, useRef } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import type { Route } from '../route.ts';

/**
 * The page's policy names the media servers it may signal to, as it was when the page was loaded. A meeting
 * on another one loads the page anew, where nobody is in the middle of something.
 */
export function useMediaPolicy({ page }: Route): void {
  const { mediaOrigins } = useKiosk().meetings;
  const loaded = useRef(mediaOrigins);
  const isNew = mediaOrigins.some((origin) => !loaded.current.includes(origin));
  useEffect(() => {
    if (isNew && ['home', 'meetings', 'meeting'].includes(page)) location.reload();
  }, [isNew, page]);
}
