import {
  isRefusal,
  peoplePerVillage,
  refuse,
  type KioskResult,
  type Refusal,
} from '@sightline/contracts';
import { consentVersion } from '#domain/consent.ts';
import { vouched } from '#kiosk/vouched.ts';
import { placeFor, type EnrolPermit, type WatchParts } from '#kiosk/watch-parts.ts';

export interface EnrolRequest {
  readonly personId: string;
  readonly code: string;
  /** The version of the consent text the person agreed to. */
  readonly consentVersion: string;
}

/** Whether a person's face may be enrolled now: agreed to this text, and vouched for. */
export async function mayEnrol(
  parts: WatchParts,
  request: EnrolRequest,
): Promise<EnrolPermit | Refusal> {
  if (request.consentVersion !== consentVersion) {
    return refuse(
      'consent-outdated',
      'The consent text has changed. Read and agree to the new one.',
    );
  }
  const { personId, code } = request;
  const answer = await vouched(parts, { personId, code, purpose: 'enrol-face' });
  return isRefusal(answer) ? answer : { grant: answer.grant, consentVersion };
}

/** What an enrolment session collected. */
export interface Collected {
  readonly template: Float32Array;
  readonly frames: number;
  readonly model: string;
}

/** Keeps the template on this terminal, uses the code up, and records that it happened. */
export async function enrolFace(
  parts: WatchParts,
  permit: EnrolPermit,
  collected: Collected,
): Promise<KioskResult | Refusal> {
  const { personId, grantId } = permit.grant;
  const place = placeFor(parts, personId);
  if (isRefusal(place)) return place;
  const { gallery, records, terminal } = parts;
  if (records.usedGrants().has(grantId)) {
    return refuse('code-used', 'This code was used already. Ask the console for a new one.');
  }
  if (!gallery.hasRoomFor(personId)) return galleryFull();
  records.useGrant(grantId, place.reading.at);
  await gallery.put(personId, collected.template);
  const fact = await terminal.record({
    stream: `person/${place.region}/${personId}`,
    type: 'face.enrolled',
    actor: `person:${personId}`,
    data: {
      personId,
      terminalId: place.terminalId,
      model: collected.model,
      frames: collected.frames,
      consentVersion: permit.consentVersion,
      grantId,
    },
    reading: place.reading,
  });
  if (!isRefusal(fact)) return { outcome: 'enrolled', personId, frames: collected.frames };
  // No template without the fact that says it is here.
  await gallery.takeBack(personId);
  return fact;
}

function galleryFull(): Refusal {
  return refuse(
    'gallery-full',
    `${peoplePerVillage} faces are kept here, and no more are allowed. Withdraw one of somebody who left.`,
  );
}
