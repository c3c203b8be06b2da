import { refuse, type Refusal, type Region } from '@sightline/contracts';
import { endAccountLink } from '#access/account-person.ts';
import type { Client } from '#engine/store.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';
import { factInstant, type RegisterChange } from './add-people.ts';
import { refreshRosters, rosterStream } from './roster.ts';

/**
 * Retires a person: their terminals lose them (and erase their face and PIN), their account is nobody of
 * a village any more, `person.retired` is appended. Takes part in the caller's transaction, which must be rolled back on a refusal.
 */
export async function retirePerson(
  client: Client,
  person: { readonly personId: string; readonly region: Region },
  change: RegisterChange,
): Promise<Refusal | null> {
  const { rowCount } = await client.query(
    `update person set slot = null, retired_at = $3
     where person_id = $1 and region = $2 and slot is not null`,
    [person.personId, person.region, change.now.toString()],
  );
  if (rowCount === 0) {
    return refuse('not-active', 'This person is not, or no longer, on the list of the village.');
  }
  await endAccountLink(client, { personId: person.personId }, change);
  await refreshRosters(client, [person.region]);
  const appended = await appendCentreFacts(client, [
    {
      at: factInstant(change.now),
      region: person.region,
      stream: rosterStream(person.region),
      type: 'person.retired',
      world: 'actual',
      actor: change.actor,
      ...(change.cause === undefined ? {} : { cause: change.cause }),
      data: { personId: person.personId },
    },
  ]);
  return 'refused' in appended ? appended : null;
}
