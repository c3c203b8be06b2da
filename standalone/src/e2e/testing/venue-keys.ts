import type { Desired } from '@sightline/contracts';
import { readDesired, type Store } from '@sightline/store';

/** What opens a seat of a meeting, and where. */
export interface VenueKey {
  readonly mediaUrl: string;
  readonly seatToken: string;
}

/** What each village's terminal was told of the meeting, by region. */
export async function venueKeys(
  store: Store,
  meetingId: string,
): Promise<ReadonlyMap<string, VenueKey>> {
  const { rows } = await store.pool.query<{ terminalId: string; region: string }>(
    'select terminal_id as "terminalId", region from terminal order by region',
  );
  const documents = await Promise.all(
    rows.map(async ({ terminalId, region }) => ({
      region,
      desired: (await readDesired(store.pool, terminalId)) as Desired | null, // As it is published.
    })),
  );
  return new Map(
    documents.flatMap(({ region, desired }) => {
      const meeting = desired?.meetings?.find((one) => one.meetingId === meetingId);
      return meeting === undefined ? [] : [[region, meeting] as const];
    }),
  );
}
