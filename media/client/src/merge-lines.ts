import { meetingLimits, type RoomLine } from '@sightline/contracts';

/** The newest lines, each once, in the order of their time. */
export function mergeLines(
  known: readonly RoomLine[],
  more: readonly RoomLine[],
): readonly RoomLine[] {
  const all = new Map([...known, ...more].map((line) => [line.lineId, line]));
  return [...all.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(-meetingLimits.lines);
}
