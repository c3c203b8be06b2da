import { randomUUID } from 'node:crypto';
import { dutyPosts, isRefusal, shiftsOf, type Region, type RosterSlot } from '@sightline/contracts';
import {
  addPeople,
  catchUp,
  changeRosters,
  createTerminals,
  inRefusableTransaction,
  liveProjections,
  seedDivisions,
  type Store,
} from '@sightline/store';
import { enrolled, record } from './start-test-centre.ts';

/** Somebody of a village, and who comes when they do not. */
export interface SeededVillage {
  readonly region: Region;
  readonly holder: string;
  readonly fallback: string;
}

/**
 * Villages with a terminal that is heard, two people each and a roster of `days` days: the first person
 * holds the watch day and night, the second is the fallback.
 */
export async function seedWatch(
  store: Store,
  {
    regions,
    from,
    days,
    now,
  }: {
    readonly regions: readonly Region[];
    readonly from: string;
    readonly days: number;
    readonly now: Temporal.Instant;
  },
): Promise<SeededVillage[]> {
  await seedDivisions(store.pool);
  const villages = regions.map((region) => ({
    region,
    holder: randomUUID(),
    fallback: randomUUID(),
  }));
  const change = { now, actor: 'system:test' };
  await createTerminals(
    store,
    regions.map((region) => ({ terminalId: `t-${region}`, region, simulated: true })),
  );
  const people = villages.flatMap(({ region, holder, fallback }) =>
    [holder, fallback].map((personId) => ({ personId, region, name: '扎西', post: '委员' })),
  );
  refuseNothing(await addPeople(store, people, change));
  const window = { from, days, posts: dutyPosts };
  const rosters = villages.map(({ region, holder, fallback }) => ({
    region,
    window,
    slots: shiftsOf(window).map((shift): RosterSlot => ({
      post: 'watch',
      shift,
      personId: holder,
      fallbackId: fallback,
    })),
  }));
  refuseNothing(
    await inRefusableTransaction(store, (client) =>
      changeRosters(client, rosters, { ...change, why: 'generated' }),
    ),
  );
  await record(store, regions.map(enrolled));
  const since = now.toString({ fractionalSecondDigits: 3 });
  await record(
    store,
    regions.map((region) => ({
      region,
      type: 'terminal.presence-changed' as const,
      data: { terminalId: `t-${region}`, status: 'online' as const, since },
    })),
  );
  await catchUp(store, liveProjections);
  return villages;
}

function refuseNothing(result: unknown): void {
  if (isRefusal(result)) throw new Error(result.detail);
}
