import { createHash, randomUUID } from 'node:crypto';
import { prefecture5402 } from '@sightline/contracts/divisions';
import type { Store } from '@sightline/store';

const fullMembers = 73_623;
const rowsAtOnce = 5_000;

/** A number of its own for each member, from a fixed seed: the composition is the same at each run. */
const mixed = (index: number, salt: number) =>
  createHash('sha256').update(`${salt}/${index}`).digest().readUInt32BE();

/** A branch in every division, and members spread over them; sealed numbers are empty here. */
export async function fillMembers(
  store: Store,
  share: number,
): Promise<{ readonly members: number; readonly organisations: number }> {
  const places = prefecture5402.map(({ code }) => ({ organisationId: randomUUID(), code }));
  await store.pool.query(
    `with added as (
       insert into organisation (organisation_id, code, name, kind, path)
       select id, code, 'branch ' || code, 'branch', code || '.'
       from unnest($1::uuid[], $2::text[]) as o (id, code) returning organisation_id, code)
     insert into organisation_region (organisation_id, region, from_day)
     select organisation_id, code, '2000-01-01' from added`,
    [places.map(({ organisationId }) => organisationId), places.map(({ code }) => code)],
  );
  const members = Math.max(1, Math.round(fullMembers * share));
  for (let from = 0; from < members; from += rowsAtOnce) {
    const indexes = Array.from(
      { length: Math.min(rowsAtOnce, members - from) },
      (_, i) => from + i,
    );
    await store.pool.query(insertMembers, [
      indexes.map((index) => places[mixed(index, 0) % places.length]?.organisationId),
      indexes.map((index) => (mixed(index, 1) % 4 === 0 ? 'female' : 'male')),
      indexes.map((index) => 18 * 365 + (mixed(index, 2) % (65 * 365))),
      indexes.map((index) => mixed(index, 3) % 7),
      indexes.map((index) => mixed(index, 4) % (45 * 365)),
    ]);
  }
  await store.pool.query('analyze');
  return { members, organisations: places.length };
}

const insertMembers = `
  insert into member (member_id, organisation_id, name, sex, born_on, education, joined_on,
    id_cipher, id_hash, id_masked, added_at)
  select gen_random_uuid(), g.organisation_id, 'somebody', g.sex,
    date '2026-11-26' - g.age_days - g.member_days,
    (array['primary', 'junior-middle', 'senior-middle', 'vocational', 'college', 'bachelor',
           'postgraduate'])[g.education + 1],
    date '2026-11-26' - g.member_days, '', sha256(gen_random_uuid()::text::bytea),
    '5402*************X', now()
  from unnest($1::uuid[], $2::text[], $3::integer[], $4::integer[], $5::integer[])
    as g (organisation_id, sex, age_days, education, member_days)`;
