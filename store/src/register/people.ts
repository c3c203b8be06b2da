import { regionRange, type Region } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import { faceConsentsOfPerson, type FaceConsent } from '#consent/face-consent.ts';
import type { Queryable } from '#engine/store.ts';

/** A person as the console shows them. */
export interface Person {
  readonly personId: string;
  readonly name: string;
  readonly post: string;
  readonly addedAt: string;
  readonly retiredAt: string | null;
  /** Of their face, at each terminal that ever had a template. */
  readonly faces: readonly FaceConsent[];
}

/**
 * The people of a village by name: the active ones, or all. The receipt proves that this reading
 * stands in the audit.
 */
export async function listPeople(
  db: Queryable,
  _receipt: AuditReceipt,
  { region, withRetired }: { readonly region: Region; readonly withRetired: boolean },
): Promise<Person[]> {
  const { rows } = await db.query<Person>(
    `select person_id as "personId", name, post, added_at as "addedAt", retired_at as "retiredAt",
            consent.faces
     from person p ${faceConsentsOfPerson} where p.region = $1 and (slot is not null or $2)
     order by slot nulls last, retired_at desc limit 200`,
    [region, withRetired],
  );
  return rows;
}

/** The village a person belongs to and whether they are active there; no names. */
export async function findPerson(
  db: Queryable,
  personId: string,
): Promise<{ readonly region: Region; readonly active: boolean } | null> {
  const { rows } = await db.query<{ region: string; active: boolean }>(
    'select region, slot is not null as active from person where person_id = $1',
    [personId],
  );
  return rows[0] ?? null;
}

/** How many active people each village of the scope has; villages without any are left out. */
export async function countPeople(db: Queryable, scope: Region): Promise<Map<Region, number>> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<{ region: string; people: number }>(
    `select region, count(*)::int as people from person
     where slot is not null and region >= $1 and region < $2 group by region`,
    [from, to],
  );
  return new Map(rows.map((row) => [row.region, row.people]));
}

/** The names of people, also of those who retired; the receipt proves that this reading stands in the audit. */
export async function namesOf(
  db: Queryable,
  _receipt: AuditReceipt,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ personId: string; name: string }>(
    'select person_id as "personId", name from person where person_id = any ($1)',
    [personIds],
  );
  return new Map(rows.map(({ personId, name }) => [personId, name]));
}
