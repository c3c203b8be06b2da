import { refuse, type Education, type Refusal, type Region } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Client, Queryable } from '#engine/store.ts';

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
    readonly after: { readonly name: string; readonly memberId: string } | null;
  },
): Promise<Member[]> {
  const { rows } = await db.query<Member>(
    `select m.member_id as "memberId", m.name, m.sex, m.born_on::text as "bornOn", m.education,
            m.joined_on::text as "joinedOn", m.is_probationary as "isProbationary",
            m.id_masked as "idMasked",
            array(select p.title from post p where p.member_id = m.member_id
                  and p.from_day <= current_date and (p.to_day is null or p.to_day > current_date)
                  order by p.title) as posts
     from member m
     where m.organisation_id = $1 and m.left_on is null
       and ($2::text is null or (m.name, m.member_id) > ($2, $3::uuid))
     order by m.name, m.member_id limit $4`,
    [page.organisationId, page.after?.name ?? null, page.after?.memberId ?? null, page.limit],
  );
  return rows;
}

/** Where the organisation of a member stands; null when there is no such member, or they left. */
export async function findMemberRegion(db: Queryable, memberId: string): Promise<Region | null> {
  const { rows } = await db.query<{ region: string }>(
    `select r.region from member m join organisation_region r using (organisation_id)
     where m.member_id = $1 and m.left_on is null order by r.from_day desc limit 1`,
    [memberId],
  );
  return rows[0]?.region ?? null;
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

/** Puts a member into another organisation, which must stand. */
export async function transferMember(
  client: Client,
  { memberId, organisationId }: { readonly memberId: string; readonly organisationId: string },
): Promise<Refusal | null> {
  const { rowCount } = await client.query(
    `update member set organisation_id = $2
     where member_id = $1 and left_on is null and organisation_id <> $2
       and exists (select from organisation where organisation_id = $2 and ended_on is null)`,
    [memberId, organisationId],
  );
  if (rowCount === 1) return null;
  return refuse('no-transfer', 'The member belongs there already, has left, or it has ended.');
}

/** Ends a membership on a day: posts end with it, the row stays for the record. */
export async function leaveMember(
  client: Client,
  { memberId, day }: { readonly memberId: string; readonly day: string },
): Promise<Refusal | null> {
  const { rowCount } = await client.query(
    `update member set left_on = $2 where member_id = $1 and left_on is null and joined_on < $2`,
    [memberId, day],
  );
  if (rowCount !== 1) return refuse('not-a-member', 'They left already, or joined after that day.');
  await client.query(
    `update post set to_day = $2 where member_id = $1 and to_day is null and from_day < $2`,
    [memberId, day],
  );
  return null;
}
