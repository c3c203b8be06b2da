import type { Region } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';

/**
 * Forbids a person's template at every terminal of the village for which no code was given out at or
 * after `position` (null: at all of them). Returns how many that changed. The caller holds the person.
 */
export async function forbidFace(
  client: Client,
  {
    personId,
    region,
    position,
  }: { readonly personId: string; readonly region: Region; readonly position: number | null },
): Promise<number> {
  const { rowCount } = await client.query(
    `insert into face_permission as f (person_id, terminal_id, is_withdrawn)
     select $1, terminal_id, true from terminal where region = $2 order by terminal_id
     on conflict (person_id, terminal_id) do update set is_withdrawn = true
       where not f.is_withdrawn and ($3::bigint is null or f.granted_position < $3)`,
    [personId, region, position],
  );
  return rowCount ?? 0;
}

interface FaceAt {
  readonly personId: string;
  readonly terminalId: string;
}

/** Allows a person's template at one terminal again: a new consent is given there. */
export async function allowFace(client: Client, { personId, terminalId }: FaceAt): Promise<void> {
  await client.query(
    `insert into face_permission (person_id, terminal_id, is_withdrawn) values ($1, $2, false)
     on conflict (person_id, terminal_id) do update set is_withdrawn = false`,
    [personId, terminalId],
  );
}

/** Notes where in the log the code stands with which it was allowed: what came before is over. */
export async function noteGranted(
  client: Client,
  { personId, terminalId, position }: FaceAt & { readonly position: number },
): Promise<void> {
  await client.query(
    `update face_permission set granted_position = $3 where person_id = $1 and terminal_id = $2`,
    [personId, terminalId, position],
  );
}
