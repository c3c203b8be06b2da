import { formatTime } from '@sightline/look';

/** 21:47 of an ISO instant, in the villages' time. */
export function clockWords(instant: string): string {
  return formatTime(Temporal.Instant.from(instant), 'minute');
}

/** How long an item has waited: 02:14 in the first hour, then 3:07 h as h:mm with its unit. */
export function waitedWords(since: string, now: Temporal.Instant): string {
  const seconds = Math.max(0, Math.floor(now.since(Temporal.Instant.from(since)).total('seconds')));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours === 0
    ? `${two(minutes)}:${two(seconds % 60)}`
    : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}
