import { expect, test } from 'vitest';
import { tierClocks } from '@sightline/contracts';
import type { PeerSample } from '#sampling/peer-sample.ts';
import { PeerTiers, type SendingNow } from './peer-tiers.ts';

/** A second in which all flows both ways, and nothing is lost. */
const flowing: PeerSample = {
  fromMs: 0,
  untilMs: 1_000,
  packets: 50,
  came: ['microphone', 'camera'],
  upLossShare: 0,
  downKbps: null,
  downLossShare: 0,
  upDelay: { ms: 5, beforeMs: 5 },
  isTimed: true,
  downDelay: { ms: 40, beforeMs: 41 },
  sent: { pictures: 40, voices: 50 },
  isOpen: true,
  isEchoed: true,
  hasEcho: true,
};
const voiceAlone = { pictures: 0, voices: 50 };
const silence = { pictures: 0, voices: 0 };
const sending = { hasSound: true, hasPicture: true };
const good = {
  availableKbps: 900,
  lossShare: 0,
  rttMs: 20,
  bestUp: 'video-300',
  bestDown: 'video-300',
} as const;

/** One seat, second by second, its page reporting every other one. */
function openSeat() {
  let nowMs = 0;
  const tiers = new PeerTiers(nowMs);
  const pass = (seconds: number, { sample = {}, report = {}, sends = {} }: Seconds = {}) => {
    for (let n = 0; n < seconds; n += 1) {
      nowMs += 1_000;
      if (nowMs % 2_000 === 0) tiers.report({ ...good, ...report }, nowMs);
      tiers.learn({ ...flowing, ...sample }, { ...sending, ...sends }, nowMs);
    }
    return [tiers.up.tier, tiers.down.tier];
  };
  return { tiers, pass, now: () => nowMs };
}

interface Seconds {
  readonly sample?: Partial<PeerSample>;
  readonly report?: object;
  readonly sends?: Partial<SendingNow>;
}

test('a good link is at the best both ways within twenty seconds', () => {
  const { tiers, pass } = openSeat();
  expect(pass(20)).toEqual(['video-300', 'video-300']);
  expect([tiers.up.reason, tiers.down.reason]).toEqual(['good', 'good']);
});

test('one report of a loss is of the jam before it; two in a row are believed', () => {
  const { tiers, pass } = openSeat();
  pass(30);
  pass(2, { report: { lossShare: 0.8 } });
  expect(tiers.up.weakSinceMs).toBeNull();
  expect(pass(4)).toEqual(['video-300', 'video-300']);
  pass(2, { report: { lossShare: 0.8 } });
  expect(pass(6, { report: { lossShare: 0.5 } })[0]).not.toBe('video-300');
});

test('a picture without an echo falls after four seconds', () => {
  const { tiers, pass } = openSeat();
  pass(30);
  expect(pass(3, { sample: { hasEcho: false } })[1]).toBe('video-300');
  // What no answer comes to in four seconds is a jam, or no link: it is fed no pictures.
  expect(pass(1, { sample: { hasEcho: false } })[1]).toBe('audio');
  expect(tiers.down.reason).toBe('stalled');
});

test('an estimate counts only where something is sent to learn from: a muted venue does not fall to text by it', () => {
  const { tiers, pass } = openSeat();
  pass(30);
  const jam = { report: { availableKbps: 10 } };
  pass(4, { ...jam, sample: { upLossShare: 0.3 } });
  expect(tiers.up).toMatchObject({ tier: 'audio', reason: 'loss' });
  // Its picture is held back by the tier, and nobody speaks: the page's estimate stands where the jam left it.
  const muted = { ...jam, sends: { hasSound: false }, sample: { packets: 0 } };
  const seen = Array.from({ length: 5 }, () => pass(1, muted)[0]);
  expect(seen).not.toContain('text');
  const quiet = { ...jam, sample: { packets: 3 } };
  expect(pass(4, quiet)[0]).not.toBe('text');
  expect(pass(60, { sends: { hasSound: false } })[0]).toBe('video-300');
});

test('a voice alone is reported of every few seconds, so seconds without a word of it are no weakness', () => {
  const { tiers, pass } = openSeat();
  pass(30);
  const seen = Array.from({ length: 20 }, () => {
    pass(1, { sample: { sent: voiceAlone } });
    return pass(7, { sample: { sent: voiceAlone, hasEcho: false } })[1];
  });
  expect(new Set(seen)).toEqual(new Set(['video-300']));
  expect(tiers.down.reason).toBe('good');
});

test('a voice of which nothing comes back at all falls, and to text at last', () => {
  const { tiers, pass } = openSeat();
  pass(30);
  expect(pass(11, { sample: { sent: voiceAlone, hasEcho: false } })[1]).toBe('video-300');
  expect(pass(1, { sample: { sent: voiceAlone, hasEcho: false } })[1]).toBe('audio');
  expect(tiers.down.reason).toBe('stalled');
  expect(pass(60, { sample: { sent: voiceAlone, hasEcho: false } })[1]).toBe('text');
});

test('while nobody speaks nothing is expected back: no link falls, and none climbs unheard', () => {
  const { pass } = openSeat();
  pass(30);
  expect(pass(120, { sample: { sent: silence, hasEcho: false } })[1]).toBe('video-300');
  // A word now and then is sent, and one keep-alive is enough to say that the link is there.
  for (let n = 0; n < 10; n += 1) {
    pass(2, { sample: { sent: voiceAlone, hasEcho: false } });
    pass(20, { sample: { sent: silence, hasEcho: false } });
    expect(pass(1, { sample: { sent: silence } })[1]).toBe('video-300');
  }
  const weak = openSeat();
  weak.pass(5, { sample: { hasEcho: false } });
  const [, fallen] = weak.pass(0);
  expect(fallen).toBe('audio');
  expect(weak.pass(120, { sample: { sent: silence, hasEcho: false } })[1]).toBe(fallen);
  expect(weak.pass(60, { sample: { sent: silence } })[1]).toBe('video-300');
});

test('a way that never opens falls, though nothing can be sent on it', () => {
  const { pass } = openSeat();
  expect(pass(60, { sample: { sent: silence, isOpen: false, hasEcho: false } })[1]).toBe('text');
});

test('what comes back ever later is too much though nothing is lost, and no report of a picture is no leave to send more', () => {
  const { tiers, pass } = openSeat();
  pass(30);
  expect(pass(1, { sample: { downDelay: { ms: 2_500, beforeMs: 1_500 } } })[1]).toBe('video-128');
  expect(tiers.down.reason).toBe('bandwidth');
  expect(pass(120, { sample: { downDelay: null } })[1]).toBe('video-128');
  expect(pass(20)[1]).toBe('video-300');
});

test('what comes in ever later is more than the way up carries, though nothing is lost of it', () => {
  const { tiers, pass } = openSeat();
  pass(30);
  expect(pass(1, { sample: { upDelay: { ms: 5_000, beforeMs: 3_000 } } })[0]).toBe('audio');
  expect([tiers.up.reason, tiers.down.tier]).toEqual(['bandwidth', 'video-300']);
});

test('a way that was jammed is tried again, though nothing comes any longer that could tell of it', () => {
  const { tiers, pass } = openSeat();
  pass(30);
  const jam = { sample: { upDelay: { ms: 20_000, beforeMs: 9_000 } } };
  expect(pass(2, jam)[0]).toBe('text');
  expect(tiers.up.nextTryMs).toBe(52_000); // In it stand twenty seconds.
  const seen = Array.from({ length: 40 }, () => pass(1, jam)[0]);
  expect(seen).toContain('audio');
});

test('a page sends no more than its step until it is known when that came in', () => {
  const { pass } = openSeat();
  pass(30);
  pass(4, { sample: { upLossShare: 0.3 } });
  const [fallen] = pass(0);
  expect(pass(120, { sample: { upDelay: null } })[0]).toBe(fallen);
  expect(pass(60)[0]).toBe('video-300');
  // A venue by plain RTP tells no times.
  const plain = openSeat();
  expect(plain.pass(20, { sample: { upDelay: null, isTimed: false } })[0]).toBe('video-300');
});

test('the estimate of a page that sends its voice alone is of the voice, and silences nobody', () => {
  const { tiers, pass } = openSeat();
  pass(30);
  pass(4, { report: { availableKbps: 10 }, sample: { upLossShare: 0.3 } });
  expect(tiers.up.tier).toBe('audio');
  const voice = { sample: { packets: 17 }, report: { availableKbps: 20 } };
  const seen = Array.from({ length: 60 }, () => pass(1, voice)[0]);
  expect(seen).not.toContain('text');
});

test('a link that is not heard of does not climb', () => {
  const { pass } = openSeat();
  pass(30);
  pass(60, { sample: { hasEcho: false } });
  const seen = Array.from({ length: 120 }, () => pass(1, { sample: { hasEcho: false } })[1]);
  expect(new Set(seen)).toEqual(new Set(['text']));
  expect(pass(120)).toEqual(['video-300', 'video-300']);
});

test('a page that comes anew has what was learnt of its link, and the next step waits for its time', () => {
  const { tiers, pass, now } = openSeat();
  pass(30);
  pass(9, { sample: { hasEcho: false } });
  const again = new PeerTiers(now() + 60_000);
  again.inherit(tiers);
  again.learn({ ...flowing, isEchoed: false }, sending, now() + 60_000);
  expect(again.down.tier).toBe(tiers.down.tier);
});

test('a way that was gone and is made anew is tried at once, however often it failed before', () => {
  const { tiers, pass, now } = openSeat();
  pass(30);
  for (let n = 0; n < 4; n += 1) {
    while (pass(1, { sample: { hasEcho: false } })[1] !== 'text');
    while (pass(1)[1] === 'text');
  }
  pass(10, { sample: { hasEcho: false } });
  expect(tiers.down).toMatchObject({ tier: 'text', reason: 'stalled' });
  expect(tiers.down.nextTryMs - now()).toBeGreaterThan(tierClocks.firstTryMs);
  const again = new PeerTiers(now());
  again.inherit(tiers);
  expect(again.down.nextTryMs - now()).toBe(tierClocks.firstTryMs);
});
