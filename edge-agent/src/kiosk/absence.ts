import {
  absenceStream,
  faultOfDays,
  isRefusal,
  refuse,
  watchZone,
  type KioskAbsenceRequest,
  type OwnAbsence,
  type Refusal,
} from '@sightline/contracts';
import { ownAbsences } from '#domain/own-absences.ts';
import { kioskLimits } from '#kiosk/limits.ts';
import { provePin } from '#kiosk/prove-pin.ts';
import type { WatchParts } from '#kiosk/watch-parts.ts';

/** What one person said here of going away, and what the centre made of it. */
export function absencesHere({ terminal, records }: WatchParts, personId: string): OwnAbsence[] {
  const told = terminal.desired()?.absences ?? [];
  return ownAbsences(records.absencesOf(personId), told, personId);
}

/**
 * 外出: asked for after the own PIN, with or without the link; somebody else approves it. On disk before the
 * person is told, and once an id. A terminal that falls between keeping and noting it may say it twice; the
 * centre counts the first.
 */
export async function askAbsence(
  parts: WatchParts,
  { absenceId, from, to, ...own }: KioskAbsenceRequest,
): Promise<OwnAbsence | Refusal> {
  const place = await provePin(parts, own);
  if (isRefusal(place)) return place;
  const { personId } = own;
  const find = () =>
    absencesHere(parts, personId).find((absence) => absence.absenceId === absenceId);
  const known = find();
  if (known !== undefined) return known;
  const refused = refuseDays(parts, { personId, from, to, now: place.now });
  if (refused !== null) return refused;
  const fact = await parts.terminal.record({
    stream: absenceStream(place.region, absenceId),
    type: 'absence.asked',
    actor: `person:${personId}`,
    data: { absenceId, personId, from, to, terminalId: place.terminalId, method: 'pin' },
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  parts.records.noteAbsence({ absenceId, personId, from, to, at: fact.at });
  const kept = find();
  if (kept === undefined) throw new Error(`The absence ${absenceId} was kept a moment ago.`);
  return kept;
}

function refuseDays(
  parts: WatchParts,
  {
    personId,
    from,
    to,
    now,
  }: {
    readonly personId: string;
    readonly from: string;
    readonly to: string;
    readonly now: Temporal.Instant;
  },
): Refusal | null {
  if (!isDay(from) || !isDay(to)) return refuse('no-such-day', `${from} to ${to} are no days.`);
  const today = now.toZonedDateTimeISO(watchZone).toPlainDate().toString();
  const fault = faultOfDays({ from, to }, today);
  if (fault !== null)
    return refuse(fault, `From ${from} to ${to} cannot be asked for. Choose other days.`);
  const waiting = absencesHere(parts, personId).filter(({ state }) => state === 'waiting');
  if (waiting.length < kioskLimits.absencesWaiting) return null;
  return refuse('absences-wait', 'Several of your requests wait already. Ask at the township.');
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
