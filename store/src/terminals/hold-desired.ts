import { isDeepStrictEqual } from 'node:util';
import type { Desired, Region } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { updateDesired } from './desired.ts';

/** Lists that may be left out of a document as long as there is nothing in them. */
type ToldList = 'shiftChanges' | 'appeals' | 'absences';

/** A list of what should be at a terminal, as its document has it; null = it was never told of any. */
export interface HeldList<K extends ToldList> {
  readonly terminalId: string;
  readonly region: Region;
  readonly list: K;
  readonly before: Desired[K] | null;
}

/**
 * Holds a list of the documents of those villages' terminals until the end of the transaction. Comes before
 * anything is appended: whoever holds a document waits for the log, nobody the other way round.
 */
export async function holdDesired<K extends ToldList>(
  client: Client,
  regions: readonly Region[],
  list: K,
): Promise<HeldList<K>[]> {
  const { rows } = await client.query<Omit<HeldList<K>, 'list'>>(
    `select t.terminal_id as "terminalId", t.region, d.document -> $2::text as before
     from terminal t join desired d using (terminal_id)
     where t.region = any ($1) order by t.terminal_id for update of d`,
    [regions, list],
  );
  return rows.map((row) => ({ ...row, list }));
}

/** Writes a list into a document that is held; one that says so already keeps its version. */
export async function tellList<K extends ToldList>(
  client: Client,
  { terminalId, list, before }: HeldList<K>,
  told: NonNullable<Desired[K]>,
): Promise<void> {
  if (isDeepStrictEqual(before ?? [], told)) return;
  await updateDesired(client, terminalId, (desired) => ({ ...desired, [list]: told }));
}
