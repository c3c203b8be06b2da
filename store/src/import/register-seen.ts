import { importLimits } from './import-limits.ts';
import type { Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** An organisation as the register has it when a file is checked. */
export interface OrganisationSeen {
  readonly organisationId: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly isFunctional: boolean;
  readonly parentCode: string | null;
  readonly foundedOn: string | null;
  /** Where it stands now; null = nowhere. */
  readonly region: Region | null;
  readonly isEnded: boolean;
  readonly seen: Buffer;
}

/** A member as the register has them, found by the keyed hash of their number. */
export interface MemberSeen {
  readonly memberId: string;
  readonly hash: Buffer;
  readonly organisationId: string;
  readonly name: string;
  readonly sex: string;
  readonly bornOn: string;
  readonly education: string;
  readonly joinedOn: string;
  readonly isProbationary: boolean;
  readonly seen: Buffer;
}

/** Digest of an organisation `o` with the region row `r` it stands in; applying compares it again. */
export const organisationDigest = `register_digest(to_jsonb(o) || jsonb_build_object('r', to_jsonb(r)))`;

/** Every organisation, by code. Throws where there are more than the named limit. */
export async function loadOrganisationsSeen(
  db: Queryable,
): Promise<ReadonlyMap<string, OrganisationSeen>> {
  const { rows } = await db.query<OrganisationSeen>(
    `select o.organisation_id as "organisationId", o.code, o.name, o.kind,
            o.is_functional as "isFunctional", p.code as "parentCode",
            o.founded_on as "foundedOn", r.region, o.ended_on is not null as "isEnded",
            ${organisationDigest} as seen
     from organisation o
     left join organisation p on p.organisation_id = o.parent_id
     left join organisation_region r on r.organisation_id = o.organisation_id and r.to_day is null
     order by o.path limit $1`,
    [importLimits.organisations + 1],
  );
  if (rows.length > importLimits.organisations) {
    throw new Error(`There are more than ${importLimits.organisations} organisations.`);
  }
  return new Map(rows.map((row) => [row.code, row]));
}

/** The members these numbers belong to, by the hash in hexadecimal. */
export async function findMembersSeen(
  db: Queryable,
  hashes: readonly Buffer[],
): Promise<ReadonlyMap<string, MemberSeen>> {
  const { rows } = await db.query<MemberSeen>(
    `select m.member_id as "memberId", m.id_hash as hash, m.organisation_id as "organisationId",
            m.name, m.sex, m.born_on as "bornOn", m.education, m.joined_on as "joinedOn",
            m.is_probationary as "isProbationary", register_digest(to_jsonb(m)) as seen
     from member m where m.left_on is null and m.id_hash = any ($1)`,
    [hashes],
  );
  return new Map(rows.map((row) => [row.hash.toString('hex'), row]));
}

/** Every division by code, with whether it is history. */
export async function loadRegionsSeen(
  db: Queryable,
): Promise<ReadonlyMap<Region, { readonly isEnded: boolean }>> {
  const { rows } = await db.query<{ region: string; ended: boolean }>(
    'select region, ended_on is not null as ended from division',
  );
  return new Map(rows.map((row) => [row.region, { isEnded: row.ended }]));
}

/** Whether no member stands in the register, and no import ever brought any. */
export async function isRegisterUnfilled(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ unfilled: boolean }>(
    `select not exists (select from member) and not exists (
       select from import where kind = 'members' and applied_at is not null) as unfilled`,
  );
  return rows[0]?.unfilled === true;
}
