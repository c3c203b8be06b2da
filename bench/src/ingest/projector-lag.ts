import { isRefusal } from '@sightline/contracts';
import { appendCentreFacts, liveProjections, startProjector } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { within } from '#measure/within.ts';
import { limits } from '../limits.ts';

const betweenMs = 20;
const region = '540235100001';

/** From the commit of a fact to its projections being visible, one fact every 20 ms, in ms. */
export async function measureProjectorLag(facts: number): Promise<number[]> {
  await using store = await openTestStore();
  const committedAt = new Map<number, number>();
  const seenAt = new Map<number, number>();
  const allSeen = Promise.withResolvers<void>();
  await using _projector = startProjector(store, liveProjections, {
    onProjected: ({ from, to }) => {
      const now = performance.now();
      for (let position = from + 1; position <= to; position += 1) seenAt.set(position, now);
      if (seenAt.size >= facts) allSeen.resolve();
    },
  });
  for (let n = 0; n < facts; n += 1) {
    const appended = await appendCentreFacts(store, [lineDraft()]);
    if (isRefusal(appended)) throw new Error(appended.detail);
    committedAt.set(appended.position, performance.now());
    await delay(betweenMs);
  }
  const state = () => `${facts} facts projected; ${seenAt.size} are`;
  await within(allSeen.promise, limits.settleMs, state);
  // Seen in the same turn as the commit's answer: the answer was the later one.
  return [...committedAt].map(([position, at]) => Math.max(0, (seenAt.get(position) ?? at) - at));
}

function lineDraft() {
  return {
    at: Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }),
    region,
    stream: `terminal/${region}/t-1`,
    type: 'telemetry.noted' as const,
    world: 'actual' as const,
    actor: 'system:bench',
    data: { text: 'a line' },
  };
}
