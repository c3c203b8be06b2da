import type { Grant, Region, RosterPerson } from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';
import { updateDesired } from '#terminals/desired.ts';

/** The stream a village's additions and retirements stand in. */
export function rosterStream(region: Region): string {
  return `people/${region}/roster`;
}

/** What a decider needs to know of a village's people. */
export interface Roster {
  /** False where no such village is in the register. */
  readonly isVillage: boolean;
  readonly people: readonly RosterPerson[];
  /** Last position of the roster's stream; 0 when nothing stands there. */
  readonly position: number;
}

/** The active people of a village for a command's decision, never for a reply. */
export async function loadRoster(db: Queryable, region: Region): Promise<Roster> {
  const { rows } = await db.query<{ isVillage: boolean; position: number }>(
    `select exists (select from division where region = $1 and length(region) = 12
                           and ended_on is null) as "isVillage",
            coalesce((select max(position) from log where stream = $2), 0) as position`,
    [region, rosterStream(region)],
  );
  const people = await activePeople(db, { region, terminalId: null });
  return { isVillage: rows[0]?.isVillage ?? false, people, position: rows[0]?.position ?? 0 };
}

/**
 * Writes the villages' people into what should be at their terminals. Grants of others go, and those
 * for a face that may not stand there.
 */
export async function refreshRosters(client: Client, regions: readonly Region[]): Promise<void> {
  const { rows } = await client.query<{ terminalId: string; region: string }>(
    // Held before the people are read: who changes them at the same time comes before us or after.
    `select t.terminal_id as "terminalId", t.region from terminal t join desired d using (terminal_id)
     where t.region = any ($1) order by t.terminal_id for update of d`,
    [regions],
  );
  for (const { terminalId, region } of rows) {
    const people = await activePeople(client, { region, terminalId });
    await updateDesired(client, terminalId, (desired) => ({
      ...desired,
      people,
      grants: desired.grants.filter((grant) => isForThem(grant, people)),
    }));
  }
}

function isForThem(grant: Grant, people: readonly RosterPerson[]): boolean {
  const person = people.find(({ personId }) => personId === grant.personId);
  if (person === undefined) return false;
  return grant.purpose !== 'enrol-face' || person.faceWithdrawn !== true;
}

/** For a terminal, also whose template may not stand there. */
async function activePeople(
  db: Queryable,
  { region, terminalId }: { readonly region: Region; readonly terminalId: string | null },
): Promise<RosterPerson[]> {
  const { rows } = await db.query<RosterPerson & { readonly isWithdrawn: boolean }>(
    `select p.person_id as "personId", p.name, p.post, coalesce(f.is_withdrawn, false) as "isWithdrawn"
     from person p left join face_permission f on f.person_id = p.person_id and f.terminal_id = $2
     where p.region = $1 and p.slot is not null order by p.slot`,
    [region, terminalId],
  );
  return rows.map(({ isWithdrawn, ...person }) =>
    isWithdrawn ? { ...person, faceWithdrawn: true } : person,
  );
}
