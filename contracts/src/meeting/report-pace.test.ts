import { expect, test } from 'vitest';
import { deadMs, reportEveryMs, reportPatienceMs, silenceOfReports } from './report-pace.ts';
import { signallingLimits } from './signalling-limits.ts';
import { tierClocks, tiers } from './tier.ts';

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

test('a report that did not come in its time lets pictures fall, and never the voice', () => {
  for (const up of tiers) {
    for (const tier of tiers) {
      const least = reportEveryMs[up] + Math.max(reportPatienceMs[tier], reportPatienceMs[up]);
      expect(silenceOfReports({ tier, up }, least)).toBe(0);
      const late = silenceOfReports({ tier, up }, least + 1);
      const isVoice = tier === 'audio' || tier === 'text';
      expect(late).toBe(isVoice ? 0 : tierClocks.silentMs);
    }
  }
});
