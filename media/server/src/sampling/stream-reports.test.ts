import { expect, test } from 'vitest';
import { startTier, type TierReason, type TierState } from '@sightline/contracts';
import { StreamReports, type Reported } from './stream-reports.ts';

/** One link, a second a look; `step` begins a tier. */
function openLink() {
  const reports = new StreamReports();
  let nowMs = 0;
  let tier: TierState = { ...startTier(1), reason: 'bandwidth' };
  return {
    backMs: 0,
    look(...flowing: readonly Reported[]) {
      nowMs += 1_000;
      return reports.next(flowing, tier, { nowMs, backMs: this.backMs });
    },
    step: (reason: TierReason = 'bandwidth') => {
      tier = { ...startTier(nowMs), reason };
    },
  };
}

const stream = (packets: number, lost: number, delayMs: number): Reported => ({
  id: 'a',
  packets,
  lost,
  delayMs,
  report: delayMs,
});

test('loss is what receivers reported of the last five seconds, whenever their reports came', () => {
  const link = openLink();
  const look = link.look.bind(link);
  expect(look(stream(100, 40, 20)).lossShare).toBe(0); // From before we looked.
  expect(look(stream(150, 60, 21)).lossShare).toBe(0); // So is what this report tells of.
  expect(look(stream(200, 60, 21)).lossShare).toBe(0);
  expect(look(stream(250, 80, 22)).lossShare).toBe(0.2);
  for (const packets of [300, 350, 400, 450]) look(stream(packets, 80, 23));
  expect(look(stream(500, 80, 23)).lossShare).toBe(0);
});

test('what a paused receiver lost is forgotten', () => {
  const link = openLink();
  const look = link.look.bind(link);
  look(stream(0, 0, 0));
  look(stream(50, 0, 20));
  expect(look(stream(100, 50, 21)).lossShare).toBe(1);
  expect(look()).toEqual({ lossShare: 0, delay: null });
  expect(look(stream(110, 50, 21)).lossShare).toBe(0);
  expect(look(stream(120, 60, 22)).lossShare).toBe(0);
});

test('what was lost before a step is told after it, and says nothing of the step', () => {
  const link = openLink();
  const look = link.look.bind(link);
  const { step } = link;
  look(stream(0, 0, 20));
  look(stream(50, 0, 21));
  expect(look(stream(100, 20, 22)).lossShare).toBe(0.4);
  step();
  expect(look(stream(110, 20, 22)).lossShare).toBe(0);
  expect(look(stream(120, 45, 23)).lossShare).toBe(0);
  expect(look(stream(130, 45, 24)).lossShare).toBe(0);
  expect(look(stream(140, 50, 25)).lossShare).toBe(0.25);
});

test('a round trip counts where its packet left since the step; one that is a jam, after a fall always', () => {
  const link = openLink();
  const look = link.look.bind(link);
  const { step } = link;
  look(stream(0, 0, 20));
  for (let n = 0; n < 4; n += 1) look(stream(50 + n, 0, 21 + n));
  expect(look(stream(60, 0, 1_500)).delay).toEqual({ ms: 1_500, beforeMs: 24 });
  step();
  expect(look(stream(70, 0, 1_500)).delay).toBeNull();
  expect(look(stream(80, 0, 1_800)).delay).toBeNull(); // A second after the step.
  expect(look(stream(90, 0, 1_900)).delay).toEqual({ ms: 1_900, beforeMs: null });
  expect(look(stream(95, 0, 1_900)).delay).toEqual({ ms: 1_900, beforeMs: null });
  expect(look(stream(99, 0, 1_200)).delay).toEqual({ ms: 1_200, beforeMs: 1_900 });
  step();
  look(stream(100, 0, 1_200));
  expect(look(stream(105, 0, 22_000)).delay).toEqual({ ms: 22_000, beforeMs: null });
  const other = { ...stream(5, 0, 900), id: 'b' };
  expect(look(stream(110, 0, 40), other).delay).toEqual({ ms: 40, beforeMs: 22_000 });
  step('recovering');
  look(stream(115, 0, 40));
  expect(look(stream(120, 0, 30_000)).delay).toBeNull(); // What was sent behind it has passed.
});

test('what the report itself stood in the queue of the way back is not held against the way there', () => {
  const link = openLink();
  const look = link.look.bind(link);
  for (let n = 0; n < 9; n += 1) look(stream(n, 0, 20 + n));
  link.backMs = 5_000;
  expect(look(stream(10, 0, 5_600)).delay).toEqual({ ms: 600, beforeMs: 28 });
});
