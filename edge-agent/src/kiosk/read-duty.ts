import { shiftAt, type DutyDay, type KioskHandOver } from '@sightline/contracts';
import { dutyToday } from '#domain/duty-today.ts';
import { isWaitingFor, openItems } from '#domain/fold-hand-over.ts';
import type { DutyRoster } from '#kiosk/duty-roster.ts';
import type { HandOverRecords } from '#kiosk/hand-over-records.ts';
import type { KioskRecords } from '#kiosk/kiosk-records.ts';

export interface DutyParts {
  readonly roster: DutyRoster;
  readonly records: KioskRecords;
  readonly handOvers: HandOverRecords;
}

/** 今日班次 and what is open for the next shift, as every page may see them. */
export function readDuty(
  { roster, records, handOvers }: DutyParts,
  now: Temporal.Instant,
): { readonly dutyDay: DutyDay | null; readonly handOvers: readonly KioskHandOver[] } {
  const slots = roster.slots(now);
  return {
    dutyDay: slots === null ? null : dutyToday(slots, records.marks(), now),
    handOvers: handOversShown(handOvers, shiftAt(now).key),
  };
}

export function handOversShown(handOvers: HandOverRecords, running: string): KioskHandOver[] {
  return openItems(handOvers.items()).map((item) => ({
    itemId: item.itemId,
    // `openItems` leaves out what is done.
    state: item.state === 'left' ? 'left' : 'accepted',
    shift: item.shift,
    leftAt: item.leftAt,
    leftBy: item.leftBy,
    sentences: item.sentences,
    hasText: handOvers.hasText(item.itemId),
    voiceSeconds: item.voice?.seconds ?? null,
    isWaiting: isWaitingFor(item, running),
  }));
}
