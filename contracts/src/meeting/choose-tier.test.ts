import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseTier } from './choose-tier.ts';
import type { LinkMeasure } from './link-measure.ts';
import {
  rank,
  startTier,
  tierClocks,
  tierNeedsKbps,
  tiers,
  type Tier,
  type TierState,
} from './tier.ts';

const runs = { numRuns: 10_000 };
const tookMs = fc.integer({ min: 0, max: 12_000 });
const measure: fc.Arbitrary<LinkMeasure> = fc.record({
  availableKbps: fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: null }),
  lossShare: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
  silentMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000 })),
  isHeard: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  delay: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(null, { ms: 40, beforeMs: 40 }) },
    fc.record({ ms: tookMs, beforeMs: fc.option(tookMs, { nil: null }) }),
  ),
});
const good: LinkMeasure = {
  availableKbps: null,
  lossShare: 0,
  silentMs: 0,
  isHeard: true,
  delay: null,
};
const step = fc.record({
  measure,
  afterMs: fc.integer({ min: 1_000, max: 5_000 }),
  best: fc.oneof(
    { weight: 9, arbitrary: fc.constant<Tier>('video-300') },
    fc.constantFrom(...tiers),
  ),
});
const steps = fc.array(step, { minLength: 1, maxLength: 60 });
const first = fc.constantFrom(...tiers);

interface Moment {
  readonly before: TierState;
  readonly after: TierState;
  readonly measure: LinkMeasure;
  readonly best: Tier;
  readonly nowMs: number;
}

function play(
  tier: Tier,
  path: readonly { measure: LinkMeasure; afterMs: number; best: Tier }[],
): Moment[] {
  let nowMs = 1_000;
  let state = startTier(nowMs, tier);
  return path.map(({ measure: seen, afterMs, best }) => {
    nowMs += afterMs;
    const before = state;
    state = chooseTier(before, seen, { nowMs, best });
    return { before, after: state, measure: seen, best, nowMs };
  });
}

/** Late, and later than before; after a fall the first report found the queue at its longest. */
const isLate = ({ measure: { delay }, before: { reason, tier } }: Moment) => {
  if (delay === null || delay.ms < tierClocks.lateMs || tier === 'audio') return false;
  const isTry = reason === 'starting' || reason === 'recovering' || reason === 'good';
  return delay.beforeMs === null ? isTry : delay.ms >= delay.beforeMs;
};

/** So late that a word of the voice alone would come too late to be an answer. */
const isDeep = ({ measure: { delay }, before: { tier } }: Moment) =>
  tier === 'audio' && (delay?.ms ?? 0) >= tierClocks.deepMs;

const isWeak = (moment: Moment) => isLate(moment) || isDeep(moment) || isWeakInTime(moment);
const isWeakInTime = ({ measure: { availableKbps, lossShare, silentMs }, before }: Moment) =>
  silentMs >= tierClocks.silentMs ||
  lossShare > (before.tier === 'audio' ? tierClocks.voiceLossShare : tierClocks.lossShare) ||
  (availableKbps !== null && availableKbps < tierNeedsKbps[before.tier] * 0.85);

/** A step that is being tried, with nothing lost or late: its estimate knows nothing yet. */
const isTried = ({ before, measure: { lossShare, silentMs, delay }, nowMs }: Moment) =>
  (delay?.ms ?? 0) < tierClocks.lateMs &&
  (before.reason === 'recovering' || before.reason === 'starting') &&
  nowMs - before.sinceMs < tierClocks.trialMs &&
  lossShare <= tierClocks.calmLossShare &&
  silentMs < tierClocks.silentMs;

describe('a tier', () => {
  test('climbs one step at a time, no sooner than its time, and never from a weak link', () => {
    fc.assert(
      fc.property(first, steps, (tier, path) => {
        for (const moment of play(tier, path)) {
          const { before, after, nowMs } = moment;
          const risen = rank(before.tier) - rank(after.tier);
          if (risen <= 0) continue;
          if (before.chosenFrom !== null) {
            expect(rank(after.tier)).toBeGreaterThanOrEqual(rank(before.chosenFrom));
            expect(rank(after.tier)).toBeGreaterThanOrEqual(rank('video-64'));
            expect(before.tier === 'text' || !isWeak(moment)).toBe(true);
            continue;
          }
          expect(risen).toBe(1);
          expect(moment.measure.isHeard).toBe(true);
          expect(nowMs).toBeGreaterThanOrEqual(before.nextTryMs);
          expect(before.tier === 'text' || !isWeak(moment) || isTried(moment)).toBe(true);
          expect(after.reason).toBe(before.reason === 'starting' ? 'starting' : 'recovering');
        }
      }),
      runs,
    );
  });

  test('has just begun until something speaks against the link, and never again', () => {
    fc.assert(
      fc.property(first, steps, (tier, path) => {
        for (const { before, after } of play(tier, path)) {
          if (after.reason !== 'starting') continue;
          expect(before.reason).toBe('starting');
          expect(rank(after.tier)).toBeLessThanOrEqual(rank(before.tier));
        }
      }),
      runs,
    );
    const lossy = { ...good, lossShare: 0.05 };
    const held = chooseTier(startTier(0), lossy, { nowMs: 7_000 });
    expect(held).toMatchObject({ tier: 'video-64', reason: 'recovering' });
  });

  test('is never above what the venue chose', () => {
    fc.assert(
      fc.property(first, steps, (tier, path) => {
        for (const { after, before, best } of play(tier, path)) {
          expect(rank(after.tier)).toBeGreaterThanOrEqual(rank(best));
          if (rank(before.tier) < rank(best)) expect(after.reason).toBe('chosen');
        }
      }),
      runs,
    );
  });

  test('is at once what it was when the venue no longer chooses less', () => {
    const shut = chooseTier(startTier(0, 'video-300'), good, { nowMs: 1_000, best: 'audio' });
    expect(shut).toMatchObject({ tier: 'audio', reason: 'chosen', failedTries: 0 });
    const still = chooseTier(shut, good, { nowMs: 60_000, best: 'audio' });
    expect(still).toMatchObject({ tier: 'audio', reason: 'chosen' });
    const opened = chooseTier(still, good, { nowMs: 61_000 });
    expect(opened).toMatchObject({ tier: 'video-64', reason: 'recovering' });
    const weak = chooseTier(startTier(0, 'stills'), good, { nowMs: 1_000, best: 'audio' });
    expect(chooseTier(weak, good, { nowMs: 2_000 }).tier).toBe('stills');
    // What was found weak meanwhile is not tried at once.
    const dead = { ...good, silentMs: tierClocks.silentMs };
    const fallen = chooseTier(shut, dead, { nowMs: 5_000, best: 'audio' });
    expect(chooseTier(fallen, good, { nowMs: 6_000 }).tier).toBe('text');
  });

  test('falls to what the estimate carries, and only when the weakness lasted or all was silent', () => {
    fc.assert(
      fc.property(first, steps, (tier, path) => {
        for (const moment of play(tier, path)) {
          const { before, after, best, nowMs } = moment;
          const { availableKbps, lossShare, silentMs } = moment.measure;
          const hasFallen = rank(after.tier) > rank(before.tier);
          if (!hasFallen || rank(before.tier) < rank(best)) continue;
          expect(isWeak(moment)).toBe(true);
          const isOld = nowMs - (before.weakSinceMs ?? nowMs) >= tierClocks.weakMs;
          expect(isOld || silentMs >= tierClocks.silentMs || isLate(moment) || isDeep(moment)).toBe(
            true,
          );
          // Out of a jam: the voice alone, and then nothing.
          const unstuck = before.tier === 'audio' ? 'text' : 'audio';
          const isJam = (moment.measure.delay?.ms ?? 0) >= tierClocks.silentMs;
          if (isJam && after.tier === unstuck) continue;
          if (silentMs >= tierClocks.silentMs) {
            expect(after.tier).toBe(unstuck);
            continue;
          }
          const isCalm = lossShare <= tierClocks.calmLossShare;
          if (availableKbps === null || isCalm)
            expect(rank(after.tier)).toBe(rank(before.tier) + 1);
          else if (after.tier !== 'audio') {
            expect(tierNeedsKbps[after.tier]).toBeLessThanOrEqual(availableKbps);
          }
        }
      }),
      runs,
    );
  });

  test('is text alone only where not even a voice was carried', () => {
    fc.assert(
      fc.property(first, steps, (tier, path) => {
        for (const { before, after, best } of play(tier, path)) {
          if (after.tier !== 'text' || before.tier === 'text' || best === 'text') continue;
          expect(before.tier).toBe('audio');
        }
      }),
      runs,
    );
  });

  test('a voice of which a third is lost goes on; one of which half is lost does not', () => {
    const voice: TierState = { ...startTier(0, 'audio'), reason: 'loss' };
    const passFor = (lossShare: number) => {
      let state = voice;
      for (let nowMs = 1_000; nowMs <= 20_000; nowMs += 1_000)
        state = chooseTier(state, { ...good, lossShare }, { nowMs });
      return state.tier;
    };
    expect([passFor(0.33), passFor(0.5)]).toEqual(['audio', 'text']);
  });

  test('does not flap: after each try that failed it waits at least twice as long, to a minute', () => {
    const dead: LinkMeasure = { ...good, lossShare: 0.5 };
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 2_000 }), (everyMs) => {
        let nowMs = 0;
        let state = startTier(nowMs, 'audio');
        const triedMs: number[] = [];
        // Whatever is above voice is lost at once.
        while (nowMs < 600_000) {
          nowMs += everyMs;
          const { tier } = state;
          state = chooseTier(state, tier === 'audio' ? good : dead, { nowMs });
          if (rank(state.tier) < rank(tier)) triedMs.push(nowMs);
        }
        const waits = triedMs.slice(1).map((at, n) => at - (triedMs[n] ?? 0));
        for (const [n, wait] of waits.entries()) {
          const least = Math.min(tierClocks.firstTryMs * 2 ** (n + 1), tierClocks.tryMaxMs);
          expect(wait).toBeGreaterThanOrEqual(least);
        }
        expect(triedMs.length).toBeLessThanOrEqual(14);
      }),
    );
  });

  test('a step that is tried is not given up for a low estimate while nothing is lost', () => {
    const cautious: LinkMeasure = { ...good, availableKbps: 40 };
    const tried: TierState = {
      ...startTier(0, 'video-128'),
      reason: 'recovering',
      nextTryMs: 6_000,
    };
    expect(chooseTier(tried, cautious, { nowMs: 3_000 }).tier).toBe('video-128');
    const lossy = { ...cautious, lossShare: 0.05 };
    const warned = chooseTier(tried, lossy, { nowMs: 3_000 });
    expect(chooseTier(warned, lossy, { nowMs: 5_500 })).toMatchObject({
      tier: 'audio',
      reason: 'bandwidth',
      failedTries: 1,
    });
  });

  test('at the best tier is a trial as at any other, and good only when the trial held', () => {
    const climbed = chooseTier(startTier(0, 'video-128'), good, { nowMs: 6_000 });
    expect(climbed).toMatchObject({ tier: 'video-300', reason: 'starting' });
    const cautious = { ...good, availableKbps: 100 };
    const tried = chooseTier(climbed, cautious, { nowMs: 11_000 });
    expect(tried).toMatchObject({ tier: 'video-300', reason: 'starting', weakSinceMs: null });
    expect(chooseTier(tried, good, { nowMs: 12_000 }).reason).toBe('good');
    const weak = chooseTier(tried, cautious, { nowMs: 12_000 });
    expect(chooseTier(weak, cautious, { nowMs: 14_000 })).toMatchObject({
      tier: 'video-128',
      failedTries: 1,
    });
  });

  test('climbs back from text to the best within forty seconds of being tried on a good link', () => {
    let state: TierState = { ...startTier(0, 'text'), reason: 'stalled' };
    let nowMs = 0;
    while (state.reason !== 'good' && nowMs < 120_000) {
      nowMs += 1_000;
      state = chooseTier(state, good, { nowMs });
    }
    expect([state.tier, nowMs]).toEqual(['video-300', 36_000]);
  });

  test('climbs back to the best on a link that is good again', () => {
    fc.assert(
      fc.property(first, steps, (tier, path) => {
        let state = play(tier, path).at(-1)?.after ?? startTier(0);
        let nowMs = state.sinceMs + 400_000;
        for (let n = 0; n < 300; n += 1) {
          nowMs += 1_000;
          state = chooseTier(state, { ...good, availableKbps: 2_000 }, { nowMs });
        }
        expect(state.tier).toBe('video-300');
        expect(state.reason).toBe('good');
      }),
      runs,
    );
  });
});
