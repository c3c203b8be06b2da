import { isRefusal, type Refusal } from '@sightline/contracts';
import { hashPin } from '#kiosk/pin-hash.ts';
import { vouched } from '#kiosk/vouched.ts';
import type { WatchParts } from '#kiosk/watch-parts.ts';
import { noTries } from '#domain/pin-lock.ts';

export interface SetPinRequest {
  readonly personId: string;
  readonly code: string;
  readonly pin: string;
}

/** Sets a person's PIN with a code of the console; the PIN itself never leaves this terminal. */
export async function setPin(parts: WatchParts, request: SetPinRequest): Promise<Refusal | null> {
  const { personId, code, pin } = request;
  const answer = await vouched(parts, { personId, code, purpose: 'set-pin' });
  if (isRefusal(answer)) return answer;
  const { grant, place } = answer;
  const hash = await hashPin(pin, parts.pinSecret);
  parts.records.useGrant(grant.grantId, place.reading.at);
  parts.records.setPin(personId, hash);
  parts.records.saveTries(`pin:${personId}`, noTries);
  const fact = await parts.terminal.record({
    stream: `person/${place.region}/${personId}`,
    type: 'pin.set',
    actor: `person:${personId}`,
    data: { personId, terminalId: place.terminalId, grantId: grant.grantId },
    reading: place.reading,
  });
  if (!isRefusal(fact)) return null;
  parts.records.forgetPin(personId); // No PIN without the fact that says who vouched for it.
  return fact;
}
