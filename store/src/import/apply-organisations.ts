import { refuse, type Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { longQuery } from './long-query.ts';
import { organisationDigest } from './register-seen.ts';

/** What a staged row of an organisation says. */
export interface OrganisationBody {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly isFunctional: boolean;
  /** Null = at the top. */
  readonly parentCode: string | null;
  readonly region: string;
  readonly foundedOn: string | null;
  /** Where it comes to stand in the tree, if nothing else moves. */
  readonly path: string;
}

export const movedOn: Refusal = refuse(
  'register-moved-on',
  'The register was changed since the file was checked. Import the file again.',
);

/**
 * Writes the staged organisations inside the caller's transaction; `today` is the day they stand there
 * from. Nobody else changes organisations until it ends.
 */
export async function applyOrganisations(
  client: Client,
  { importId, today }: { readonly importId: string; readonly today: Temporal.PlainDate },
): Promise<Refusal | null> {
  await client.query('lock table organisation, organisation_region in share row exclusive mode');
  if (!(await noteBefore(client, importId))) return movedOn;
  await addOrganisations(client, importId);
  await changeOrganisations(client, importId);
  await placeOrganisations(client, importId, today);
  if (!(await straightenPaths(client, importId))) return movedOn;
  await noteAfter(client, importId);
  return null;
}

/** Keeps what is changed as it was; false where one of them is not as it was when the file was checked. */
async function noteBefore(client: Client, importId: string): Promise<boolean> {
  const { rows } = await longQuery<{ asked: number; found: number }>(
    client,
    `with target as (
       select o.organisation_id, to_jsonb(o) as image from import_row i
       join organisation o on o.organisation_id = i.target_id
       left join organisation_region r on r.organisation_id = o.organisation_id and r.to_day is null
       where i.import_id = $1 and i.outcome = 'change' and i.seen = ${organisationDigest}
     ), kept as (
       insert into import_effect (import_id, object, key, before)
       select $1, 'organisation', organisation_id, image from target returning 1
     )
     select (select count(*)::int from import_row where import_id = $1 and outcome = 'change') as asked,
            (select count(*)::int from kept) as found`,
    [importId],
  );
  return rows[0]?.asked === rows[0]?.found;
}

/** A parent may stand in the register or among those added: one statement adds them all. */
async function addOrganisations(client: Client, importId: string): Promise<void> {
  await longQuery(
    client,
    `with added as (
       insert into organisation
         (organisation_id, code, name, kind, is_functional, parent_id, path, founded_on)
       select i.target_id, b.code, b.name, b.kind, b."isFunctional",
              coalesce(parent.organisation_id, sibling.target_id), b.path, b."foundedOn"
       from import_row i
       cross join lateral jsonb_to_record(i.body) as b (code text, name text, kind text,
         "isFunctional" boolean, "parentCode" text, path text, "foundedOn" date)
       left join organisation parent on parent.code = b."parentCode"
       left join import_row sibling on sibling.import_id = $1 and sibling.outcome = 'add'
         and sibling.body ->> 'code' = b."parentCode"
       where i.import_id = $1 and i.outcome = 'add' returning organisation_id
     )
     insert into import_effect (import_id, object, key)
     select $1, 'organisation', organisation_id from added`,
    [importId],
  );
}

async function changeOrganisations(client: Client, importId: string): Promise<void> {
  await longQuery(
    client,
    `update organisation o set name = b.name, kind = b.kind, is_functional = b."isFunctional",
       parent_id = parent.organisation_id, founded_on = b."foundedOn"
     from import_row i
     cross join lateral jsonb_to_record(i.body) as b (name text, kind text,
       "isFunctional" boolean, "parentCode" text, "foundedOn" date)
     left join organisation parent on parent.code = b."parentCode"
     where i.import_id = $1 and i.outcome = 'change' and o.organisation_id = i.target_id`,
    [importId],
  );
}

/** Where they stand: added ones since they were founded, moved ones from today. */
async function placeOrganisations(
  client: Client,
  importId: string,
  today: Temporal.PlainDate,
): Promise<void> {
  await longQuery(
    client,
    `with moved as (
       select r.*, i.body ->> 'region' as next from import_row i
       join organisation_region r on r.organisation_id = i.target_id and r.to_day is null
       where i.import_id = $1 and i.outcome = 'change' and r.region <> i.body ->> 'region'
     ), kept as (
       insert into import_effect (import_id, object, key, before)
       select $1, 'organisation_region', organisation_id || '/' || from_day,
              to_jsonb(moved) - 'next' from moved
     )
     update organisation_region r
     set region = case when r.from_day >= $2::date then moved.next else r.region end,
         to_day = case when r.from_day >= $2::date then r.to_day else $2::date end
     from moved where r.organisation_id = moved.organisation_id and r.from_day = moved.from_day`,
    [importId, today.toString()],
  );
  await longQuery(
    client,
    `with placed as (
       insert into organisation_region (organisation_id, region, from_day)
       select i.target_id, i.body ->> 'region',
              case i.outcome when 'add' then coalesce((i.body ->> 'foundedOn')::date, $2::date)
                   else $2::date end
       from import_row i
       where i.import_id = $1 and i.outcome in ('add', 'change') and not exists (
         select from organisation_region r where r.organisation_id = i.target_id and r.to_day is null)
       returning organisation_id, from_day
     )
     insert into import_effect (import_id, object, key)
     select $1, 'organisation_region', organisation_id || '/' || from_day from placed`,
    [importId, today.toString()],
  );
}

const tree = `with recursive tree as (
    select organisation_id, code || '.' as path from organisation where parent_id is null
    union all
    select o.organisation_id, tree.path || o.code || '.' from organisation o
    join tree on o.parent_id = tree.organisation_id
  )`;

/** What hangs below a moved one moves with it. False where somebody made a ring of it meanwhile. */
async function straightenPaths(client: Client, importId: string): Promise<boolean> {
  const { rows } = await longQuery<{ whole: boolean }>(
    client,
    `${tree} select count(*) = (select count(*) from organisation) as whole from tree`,
    [],
  );
  if (rows[0]?.whole !== true) return false;
  await longQuery(
    client,
    `${tree}
     insert into import_effect (import_id, object, key, before)
     select $1, 'organisation', o.organisation_id, to_jsonb(o) from organisation o
     join tree using (organisation_id) where o.path <> tree.path on conflict do nothing`,
    [importId],
  );
  await longQuery(
    client,
    `${tree} update organisation o set path = tree.path from tree
     where o.organisation_id = tree.organisation_id and o.path <> tree.path`,
    [],
  );
  return true;
}

async function noteAfter(client: Client, importId: string): Promise<void> {
  await longQuery(
    client,
    `update import_effect e set after = to_jsonb(o) from organisation o
     where e.import_id = $1 and e.object = 'organisation' and o.organisation_id = e.key::uuid`,
    [importId],
  );
  await longQuery(
    client,
    `update import_effect e set after = to_jsonb(r) from organisation_region r
     where e.import_id = $1 and e.object = 'organisation_region'
       and r.organisation_id = split_part(e.key, '/', 1)::uuid
       and r.from_day = split_part(e.key, '/', 2)::date`,
    [importId],
  );
}
