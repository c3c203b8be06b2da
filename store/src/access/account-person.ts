import { refuse, type Refusal, type Region } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Client, Queryable } from '#engine/store.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';

/** 本人. Who an account is, by every link it ever had: what somebody kept the watch for stays their own matter. */
export interface Self {
  /** The people of villages it is, or was. */
  readonly people: readonly string[];
  /** The same ones as actors: `person:…`, and `account:…` of every other account that was one of them. */
  readonly actors: readonly string[];
}

/** Held shared by whoever decides, alone by whoever links: a decision sees every link made before it. */
const lock = `hashtext('sightline account person')`;

/** Who this actor is, held until the end of the transaction. Comes before anything else is held. */
export async function holdSelf(client: Client, actor: string): Promise<Self> {
  await client.query(`select pg_advisory_xact_lock_shared(${lock})`);
  return readSelf(client, actor);
}

/** Who this actor is; nobody where it is no account. */
export async function readSelf(db: Queryable, actor: string): Promise<Self> {
  const { rows } = await db.query<{ people: string[]; accounts: string[] }>(
    `with own as (
       select distinct person_id from account_person where 'account:' || account_id = $1
     )
     select coalesce((select array_agg(person_id::text) from own), '{}') as people,
       coalesce((select array_agg(distinct 'account:' || a.account_id)
         from account_person a join own using (person_id)
         where 'account:' || a.account_id <> $1), '{}') as accounts`,
    [actor],
  );
  const { people = [], accounts = [] } = rows[0] ?? {};
  return { people, actors: [...people.map((personId) => `person:${personId}`), ...accounts] };
}

export interface AccountLink {
  readonly accountId: string;
  readonly personId: string;
}

/**
 * Says that an account is that person: a row and `account.linked`. Takes part in the caller's transaction,
 * which must be rolled back on a refusal. Refuses `account-closed`, `not-active`, `account-linked` and
 * `person-linked`: one person has at most one account, and the reverse.
 */
export async function linkAccount(
  client: Client,
  { accountId, personId }: AccountLink,
  change: RegisterChange,
): Promise<Refusal | null> {
  await client.query(`select pg_advisory_xact_lock(${lock})`);
  const account = await client.query(
    'select from account where account_id = $1 and disabled_at is null for update',
    [accountId],
  );
  if (account.rowCount === 0) return refuse('account-closed', 'This account is closed.');
  const person = await client.query<{ region: Region }>(
    'select region from person where person_id = $1 and slot is not null for update',
    [personId],
  );
  const [held] = person.rows;
  if (held === undefined) {
    return refuse('not-active', 'This person is not, or no longer, on the list of a village.');
  }
  const taken = await client.query<{ account_id: string }>(
    `select account_id from account_person
     where ended_at is null and (account_id = $1 or person_id = $2)`,
    [accountId, personId],
  );
  const [other] = taken.rows;
  if (other !== undefined) {
    return other.account_id === accountId
      ? refuse('account-linked', 'This account is somebody already. End that link first.')
      : refuse('person-linked', 'Another account is this person. End that link first.');
  }
  const appended = await appendCentreFacts(client, [
    {
      at: factInstant(change.now),
      region: held.region,
      stream: `account/${accountId}`,
      type: 'account.linked',
      world: 'actual',
      actor: change.actor,
      ...(change.cause === undefined ? {} : { cause: change.cause }),
      data: { accountId, personId },
    },
  ]);
  if ('refused' in appended) return appended;
  await client.query(
    `insert into account_person (position, account_id, person_id, linked_at, linked_by)
     values ($1, $2, $3, $4, $5)`,
    [appended.position, accountId, personId, change.now.toString(), change.actor],
  );
  return null;
}

/** Ends what links an account or a person now; what was their own matter stays so. False = nothing did. */
export async function endAccountLink(
  db: Queryable,
  of: { readonly accountId: string } | { readonly personId: string },
  { now, actor }: Pick<RegisterChange, 'now' | 'actor'>,
): Promise<boolean> {
  const [column, id] =
    'accountId' in of
      ? (['account_id', of.accountId] as const)
      : (['person_id', of.personId] as const);
  const { rowCount } = await db.query(
    `update account_person set ended_at = greatest(linked_at, $2), ended_by = $3
     where ${column} = $1 and ended_at is null`,
    [id, now.toString(), actor],
  );
  return rowCount === 1;
}

/** Somebody of a village an account may be linked with. */
export interface LinkablePerson {
  readonly personId: string;
  readonly name: string;
  /** 职务. */
  readonly post: string;
  /** Another account is this person. */
  readonly isLinked: boolean;
}

/** The active people of a village, as listed. The receipt proves that this reading stands in the audit. */
export async function listLinkablePeople(
  db: Queryable,
  _receipt: AuditReceipt,
  region: Region,
): Promise<LinkablePerson[]> {
  const { rows } = await db.query<LinkablePerson>(
    `select p.person_id as "personId", p.name, p.post, exists (
       select from account_person a where a.person_id = p.person_id and a.ended_at is null) as "isLinked"
     from person p where p.region = $1 and p.slot is not null order by p.slot`,
    [region],
  );
  return rows;
}
