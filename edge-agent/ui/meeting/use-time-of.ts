import { formatTime } from '@sightline/look';
import { useLinkView } from '../link/use-kiosk.ts';

/** Says a moment of this page's clock, milliseconds since 1970, by the centre's clock; to the second. */
export function useTimeOf(): (atMs: number) => string {
  const { clockOffsetMs } = useLinkView();
  return (atMs) => {
    const at = Temporal.Instant.fromEpochMilliseconds(Math.round(atMs + clockOffsetMs));
    return formatTime(at, 'second');
  };
}
