import { isRefusal, refuse, shiftAt, type KioskResult, type Refusal } from '@sightline/contracts';
import { decideCheckIn, type Recognised } from '#domain/decide-check-in.ts';
import { countTry } from '#kiosk/count-tries.ts';
import { verifyPin } from '#kiosk/pin-hash.ts';
import { placeFor, placeOf, type WatchParts } from '#kiosk/watch-parts.ts';

/** 值班签到. The result is said only when the fact is on disk. */
export async function checkIn(
  parts: WatchParts,
  recognised: Recognised,
): Promise<KioskResult | Refusal> {
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const { terminal, records } = parts;
  const decision = decideCheckIn(records.checkIns(shiftAt(place.now).key), recognised, place);
  if (isRefusal(decision)) return decision;
  const { personId, method } = recognised;
  const result = { personId, shift: decision.shift.key, method } as const;
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
  records.noteCheckIn({ personId, shift: decision.shift.key, at: fact.at });
  const waiting = terminal.state().link.state === 'down';
  return { ...result, outcome: 'checked-in', at: fact.at, waiting };
}

/** The second method, always there: a PIN of six digits, with a lock after wrong ones. */
export async function checkInByPin(
  parts: WatchParts,
  { personId, pin }: { readonly personId: string; readonly pin: string },
): Promise<KioskResult | Refusal> {
  const place = placeFor(parts, personId);
  if (isRefusal(place)) return place;
  const hash = parts.records.pinHash(personId);
  if (hash === null) {
    return refuse(
      'pin-not-set',
      'No PIN is set for this person. Ask the console for a code to set one.',
    );
  }
  const subject = { kind: 'pin', personId, now: place.now } as const;
  const right = await countTry(parts.records, subject, async () =>
    (await verifyPin(hash, pin, parts.pinSecret))
      ? true
      : refuse('pin-wrong', 'This is not the PIN of this person. Try again.'),
  );
  return isRefusal(right) ? right : checkIn(parts, { method: 'pin', personId });
}
