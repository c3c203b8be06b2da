import type { Region, RosterPerson } from '@sightline/contracts';
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
    `select exists (select from division where region = $1 and length(region) = 12) as "isVillage",
            coalesce((select max(position) from log where stream = $2), 0) as position`,
    [region, rosterStream(region)],
  );
  const people = await activePeople(db, region);
  return { isVillage: rows[0]?.isVillage ?? false, people, position: rows[0]?.position ?? 0 };
}

/** Writes the villages' people into what should be at their terminals; grants of others go. */
export async function refreshRosters(client: Client, regions: readonly Region[]): Promise<void> {
  const { rows } = await client.query<{ terminalId: string; region: string }>(
    `select terminal_id as "terminalId", region from terminal
     where region = any ($1) order by terminal_id`,
    [regions],
  );
  for (const { terminalId, region } of rows) {
    const people = await activePeople(client, region);
    const known = new Set(people.map((person) => person.personId));
    await updateDesired(client, terminalId, (desired) => ({
      ...desired,
      people,
      grants: desired.grants.filter((grant) => known.has(grant.personId)),
    }));
  }
}

async function activePeople(db: Queryable, region: Region): Promise<RosterPerson[]> {
  const { rows } = await db.query<RosterPerson>(
    `select person_id as "personId", name, post from person
     where region = $1 and slot is not null order by slot`,
    [region],
  );
  return rows;
}
