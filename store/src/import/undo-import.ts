import { refuse, type ImportView, type Refusal } from '@sightline/contracts';
import type { Client, Store } from '#engine/store.ts';
import { inRefusableTransaction } from '#register/in-refusable-transaction.ts';
import { appendImportFact, type ImportStep } from './apply-import.ts';
import { allowLongStatements, longQuery } from './long-query.ts';

/** Why an import cannot be undone now. */
export interface UndoObstacle {
  /** Rows of the register that were changed since, or that something new refers to. */
  readonly rows: number;
  /** The latest import that did it; null = by hand. */
  readonly importId: string | null;
}

/**
 * Puts every row an import (state `undoing`) touched back as it was, in one transaction with its fact,
 * or changes nothing. Refuses `import-in-use`.
 */
export function undoImport(
  store: Store,
  found: ImportView,
  step: ImportStep,
): Promise<Refusal | null> {
  const { importId } = found;
  return inRefusableTransaction(store, async (client) => {
    await allowLongStatements(client);
    await client.query(
      'lock table organisation, organisation_region, member in share row exclusive mode',
    );
    const obstacle = await findUndoObstacle(client, importId);
    if (obstacle !== null) return refuseUndo(obstacle);
    await restoreMembers(client, importId);
    await restoreOrganisations(client, importId);
    await longQuery(client, 'delete from import_effect where import_id = $1', [importId]);
    const { rowCount } = await client.query(
      `update import set state = 'undone', undone_at = $2, faults = '[]'
       where import_id = $1 and state = 'undoing'`,
      [importId, step.now.toString()],
    );
    if (rowCount !== 1) throw new Error(`The import ${importId} was not being undone.`);
    return appendImportFact(client, found, { ...step, type: 'register.import-undone' });
  });
}

export function refuseUndo({ rows, importId }: UndoObstacle): Refusal {
  const who = importId === null ? 'by hand' : `by the import ${importId}`;
  return refuse(
    'import-in-use',
    `${rows} rows of the register were changed or used since, ${who}. Take that back first.`,
  );
}

/** What stands in the way of undoing an import; null = nothing. */
export async function findUndoObstacle(
  client: Client,
  importId: string,
): Promise<UndoObstacle | null> {
  const { rows } = await longQuery<{ rows: number; later: string | null }>(
    client,
    `with own as materialized (select * from import_effect where import_id = $1),
     changed as (
       select object, key from own e where case e.object
         when 'member' then not exists (
           select from member m where m.member_id = e.key::uuid and to_jsonb(m) @> e.after)
         when 'organisation' then not exists (
           select from organisation o where o.organisation_id = e.key::uuid and to_jsonb(o) @> e.after)
         else not exists (
           select from organisation_region r
           where r.organisation_id = split_part(e.key, '/', 1)::uuid
             and r.from_day = split_part(e.key, '/', 2)::date and to_jsonb(r) @> e.after) end
     ), added as (select object, key, key::uuid as id from own
                  where before is null and object <> 'organisation_region'),
     used as (
       select 'member' as object, m.member_id::text as key from added a
         join member m on m.organisation_id = a.id
       union all select 'organisation', o.organisation_id::text from added a
         join organisation o on o.parent_id = a.id
       union all select 'organisation_region', r.organisation_id || '/' || r.from_day from added a
         join organisation_region r on r.organisation_id = a.id
       union all select 'post', p.post_id::text from added a
         join post p on p.organisation_id = a.id or p.member_id = a.id
       union all select 'contact', c.contact_id::text from added a
         join contact c on c.member_id = a.id
       union all select 'person', p.person_id::text from added a
         join person p on p.member_id = a.id
     ), way as (
       select * from changed
       union select u.* from used u where not exists (
         select from own where own.object = u.object and own.key = u.key)
     )
     select count(*)::int as rows, (
       select i.import_id from import i join import_effect e using (import_id)
       join way on way.object = e.object and way.key = e.key
       where i.state = 'applied' and i.seq > (select seq from import where import_id = $1)
       order by i.seq desc limit 1) as later
     from way`,
    [importId],
  );
  const [row] = rows;
  return row === undefined || row.rows === 0 ? null : { rows: row.rows, importId: row.later };
}

async function restoreMembers(client: Client, importId: string): Promise<void> {
  await longQuery(
    client,
    `delete from member m using import_effect e
     where e.import_id = $1 and e.object = 'member' and e.before is null
       and m.member_id = e.key::uuid`,
    [importId],
  );
  await longQuery(
    client,
    `update member m set organisation_id = b.organisation_id, name = b.name, sex = b.sex,
       born_on = b.born_on, education = b.education, joined_on = b.joined_on,
       is_probationary = b.is_probationary
     from import_effect e cross join lateral jsonb_populate_record(null::member, e.before) b
     where e.import_id = $1 and e.object = 'member' and e.before is not null
       and m.member_id = e.key::uuid`,
    [importId],
  );
}

async function restoreOrganisations(client: Client, importId: string): Promise<void> {
  await longQuery(
    client,
    `delete from organisation_region r using import_effect e
     where e.import_id = $1 and e.object = 'organisation_region' and e.before is null
       and r.organisation_id = split_part(e.key, '/', 1)::uuid
       and r.from_day = split_part(e.key, '/', 2)::date`,
    [importId],
  );
  await longQuery(
    client,
    `update organisation_region r set region = b.region, to_day = b.to_day
     from import_effect e
     cross join lateral jsonb_populate_record(null::organisation_region, e.before) b
     where e.import_id = $1 and e.object = 'organisation_region' and e.before is not null
       and r.organisation_id = b.organisation_id and r.from_day = b.from_day`,
    [importId],
  );
  await longQuery(
    client,
    `update organisation o set name = b.name, kind = b.kind, is_functional = b.is_functional,
       parent_id = b.parent_id, path = b.path, founded_on = b.founded_on
     from import_effect e cross join lateral jsonb_populate_record(null::organisation, e.before) b
     where e.import_id = $1 and e.object = 'organisation' and e.before is not null
       and o.organisation_id = e.key::uuid`,
    [importId],
  );
  await longQuery(
    client,
    `delete from organisation o using import_effect e
     where e.import_id = $1 and e.object = 'organisation' and e.before is null
       and o.organisation_id = e.key::uuid`,
    [importId],
  );
}
