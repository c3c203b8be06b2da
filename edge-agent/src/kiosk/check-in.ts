import { isRefusal, refuse, shiftAt, type KioskResult, type Refusal } from '@sightline/contracts';
import { decideCheckIn, type Recognised } from '#domain/decide-check-in.ts';
import { provePin } from '#kiosk/prove-pin.ts';
import { placeOf, type WatchParts } from '#kiosk/watch-parts.ts';

/** 值班签到. The result is said only when the fact is on disk. */
export async function checkIn(
  parts: WatchParts,
  recognised: Recognised,
): Promise<KioskResult | Refusal> {
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const { terminal, records, passes } = parts;
  const decision = decideCheckIn(records.checkIns(shiftAt(place.now).key), recognised, place);
  if (isRefusal(decision)) return decision;
  const { personId, method } = recognised;
  const shift = decision.shift.key;
  const result = { personId, shift, method, pass: passes.issue({ personId, shift }) } as const;
  if (decision.decision === 'already') {
    return { ...result, outcome: 'already-checked-in', at: decision.at, waiting: false };
  }
  const fact = await terminal.record({
    stream: decision.stream,
    type: 'duty.checked-in',
    actor: `person:${personId}`,
    data: decision.data,
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  records.noteCheckIn({ personId, shift, at: fact.at });
  const waiting = terminal.state().link.state === 'down';
  return { ...result, outcome: 'checked-in', at: fact.at, waiting };
}

export interface PinRequest {
  readonly personId: string;
  readonly pin: string;
  /** A second person of the village who stands beside, by their own PIN. */
  readonly witness?: { readonly personId: string; readonly pin: string } | undefined;
}

/** The second method, always there: a PIN of six digits, with a witness or without. */
export async function checkInByPin(
  parts: WatchParts,
  request: PinRequest,
): Promise<KioskResult | Refusal> {
  const proved = await proveByPin(parts, request);
  return isRefusal(proved) ? proved : checkIn(parts, proved);
}

/** Who it is, by their own PIN and, where there is one, the witness's. */
export async function proveByPin(
  parts: WatchParts,
  { personId, pin, witness }: PinRequest,
): Promise<Recognised | Refusal> {
  if (witness?.personId === personId) {
    return refuse('witness-same', 'Nobody is their own witness. Choose another person.');
  }
  const own = await provePin(parts, { personId, pin });
  if (isRefusal(own)) return own;
  if (witness === undefined) return { method: 'pin', personId };
  const other = await provePin(parts, witness);
  if (isRefusal(other)) return { ...other, code: `witness-${other.code}` };
  return { method: 'pin-witness', personId, witnessId: witness.personId };
}
