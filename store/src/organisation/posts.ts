import { refuse, type Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';

export interface NewPost {
  readonly postId: string;
  readonly memberId: string;
  readonly organisationId: string;
  readonly title: string;
  readonly fromDay: string;
}

/** Posts a member may hold or have held: more is a mistake. */
const postsAtMost = 64;

/** 任职. Gives a member a post in an organisation that stands, from a day on. */
export async function addPost(client: Client, post: NewPost): Promise<Refusal | null> {
  const { rows } = await client.query<{ posts: number; holds: boolean }>(
    `select count(*)::integer as posts,
            coalesce(bool_or(organisation_id = $2 and title = $3 and to_day is null), false) as holds
     from post where member_id = $1`,
    [post.memberId, post.organisationId, post.title],
  );
  const { posts = 0, holds = false } = rows[0] ?? {};
  if (posts >= postsAtMost) {
    return refuse('too-many-posts', `A member has at most ${postsAtMost} posts in their record.`);
  }
  const { rowCount } = await client.query(
    `insert into post (post_id, organisation_id, member_id, title, from_day)
     select $1, o.organisation_id, m.member_id, $4, $5
     from member m cross join organisation o
     where m.member_id = $3 and m.left_on is null and not $6::boolean
       and o.organisation_id = $2 and o.ended_on is null
     on conflict do nothing`,
    [post.postId, post.organisationId, post.memberId, post.title, post.fromDay, holds],
  );
  if (rowCount === 1) return null;
  return refuse(
    'no-post',
    'They hold this post already, have left, or the organisation has ended.',
  );
}

/** 免职. Ends a post on a day; it must have begun before. */
export async function endPost(
  client: Client,
  post: { readonly postId: string; readonly memberId: string; readonly day: string },
): Promise<Refusal | null> {
  const { rowCount } = await client.query(
    `update post set to_day = $3
     where post_id = $1 and member_id = $2 and to_day is null and from_day < $3`,
    [post.postId, post.memberId, post.day],
  );
  if (rowCount === 1) return null;
  return refuse('no-such-post', 'There is no such post, it has ended, or begins later.');
}
