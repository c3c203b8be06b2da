import { isRefusal, type KioskResult, type Refusal } from '@sightline/contracts';
import type { Recognised } from '#domain/decide-check-in.ts';
import { decideCheckOut, notCheckedIn } from '#domain/decide-check-out.ts';
import { standingOf } from '#domain/duty-marks.ts';
import { proveByPin, type PinRequest } from '#kiosk/check-in.ts';
import { provePin } from '#kiosk/prove-pin.ts';
import { placeOf, type WatchParts } from '#kiosk/watch-parts.ts';

/** 签退. Said only when the fact is on disk; what is left for the next shift comes after it. */
export async function checkOut(
  parts: WatchParts,
  recognised: Recognised,
): Promise<KioskResult | Refusal> {
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const { terminal, records, passes, roster } = parts;
  const post = { ...place, duties: roster.duties(place.now) };
  const decision = decideCheckOut(records.marks(), recognised, post);
  if (isRefusal(decision)) return decision;
  const { personId, method } = recognised;
  const { shift } = decision;
  const result = { personId, shift, method, pass: passes.issue({ personId, shift }) } as const;
  if (decision.decision === 'already') {
    return { ...result, outcome: 'already-checked-out', at: decision.at, waiting: false };
  }
  const fact = await terminal.record({
    stream: decision.stream,
    type: 'duty.checked-out',
    actor: `person:${personId}`,
    data: decision.data,
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  records.noteCheckOut({ personId, shift, at: fact.at });
  const waiting = terminal.state().link.state === 'down';
  return { ...result, outcome: 'checked-out', at: fact.at, waiting };
}

export async function checkOutByPin(
  parts: WatchParts,
  request: PinRequest,
): Promise<KioskResult | Refusal> {
  const proved = await proveByPin(parts, request);
  return isRefusal(proved) ? proved : checkOut(parts, proved);
}

/** Opens the hand-over for somebody who is on duty here: nothing is recorded. */
export function openHandOver(parts: WatchParts, personId: string): KioskResult | Refusal {
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const when = { now: place.now, duties: parts.roster.duties(place.now) };
  const standing = standingOf(personId, parts.records.marks(), when);
  if (standing === null || standing.leftAt !== null) return notCheckedIn();
  const { shift } = standing.checkIn;
  return { outcome: 'hand-over', personId, pass: parts.passes.issue({ personId, shift }) };
}

export async function openHandOverByPin(
  parts: WatchParts,
  request: { readonly personId: string; readonly pin: string },
): Promise<KioskResult | Refusal> {
  const place = await provePin(parts, request);
  return isRefusal(place) ? place : openHandOver(parts, request.personId);
}
