import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseTier } from './choose-tier.ts';
import type { LinkMeasure, Delay } from './link-measure.ts';
import {
  rank,
  startTier,
  tierClocks,
  tierNeedsKbps,
  tiers,
  type Tier,
  type TierState,
} from './tier.ts';

const first = fc.constantFrom(...tiers);
const good: LinkMeasure = {
  availableKbps: null,
  lossShare: 0,
  silentMs: 0,
  isHeard: true,
  delay: null,
};

test('what answers ever later is given up though nothing is lost, in a trial too: a step, or all but the voice', () => {
  const late = { ...good, delay: { ms: 2_500, beforeMs: 1_500 } };
  const jammed = { ...good, delay: { ms: 9_000, beforeMs: 5_000 } };
  for (const reason of ['good', 'recovering'] as const) {
    const at300: TierState = { ...startTier(0, 'video-300'), reason };
    const stepped = chooseTier(at300, late, { nowMs: 3_000 });
    expect(stepped).toMatchObject({ tier: 'video-128', reason: 'bandwidth', failedTries: 1 });
    const fallen = chooseTier(at300, jammed, { nowMs: 3_000 });
    expect(fallen).toMatchObject({ tier: 'audio', reason: 'bandwidth' });
    // The voice would be heard nine seconds late: it waits until what is in its way has passed.
    const silent = chooseTier(fallen, jammed, { nowMs: 4_000 });
    expect(silent).toMatchObject({ tier: 'text', nextTryMs: 13_000, failedTries: 1 });
  }
});

test('a queue that gets shorter after a fall is no reason to fall again, and none to climb', () => {
  const at128: TierState = { ...startTier(0, 'video-128'), reason: 'bandwidth' };
  const first = { ...good, delay: { ms: 3_600, beforeMs: null } };
  const shorter = { ...good, delay: { ms: 3_000, beforeMs: 3_600 } };
  expect(chooseTier(at128, first, { nowMs: 4_000 }).tier).toBe('video-128');
  expect(chooseTier(at128, shorter, { nowMs: 60_000 }).tier).toBe('video-128');
  const short = { ...good, delay: { ms: 300, beforeMs: 900 } };
  expect(chooseTier(at128, short, { nowMs: 60_000 }).tier).toBe('video-300');
});

test('a step that failed is remembered while less than it holds', () => {
  const failed = { failedTries: 3, failedTier: 'video-64' as const };
  const voice: TierState = { ...startTier(0, 'audio'), reason: 'recovering', ...failed };
  const stills = chooseTier(voice, good, { nowMs: 25_000 });
  expect(stills).toMatchObject({ tier: 'stills', nextTryMs: 25_000 + 48_000, ...failed });
  const held = chooseTier({ ...stills, tier: 'video-64' }, good, { nowMs: 50_000 });
  expect(held).toMatchObject({ failedTries: 0, failedTier: null });
});

test('on a wire that loses nothing and queues all, it finds what passes and lets no queue stand', () => {
  fc.assert(
    fc.property(fc.integer({ min: 30, max: 400 }), first, (carriesKbps, tier) => {
      const { waitsMs, changedMs, seen } = playWire(carriesKbps, tier, 900_000);
      const settled = waitsMs.slice(400);
      const inTime = settled.filter((ms) => ms < 5_000).length / settled.length;
      expect(inTime).toBeGreaterThan(0.9);
      expect(changedMs.filter((at) => at > 300_000).length).toBeLessThanOrEqual(50);
      // What the wire carries with room to spare is what mostly stands, and the voice always.
      const carried = tiers.findIndex((one) => tierNeedsKbps[one] <= carriesKbps * 0.95);
      const stood = seen.slice(400).filter((one) => rank(one) <= carried).length;
      expect(stood / settled.length).toBeGreaterThan(0.75);
      expect(seen.slice(400)).not.toContain('text');
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('does not oscillate on a weak link, however late each try shows that it is too much', () => {
  const link = fc.record({
    carriesKbps: fc.integer({ min: 0, max: 340 }),
    // A deep queue takes in what is too much for a while.
    lateMs: fc.integer({ min: 0, max: 6_000 }),
    isEstimated: fc.boolean(),
  });
  fc.assert(
    fc.property(link, first, ({ carriesKbps, lateMs, isEstimated }, tier) => {
      let state = startTier(0, tier);
      const changedMs: number[] = [];
      for (let nowMs = 1_000; nowMs <= 900_000; nowMs += 1_000) {
        const isTooMuch =
          tierNeedsKbps[state.tier] > carriesKbps && nowMs - state.sinceMs >= lateMs;
        const tooMuch = isEstimated
          ? { ...good, availableKbps: carriesKbps * 0.8 }
          : { ...good, lossShare: 0.3 };
        const next = chooseTier(state, isTooMuch ? tooMuch : good, { nowMs });
        if (next.tier !== state.tier) changedMs.push(nowMs);
        state = next;
      }
      // Once it knows the link: no more than a try a minute, with its way down.
      expect(changedMs.filter((at) => at > 300_000).length).toBeLessThanOrEqual(40);
    }),
    { numRuns: 300, seed: 1 },
  );
});

/** A link that queues whatever it cannot carry; of what was sent each second a report comes when it has passed. */
function playWire(carriesKbps: number, tier: Tier, untilMs: number) {
  let state = startTier(0, tier);
  let queuedKbit = 0;
  let delay: Delay | null = null;
  const under: { readonly sentMs: number; readonly backMs: number }[] = [];
  const waitsMs: number[] = [];
  const changedMs: number[] = [];
  const seen: Tier[] = [];
  for (let nowMs = 1_000; nowMs <= untilMs; nowMs += 1_000) {
    queuedKbit = Math.max(0, queuedKbit + tierNeedsKbps[state.tier] - carriesKbps);
    const waitMs = 40 + (queuedKbit / carriesKbps) * 1_000;
    if (state.tier !== 'text') under.push({ sentMs: nowMs, backMs: nowMs + waitMs });
    while ((under[0]?.backMs ?? Infinity) <= nowMs) {
      const back = under.shift() ?? { sentMs: 0, backMs: 0 };
      const ms = back.backMs - back.sentMs;
      const tells = back.sentMs >= state.sinceMs || ms >= tierClocks.silentMs;
      if (tells) delay = follows(delay, ms);
    }
    if (state.tier === 'text') delay = null;
    const isHeard = delay !== null || state.tier === 'text';
    const next = chooseTier(state, { ...good, delay, isHeard }, { nowMs });
    waitsMs.push(waitMs);
    seen.push(next.tier);
    if (next.tier !== state.tier) {
      changedMs.push(nowMs);
      delay = null;
    }
    state = next;
  }
  return { waitsMs, changedMs, seen };
}

function follows(before: Delay | null, ms: number): Delay {
  return { ms, beforeMs: before?.ms ?? null };
}
