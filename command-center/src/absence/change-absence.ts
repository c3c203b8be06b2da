import {
  isRefusal,
  watchZone,
  type AbsenceState,
  type Refusal,
  type Region,
} from '@sightline/contracts';
import {
  appendAbsence,
  holdAbsence,
  holdSelf,
  rosterPeople,
  type Client,
  type RegisterChange,
} from '@sightline/store';
import { decideAbsence, evolveAbsence, type AbsenceCommand } from '#domain/watch/decide-absence.ts';

/** 外出 at the centre: holds what is known of it, decides, writes the fact. Rosters stay: who is away shows in them. */
export async function changeAbsence(
  client: Client,
  { region, command }: { readonly region: Region; readonly command: AbsenceCommand },
  change: RegisterChange,
): Promise<{ readonly absenceId: string; readonly state: AbsenceState } | Refusal> {
  const self = await holdSelf(client, change.actor);
  const { absenceId } = command;
  const { absence, seenPosition } = await holdAbsence(client, absenceId);
  const people = (await rosterPeople(client, region)).get(region) ?? [];
  const today = change.now.toZonedDateTimeISO(watchZone).toPlainDate().toString();
  const ground = { absence, self, people, today };
  const fact = decideAbsence(command, ground);
  if (isRefusal(fact)) return fact;
  const refusal = await appendAbsence(
    client,
    { region, absenceId, ...fact },
    { ...change, seenPosition },
  );
  if (refusal !== null) return refusal;
  const state = evolveAbsence(absence?.state ?? null, fact);
  if (state === null) throw new Error(`The absence ${absenceId} is not there after its fact.`);
  return { absenceId, state };
}
