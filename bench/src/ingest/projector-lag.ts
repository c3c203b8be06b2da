import { appendCentreFacts, liveProjections, startProjector } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { setTimeout as delay } from 'node:timers/promises';

const facts = 300;
const betweenMs = 20;

/** From the commit of a fact to its projections being visible, for 300 facts at 50 a second, in ms. */
export async function measureProjectorLag(): Promise<number[]> {
  await using store = await openTestStore();
  const committedAt = new Map<number, number>();
  const lags: number[] = [];
  await using _projector = startProjector(store, liveProjections, {
    onProjected: ({ to }) => {
      const at = committedAt.get(to);
      if (at !== undefined) lags.push(performance.now() - at);
    },
  });
  for (let n = 0; n < facts; n += 1) {
    const region = '540235100001';
    const appended = await appendCentreFacts(store, [
      {
        at: Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }),
        region,
        stream: `terminal/${region}/t-1`,
        type: 'telemetry.noted',
        world: 'actual',
        actor: 'system:bench',
        data: { text: 'a line' },
      },
    ]);
    if ('position' in appended) committedAt.set(appended.position, performance.now());
    await delay(betweenMs);
  }
  return lags;
}
