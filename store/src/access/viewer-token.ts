import { randomUUID } from 'node:crypto';
import { regionRange, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { hashToken, newToken } from './token.ts';

/** A screen's right to look at one region, without names, until revoked. */
export interface ViewerToken {
  readonly tokenId: string;
  readonly region: Region;
  readonly label: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

interface ViewerTokenRow {
  readonly token_id: string;
  readonly region: string;
  readonly label: string;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

/** A new viewer token; the text is returned once and kept only as its hash. `token`: drawn by the caller. */
export async function issueViewerToken(
  store: Queryable,
  issue: {
    readonly region: Region;
    readonly label: string;
    readonly now: Temporal.Instant;
    readonly token?: string;
  },
): Promise<{ readonly token: string; readonly tokenId: string }> {
  const token = issue.token ?? newToken();
  const tokenId = randomUUID();
  await store.query(
    `insert into viewer_token (token_id, token_hash, region, label, created_at)
     values ($1, $2, $3, $4, $5)`,
    [tokenId, hashToken(token), issue.region, issue.label.slice(0, 64), issue.now.toString()],
  );
  return { token, tokenId };
}

/** The viewer token behind a text, or null when unknown or revoked. */
export async function findViewerToken(
  store: Queryable,
  token: string,
): Promise<ViewerToken | null> {
  const { rows } = await store.query<ViewerTokenRow>(
    'select * from viewer_token where token_hash = $1 and revoked_at is null',
    [hashToken(token)],
  );
  return rows[0] === undefined ? null : viewerTokenOf(rows[0]);
}

/** The viewer tokens of regions within the scope, newest first; at most 200. */
export async function listViewerTokens(store: Queryable, scope: Region): Promise<ViewerToken[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await store.query<ViewerTokenRow>(
    `select * from viewer_token where region >= $1 and region < $2
     order by created_at desc, token_id limit 200`,
    [from, to],
  );
  return rows.map(viewerTokenOf);
}

/** The region of a viewer token, whether it is revoked or not; null when there is none. */
export async function findViewerTokenRegion(
  store: Queryable,
  tokenId: string,
): Promise<Region | null> {
  const { rows } = await store.query<{ region: string }>(
    'select region from viewer_token where token_id = $1',
    [tokenId],
  );
  return rows[0]?.region ?? null;
}

/** Revokes a viewer token within the scope; false when there is no such live one. */
export async function revokeViewerToken(
  store: Queryable,
  end: { readonly tokenId: string; readonly scope: Region; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { from, to } = regionRange(end.scope);
  const { rowCount } = await store.query(
    `update viewer_token set revoked_at = $4
     where token_id = $1 and region >= $2 and region < $3 and revoked_at is null`,
    [end.tokenId, from, to, end.now.toString()],
  );
  return rowCount === 1;
}

function viewerTokenOf(row: ViewerTokenRow): ViewerToken {
  return {
    tokenId: row.token_id,
    region: row.region,
    label: row.label,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  };
}
