import { refuse, type Refusal, type Region } from '@sightline/contracts';
import type { Client, Store } from '#engine/store.ts';
import { appendManyCentreFacts, type CentreDraft } from '#log/append-centre-facts.ts';
import { inRefusableTransaction } from './in-refusable-transaction.ts';
import { refreshRosters, rosterStream } from './roster.ts';

/** 村干部. A person of a village before the register knows them. */
export interface NewPerson {
  readonly personId: string;
  /** Of a village: 12 digits. */
  readonly region: Region;
  readonly name: string;
  /** 职务; may be empty. */
  readonly post: string;
}

/** Who changes the register, and when. */
export interface RegisterChange {
  readonly now: Temporal.Instant;
  /** `account:…` or `system:…`. */
  readonly actor: string;
  /** The command's id. */
  readonly cause?: string;
  /** What the decider saw of the roster: refused when it moved on since. */
  readonly expectedPosition?: { readonly stream: string; readonly position: number };
}

/**
 * Adds people to their villages in one transaction: rows, `person.added` facts and what should be at
 * the villages' terminals. Refuses `no-such-village`, `village-full` (more than 20 active, guarded by
 * the table itself) and `conflict`. Given a client it takes part in that transaction, which the
 * caller must roll back on a refusal.
 */
export async function addPeople(
  db: Store | Client,
  people: readonly NewPerson[],
  change: RegisterChange,
): Promise<Refusal | null> {
  if (people.length === 0) return null;
  if (!('pool' in db)) return addUnderLock(db, people, change);
  return inRefusableTransaction(db, (client) => addUnderLock(client, people, change));
}

async function addUnderLock(
  client: Client,
  people: readonly NewPerson[],
  change: RegisterChange,
): Promise<Refusal | null> {
  const regions = [...new Set(people.map((person) => person.region))].toSorted();
  // Adds to one village wait for each other here, so that free slots are seen truly.
  const held = await client.query<{ region: string }>(
    `select region from division where region = any ($1) and length(region) = 12 and ended_on is null
     order by region for update`,
    [regions],
  );
  if (held.rows.length < regions.length) {
    return refuse('no-such-village', 'People are added to a village of the register: 12 digits.');
  }
  if ((await insertPeople(client, people, change.now)) < people.length) {
    return refuse('village-full', 'A village has at most 20 active people. Retire one first.');
  }
  await refreshRosters(client, regions);
  return appendAdded(client, people, change);
}

async function insertPeople(
  client: Client,
  people: readonly NewPerson[],
  now: Temporal.Instant,
): Promise<number> {
  const { rowCount } = await client.query(
    `with given as (
       select *, row_number() over (partition by region order by place) as nth
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
         with ordinality as g (person_id, region, name, post, place)
     ), free as (
       select village.region, slot, row_number() over (partition by village.region order by slot) as nth
       from (select distinct region from given) village cross join generate_series(1, 20) slot
       where not exists (
         select from person p where p.region = village.region and p.slot = slot.slot)
     )
     insert into person (person_id, region, name, post, slot, added_at)
     select person_id, region, name, post, slot, $5 from given join free using (region, nth)`,
    [
      people.map((person) => person.personId),
      people.map((person) => person.region),
      people.map((person) => person.name),
      people.map((person) => person.post),
      now.toString(),
    ],
  );
  return rowCount ?? 0;
}

async function appendAdded(
  client: Client,
  people: readonly NewPerson[],
  change: RegisterChange,
): Promise<Refusal | null> {
  const drafts = people.map((person) => addedDraft(person, change));
  return appendManyCentreFacts(client, drafts, { expectedPosition: change.expectedPosition });
}

function addedDraft(person: NewPerson, change: RegisterChange): CentreDraft {
  return {
    at: factInstant(change.now),
    region: person.region,
    stream: rosterStream(person.region),
    type: 'person.added',
    world: 'actual',
    actor: change.actor,
    ...(change.cause === undefined ? {} : { cause: change.cause }),
    data: { personId: person.personId },
  };
}

/** Milliseconds, always three digits: the form instants have in facts. */
export function factInstant(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}
