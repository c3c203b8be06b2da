import { formatTime } from '@sightline/look';

/** 21:47 of an instant's text. */
export function clockTime(instant: string): string {
  return formatTime(Temporal.Instant.from(instant), 'minute');
}
