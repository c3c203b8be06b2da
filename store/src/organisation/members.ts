import { watchZone, type Education, type Region } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';
import { findOrganisationRegion } from './read-organisations.ts';

/** 党员 as the register shows them. */
export interface Member {
  readonly memberId: string;
  readonly name: string;
  readonly sex: 'female' | 'male';
  readonly bornOn: string;
  readonly education: Education;
  readonly joinedOn: string;
  readonly isProbationary: boolean;
  readonly idMasked: string;
  readonly posts: readonly string[];
}

/** The members of one organisation by name; `after` is the last row shown. The receipt proves the audit row. */
export async function listMembers(
  db: Queryable,
  _receipt: AuditReceipt,
  page: {
    readonly organisationId: string;
    readonly limit: number;
    readonly after: { readonly memberId: string } | null;
  },
): Promise<Member[]> {
  const { rows } = await db.query<Member>(
    `select m.member_id as "memberId", m.name, m.sex, m.born_on::text as "bornOn", m.education,
            m.joined_on::text as "joinedOn", m.is_probationary as "isProbationary",
            m.id_masked as "idMasked",
            array(select p.title from post p where p.member_id = m.member_id
                  and p.from_day <= t.day and (p.to_day is null or p.to_day > t.day)
                  order by p.title) as posts
     from member m cross join (select (now() at time zone '${watchZone}')::date as day) t
     where m.organisation_id = $1 and m.left_on is null
       and ($2::uuid is null or (m.name, m.member_id) > (
         select last.name, last.member_id from member last where last.member_id = $2))
     order by m.name, m.member_id limit $3`,
    [page.organisationId, page.after?.memberId ?? null, page.limit],
  );
  return rows;
}

/** Where the organisation of a member stands on the day; null when there is no such member, or they left. */
export async function findMemberRegion(
  db: Queryable,
  { memberId, day }: { readonly memberId: string; readonly day: string },
): Promise<Region | null> {
  const { rows } = await db.query<{ organisationId: string }>(
    `select organisation_id as "organisationId" from member
     where member_id = $1 and left_on is null`,
    [memberId],
  );
  const [member] = rows;
  return member === undefined ? null : findOrganisationRegion(db, { ...member, day });
}

/** The sealed id number of a member; the receipt proves that this reading stands in the audit. */
export async function readSealedIdNumber(
  db: Queryable,
  _receipt: AuditReceipt,
  memberId: string,
): Promise<Buffer | null> {
  const { rows } = await db.query<{ sealed: Buffer }>(
    'select id_cipher as sealed from member where member_id = $1',
    [memberId],
  );
  return rows[0]?.sealed ?? null;
}

/**
 * Whether anything of the register was sealed under another key: each sealed text begins with the id
 * of its key (`IdVault` of the centre). 73,623 members take about 20 ms.
 */
export async function hasForeignSeals(db: Queryable, keyId: Buffer): Promise<boolean> {
  const { rows } = await db.query<{ isForeign: boolean }>(
    `select exists (select from member
                    where id_cipher <> '' and substr(id_cipher, 1, length($1::bytea)) <> $1::bytea)
         or exists (select from contact
                    where substr(cipher, 1, length($1::bytea)) <> $1::bytea) as "isForeign"`,
    [keyId],
  );
  return rows[0]?.isForeign ?? false;
}
