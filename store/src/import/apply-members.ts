import type { Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { movedOn } from './apply-organisations.ts';
import { longQuery } from './long-query.ts';

/** What a staged row of a member says, beside the sealed number. */
export interface MemberBody {
  readonly organisationId: string;
  readonly name: string;
  readonly sex: string;
  readonly bornOn: string;
  readonly education: string;
  readonly joinedOn: string;
  readonly isProbationary: boolean;
}

const body = `jsonb_to_record(i.body) as b ("organisationId" uuid, name text, sex text,
  "bornOn" date, education text, "joinedOn" date, "isProbationary" boolean)`;

/** Writes the staged members inside the caller's transaction. Nobody else changes members until it ends. */
export async function applyMembers(
  client: Client,
  { importId, now }: { readonly importId: string; readonly now: Temporal.Instant },
): Promise<Refusal | null> {
  await client.query('lock table member in share row exclusive mode');
  if ((await hasLostOrganisation(client, importId)) || !(await noteBefore(client, importId))) {
    return movedOn;
  }
  await longQuery(
    client,
    `with added as (
       insert into member (member_id, organisation_id, name, sex, born_on, education, joined_on,
         is_probationary, id_cipher, id_hash, id_masked, added_at)
       select i.target_id, b."organisationId", b.name, b.sex, b."bornOn", b.education,
              b."joinedOn", b."isProbationary", i.id_cipher, i.id_hash, i.id_masked, $2
       from import_row i cross join lateral ${body}
       where i.import_id = $1 and i.outcome = 'add' returning *
     )
     insert into import_effect (import_id, object, key, after)
     select $1, 'member', member_id, to_jsonb(added) from added`,
    [importId, now.toString()],
  );
  await longQuery(
    client,
    `update member m set organisation_id = b."organisationId", name = b.name, sex = b.sex,
       born_on = b."bornOn", education = b.education, joined_on = b."joinedOn",
       is_probationary = b."isProbationary"
     from import_row i cross join lateral ${body}
     where i.import_id = $1 and i.outcome = 'change' and m.member_id = i.target_id`,
    [importId],
  );
  await longQuery(
    client,
    `update import_effect e set after = to_jsonb(m) from member m
     where e.import_id = $1 and e.object = 'member' and e.after is null
       and m.member_id = e.key::uuid`,
    [importId],
  );
  return null;
}

/** Whether an organisation that members would go to ended since the file was checked. */
async function hasLostOrganisation(client: Client, importId: string): Promise<boolean> {
  const { rowCount } = await longQuery(
    client,
    `select from import_row i
     left join organisation o on o.organisation_id = (i.body ->> 'organisationId')::uuid
       and o.ended_on is null
     where i.import_id = $1 and i.outcome in ('add', 'change') and o.organisation_id is null
     limit 1`,
    [importId],
  );
  return rowCount !== 0;
}

/** Keeps who is changed as they were; false where one is not as they were when the file was checked. */
async function noteBefore(client: Client, importId: string): Promise<boolean> {
  const { rows } = await longQuery<{ asked: number; found: number }>(
    client,
    `with kept as (
       insert into import_effect (import_id, object, key, before)
       select $1, 'member', m.member_id, to_jsonb(m) from import_row i
       join member m on m.member_id = i.target_id
       where i.import_id = $1 and i.outcome = 'change'
         and i.seen = register_digest(to_jsonb(m)) returning 1
     )
     select (select count(*)::int from import_row where import_id = $1 and outcome = 'change') as asked,
            (select count(*)::int from kept) as found`,
    [importId],
  );
  return rows[0]?.asked === rows[0]?.found;
}
