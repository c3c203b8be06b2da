import { expect, test } from 'vitest';
import { readReport } from '#read-report.ts';

const sample = (sent: number, lost: number) => [
  {
    type: 'candidate-pair',
    nominated: true,
    availableOutgoingBitrate: 312_000,
    currentRoundTripTime: 0.084,
  },
  { type: 'candidate-pair', nominated: false, availableOutgoingBitrate: 9 },
  { type: 'outbound-rtp', packetsSent: sent },
  { type: 'remote-inbound-rtp', packetsLost: lost },
];

test('reads the estimate, the way there and back, and what was lost since the sample before', () => {
  const first = readReport(sample(100, 0), { sent: 0, lost: 0 });
  expect(first.measure).toEqual({ availableKbps: 312, lossShare: 0, rttMs: 84 });
  const second = readReport(sample(200, 25), first.sums);
  expect(second.measure.lossShare).toBe(0.25);
});

test('what is not there is not guessed, and counters that begin again do not go below nothing', () => {
  expect(readReport([null, 7, {}], { sent: 0, lost: 0 }).measure).toEqual({
    availableKbps: null,
    lossShare: 0,
    rttMs: null,
  });
  expect(readReport(sample(10, 1), { sent: 500, lost: 9 }).measure.lossShare).toBe(0);
  expect(readReport(sample(510, 900), { sent: 500, lost: 9 }).measure.lossShare).toBe(1);
});
