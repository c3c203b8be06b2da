import type { ContactKind, Education } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';

/** 职务, held or once held. */
export interface Post {
  readonly postId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly title: string;
  readonly fromDay: string;
  readonly toDay: string | null;
}

/** One member with everything the register keeps of them, numbers covered. */
export interface MemberRecord {
  readonly memberId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly sex: 'female' | 'male';
  readonly bornOn: string;
  readonly education: Education;
  readonly joinedOn: string;
  readonly isProbationary: boolean;
  readonly idMasked: string;
  /** Newest first. */
  readonly posts: readonly Post[];
  readonly contacts: readonly { readonly kind: ContactKind; readonly masked: string }[];
}

type Row = Omit<MemberRecord, 'posts' | 'contacts'>;

/** Null when there is no such member, or they left. The receipt proves the audit row. */
export async function readMember(
  db: Queryable,
  _receipt: AuditReceipt,
  memberId: string,
): Promise<MemberRecord | null> {
  const { rows } = await db.query<Row>(
    `select member_id as "memberId", organisation_id as "organisationId", name, sex,
            born_on::text as "bornOn", education, joined_on::text as "joinedOn",
            is_probationary as "isProbationary", id_masked as "idMasked"
     from member where member_id = $1 and left_on is null`,
    [memberId],
  );
  const [member] = rows;
  if (member === undefined) return null;
  const posts = await db.query<Post>(
    `select p.post_id as "postId", p.organisation_id as "organisationId",
            o.name as "organisationName", p.title, p.from_day::text as "fromDay",
            p.to_day::text as "toDay"
     from post p join organisation o using (organisation_id)
     where p.member_id = $1 order by p.from_day desc, p.post_id`,
    [memberId],
  );
  const contacts = await db.query<{ kind: ContactKind; masked: string }>(
    'select kind, masked from contact where member_id = $1 order by kind',
    [memberId],
  );
  return { ...member, posts: posts.rows, contacts: contacts.rows };
}
