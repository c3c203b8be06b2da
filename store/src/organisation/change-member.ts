import { refuse, type Education, type Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';

/** What may be changed of a member by hand; birth date and sex follow from the id number. */
export interface MemberChange {
  readonly memberId: string;
  readonly name: string;
  readonly education: Education;
  readonly joinedOn: string;
  readonly isProbationary: boolean;
}

/** Writes what the register says of a member. Refuses who has left, and a joining day before birth. */
export async function changeMember(client: Client, member: MemberChange): Promise<Refusal | null> {
  const { rowCount } = await client.query(
    `update member set name = $2, education = $3, joined_on = $4, is_probationary = $5
     where member_id = $1 and left_on is null and born_on < $4`,
    [member.memberId, member.name, member.education, member.joinedOn, member.isProbationary],
  );
  if (rowCount === 1) return null;
  return refuse('not-a-member', 'They left already, or would have joined before they were born.');
}

/**
 * Puts a member into another organisation, which must stand. Posts in the organisation they leave end
 * on the day; those elsewhere, say in the committee above, stay.
 */
export async function transferMember(
  client: Client,
  {
    memberId,
    organisationId,
    day,
  }: { readonly memberId: string; readonly organisationId: string; readonly day: string },
): Promise<Refusal | null> {
  // Held until the end: it cannot end while somebody is on the way to it.
  await client.query(
    'select from organisation where organisation_id = $1 and ended_on is null for share',
    [organisationId],
  );
  const { rows } = await client.query<{ left: string }>(
    `update member m set organisation_id = $2 from member was
     where m.member_id = $1 and was.member_id = m.member_id and m.left_on is null
       and m.organisation_id <> $2
       and exists (select from organisation where organisation_id = $2 and ended_on is null)
     returning was.organisation_id as left`,
    [memberId, organisationId],
  );
  const [moved] = rows;
  if (moved === undefined) {
    return refuse('no-transfer', 'The member belongs there already, has left, or it has ended.');
  }
  await endPosts(client, { memberId, organisationId: moved.left, day });
  return null;
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
  await endPosts(client, { memberId, organisationId: null, day });
  return null;
}

/** Ends the posts of one organisation, or all; one that has not begun by that day never was. */
async function endPosts(
  client: Client,
  {
    memberId,
    organisationId,
    day,
  }: { readonly memberId: string; readonly organisationId: string | null; readonly day: string },
): Promise<void> {
  const which = `member_id = $1 and ($2::uuid is null or organisation_id = $2)`;
  await client.query(`delete from post where ${which} and from_day >= $3`, [
    memberId,
    organisationId,
    day,
  ]);
  await client.query(
    `update post set to_day = $3 where ${which} and (to_day is null or to_day > $3)`,
    [memberId, organisationId, day],
  );
}
