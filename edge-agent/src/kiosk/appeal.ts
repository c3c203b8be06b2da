import {
  isRefusal,
  refuse,
  type Duty,
  type KioskAppealRequest,
  type OwnDuties,
  type OwnDuty,
  type Refusal,
  type SealedText,
} from '@sightline/contracts';
import { ownAppeals } from '#domain/own-appeals.ts';
import { isSameDuty, ownDuties, shiftsOfDuty } from '#domain/own-duties.ts';
import { ownChanges } from '#domain/shift-change.ts';
import { absencesHere } from '#kiosk/absence.ts';
import { provePin } from '#kiosk/prove-pin.ts';
import { sealForCentre } from '#kiosk/seal-text.ts';
import { shiftChangesHere } from '#kiosk/shift-change.ts';
import type { WatchParts } from '#kiosk/watch-parts.ts';

/** 我的值班. One person's duties, shift changes and appeals, after their own PIN; with or without the link. */
export async function ownDutiesOf(
  parts: WatchParts,
  request: { readonly personId: string; readonly pin: string },
): Promise<OwnDuties | Refusal> {
  const place = await provePin(parts, request);
  if (isRefusal(place)) return place;
  const { personId } = request;
  const owed = ownDuties(parts.terminal.desired()?.roster, { personId, now: place.now });
  const told = parts.terminal.desired()?.appeals ?? [];
  return {
    duties: owed.map((duty) => tell(parts, personId, duty)),
    changes: ownChanges(shiftChangesHere(parts), personId),
    absences: absencesHere(parts, personId),
    appeals: ownAppeals(parts.records.appealsOf(personId), told, personId),
  };
}

/**
 * 申诉. One a duty: asked for again, with the same id or another, it is the appeal that stands. The fact is on
 * disk before the person is told. A terminal that falls between keeping and noting it may say it twice; the
 * centre keeps the second beside the first.
 */
export async function appealDuty(
  parts: WatchParts,
  request: KioskAppealRequest,
): Promise<OwnDuty | Refusal> {
  const place = await provePin(parts, request);
  if (isRefusal(place)) return place;
  const { terminal, records } = parts;
  const { personId, appealId, reason } = request;
  const owed = ownDuties(terminal.desired()?.roster, { personId, now: place.now });
  const duty = owed.find((each) => isSameDuty(each, request.duty));
  if (duty === undefined) {
    return refuse('no-such-duty', 'This is no duty of yours that this terminal knows. Look again.');
  }
  const known = tell(parts, personId, duty);
  if (known.appeal !== null) return known;
  const sealed = sealWords(parts, request);
  if (isRefusal(sealed)) return sealed;
  const { post, day, span } = duty;
  const half = span === 'night' ? 'night' : 'day';
  const fact = await terminal.record({
    // The same as the centre's own facts about this duty: neither decides over the other's.
    stream: `correction/${place.region}/${post}.${day}.${half}`,
    type: 'duty.appealed',
    actor: `person:${personId}`,
    data: {
      appealId,
      terminalId: place.terminalId,
      personId,
      post,
      day,
      span,
      reason,
      ...(sealed === null ? {} : { sealed }),
    },
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  records.noteAppeal({ appealId, personId, duty: { post, day, span }, reason, at: fact.at });
  return tell(parts, personId, duty);
}

/** Null = nothing was written. Words go into the log sealed or not at all. */
function sealWords(
  { terminal }: WatchParts,
  { appealId, text }: KioskAppealRequest,
): SealedText | Refusal | null {
  const words = text.trim();
  if (words === '') return null;
  return sealForCentre(terminal.desired(), { kind: 'appeal', id: appealId }, { text: words });
}

function tell({ records }: WatchParts, personId: string, duty: Duty): OwnDuty {
  const { post, day, span } = duty;
  const own = shiftsOfDuty(duty)
    .flatMap((shift) => records.checkIns(shift))
    .find((known) => known.personId === personId);
  const appeal = records.appealsOf(personId).find((known) => isSameDuty(known.duty, duty));
  return {
    post,
    day,
    span,
    from: duty.from.toString(),
    to: duty.to.toString(),
    checkedInAt: own?.at ?? null,
    appeal: appeal === undefined ? null : { reason: appeal.reason, at: appeal.at },
  };
}
