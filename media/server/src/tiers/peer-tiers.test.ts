import { expect, test } from 'vitest';
import { reportEveryMs, reportPatienceMs } from '@sightline/contracts';
import type { PeerSample } from '#sampling/peer-sample.ts';
import { PeerTiers } from './peer-tiers.ts';

/** A second in which all flows both ways, and nothing is lost. */
const flowing: PeerSample = {
  fromMs: 0,
  untilMs: 1_000,
  packets: 50,
  upLossShare: 0,
  downKbps: 900,
  downLossShare: 0,
  isEchoed: true,
  hasEcho: true,
  isReporting: true,
};
const sending = { hasSound: true, hasPicture: true };
const good = {
  availableKbps: 900,
  lossShare: 0,
  rttMs: 20,
  bestUp: 'video-300',
  bestDown: 'video-300',
} as const;

/** One seat, second by second. */
function seat() {
  let nowMs = 0;
  const tiers = new PeerTiers(nowMs);
  return {
    tiers,
    pass: (seconds: number, { reports, sample = {} }: { reports: boolean; sample?: object }) => {
      for (let n = 0; n < seconds; n += 1) {
        nowMs += 1_000;
        if (reports && nowMs % 2_000 === 0) tiers.report(good, nowMs);
        tiers.learn({ ...flowing, ...sample }, sending, nowMs);
      }
    },
  };
}

test('a page that reports climbs to the best, and one that no longer does falls both ways to the voice, no further', () => {
  const { tiers, pass } = seat();
  pass(60, { reports: true });
  expect([tiers.up.tier, tiers.down.tier]).toEqual(['video-300', 'video-300']);
  const lateMs = reportEveryMs['video-300'] + reportPatienceMs['video-300'];
  pass(lateMs / 1000, { reports: false });
  expect([tiers.up.tier, tiers.down.tier]).toEqual(['video-300', 'video-300']);
  pass(1, { reports: false });
  expect(tiers.link('venue-540235')).toMatchObject({
    up: 'video-128',
    upReason: 'stalled',
    down: 'video-128',
    downReason: 'stalled',
  });
  pass(120, { reports: false });
  expect([tiers.up.tier, tiers.down.tier]).toEqual(['audio', 'audio']);
  pass(240, { reports: true });
  expect([tiers.up.tier, tiers.down.tier]).toEqual(['video-300', 'video-300']);
});

test('a venue without a page is not expected to report', () => {
  const { tiers, pass } = seat();
  pass(120, { reports: false, sample: { isReporting: false } });
  expect([tiers.up.tier, tiers.down.tier]).toEqual(['video-300', 'video-300']);
});
