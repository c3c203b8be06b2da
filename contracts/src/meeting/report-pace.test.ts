import { expect, test } from 'vitest';
import { deadMs, reportEveryMs, reportPatienceMs } from './report-pace.ts';
import { signallingLimits } from './signalling-limits.ts';
import { tiers } from './tier.ts';

test('the thinner the link, the more patience it is given', () => {
  for (const paces of [reportEveryMs, reportPatienceMs, deadMs]) {
    const byTier = tiers.map((tier) => paces[tier]);
    expect(byTier).toEqual(byTier.toSorted((a, b) => a - b));
  }
  for (const tier of tiers) {
    // A step less is sent before a connection is given up, and that before its request is.
    expect(reportPatienceMs[tier]).toBeLessThan(deadMs[tier]);
    expect(deadMs[tier]).toBeLessThanOrEqual(signallingLimits.requestMs);
  }
});
