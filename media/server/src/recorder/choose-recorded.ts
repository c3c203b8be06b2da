import {
  maySpeak,
  meetingLimits,
  picturesOf,
  type RoomRules,
  type SeatId,
} from '@sightline/contracts';
import type { OnAir } from '#rooms/on-air.ts';

/** What is recorded of one seat: its voice, its picture, or both. */
export interface Recorded {
  readonly seatId: SeatId;
  readonly voice: OnAir | null;
  readonly picture: OnAir | null;
}

/** 录像: whoever is seen or heard by everybody, the chair first; a shared screen in the place of a camera. */
export function chooseRecorded(
  rules: RoomRules,
  onAir: readonly OnAir[],
  most: number,
): readonly Recorded[] {
  const flowing = onAir.filter(({ isFlowing }) => isFlowing);
  const voices = flowing
    .filter(({ source, seatId }) => source === 'microphone' && maySpeak(rules, seatId))
    .map(({ seatId }) => seatId);
  const { chair, floor, screen } = rules.control;
  const pictures = picturesOf(rules);
  const seats = new Set([
    chair,
    ...floor,
    ...(screen === null ? [] : [screen]),
    ...pictures,
    ...voices.slice(0, meetingLimits.voices),
  ]);
  const of = (seatId: SeatId, source: OnAir['source']) =>
    flowing.find((one) => one.seatId === seatId && one.source === source) ?? null;
  return [...seats]
    .map((seatId) => ({
      seatId,
      voice: of(seatId, 'microphone'),
      picture:
        (screen === seatId ? of(seatId, 'screen') : null) ??
        (pictures.includes(seatId) ? of(seatId, 'camera') : null),
    }))
    .filter(({ voice, picture }) => voice !== null || picture !== null)
    .slice(0, most);
}

/** The same as long as the same producers are recorded. */
export function recordedKey({ voice, picture }: Recorded): string {
  return `${voice?.producer.id ?? ''} ${picture?.producer.id ?? ''}`;
}
