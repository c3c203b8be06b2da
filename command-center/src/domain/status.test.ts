import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isListening, linkStatus, nextStatus, type Status, type TerminalLink } from './status.ts';

const noon = Temporal.Instant.from('2026-11-23T12:00:00.000Z');
const ago = (seconds: number): Temporal.Instant => noon.subtract({ seconds });
const listening = { listeningSince: ago(7200), aliveAt: ago(2) };

const link = (part: Partial<TerminalLink>): TerminalLink => ({
  enrolledAt: ago(90_000),
  connected: true,
  linkSince: ago(3600),
  beatAt: ago(10),
  ...part,
});

test.each([
  ['a beat 75 s old', link({ beatAt: ago(75) }), 'online', ago(3600)],
  ['a beat 76 s old', link({ beatAt: ago(76) }), 'stale', ago(76)],
  ['a beat 5 min old', link({ beatAt: ago(300) }), 'stale', ago(300)],
  ['a beat 5 min 1 s old', link({ beatAt: ago(301) }), 'offline', ago(301)],
  ['a new connection without a beat', link({ linkSince: ago(5), beatAt: null }), 'online', ago(5)],
  [
    'an old beat and a new connection',
    link({ linkSince: ago(5), beatAt: ago(999) }),
    'online',
    ago(5),
  ],
  [
    'a connection closed a moment ago',
    link({ connected: false, linkSince: ago(4), beatAt: ago(20) }),
    'online',
    ago(20),
  ],
  [
    'a connection closed 20 s ago',
    link({ connected: false, linkSince: ago(20), beatAt: ago(30) }),
    'stale',
    ago(30),
  ],
  [
    'enrolled an hour ago and never heard again',
    link({ enrolledAt: ago(3601), connected: false, linkSince: null, beatAt: null }),
    'offline',
    ago(3601),
  ],
] as const)('with %s a terminal is %s', (_name, given, status, since) => {
  expect(show(linkStatus(given, listening, noon))).toEqual({ status, since: since.toString() });
});

test('a broker that stopped renewing its row makes every terminal unknown since its last renewal', () => {
  const dead = { listeningSince: ago(7200), aliveAt: ago(16) };
  expect(isListening(dead, noon)).toBe(false);
  for (const beatAt of [ago(1), ago(100), ago(1000), null]) {
    expect(show(linkStatus(link({ beatAt }), dead, noon))).toEqual({
      status: 'unknown',
      since: ago(16).toString(),
    });
  }
});

test('a broker that never listened makes every terminal unknown without a since', () => {
  const never = { listeningSince: null, aliveAt: null };
  expect(linkStatus(link({}), never, noon)).toEqual({ status: 'unknown', since: null });
});

test('after a broker restart a terminal is unknown until its first word or until 75 s of listening', () => {
  const silent = link({ connected: false, linkSince: ago(400), beatAt: ago(400) });
  const at = (listenedS: number) => ({ listeningSince: ago(listenedS), aliveAt: noon });
  expect(linkStatus(silent, at(75), noon).status).toBe('unknown');
  expect(linkStatus(silent, at(76), noon).status).toBe('offline');
  const back = link({ linkSince: ago(3), beatAt: ago(3) });
  expect(linkStatus(back, at(10), noon).status).toBe('online');
});

test('the same status again is no change, and online never begins before the silence it ends', () => {
  const stale: Status = { status: 'stale', since: ago(100) };
  const heard = link({ beatAt: ago(1) });
  const next = linkStatus(heard, listening, noon);
  expect(nextStatus(next, heard, next)).toBeNull();
  expect(show(nextStatus(stale, heard, next))).toEqual({
    status: 'online',
    since: ago(1).toString(),
  });
  expect(show(nextStatus(null, heard, next))).toEqual(show(next));
});

const seconds = fc.integer({ min: 0, max: 2000 });
const links = fc.record({
  enrolledAt: fc.constant(ago(3000)),
  connected: fc.boolean(),
  linkSince: fc.option(seconds.map(ago)),
  beatAt: fc.option(seconds.map(ago)),
});

test('property: no terminal is online without a word of the last 75 s heard by a listening broker', () => {
  fc.assert(
    fc.property(links, seconds, seconds, (given, listened, alive) => {
      const broker = { listeningSince: ago(listened + alive), aliveAt: ago(alive) };
      const { status, since } = linkStatus(given, broker, noon);
      const words = [given.beatAt, given.linkSince].filter((word) => word !== null);
      if (status === 'online') {
        expect(alive).toBeLessThanOrEqual(15);
        expect(words.some((word) => noon.since(word).total('seconds') <= 75)).toBe(true);
      }
      if (alive > 15) expect(status).toBe('unknown');
      if (since !== null) expect(Temporal.Instant.compare(since, noon)).toBeLessThanOrEqual(0);
    }),
    { seed: 5402, numRuns: 1000 },
  );
});

test('property: while time passes without a word a terminal only ever sinks', () => {
  const depth = { online: 0, stale: 1, offline: 2, unknown: 3 } as const;
  fc.assert(
    fc.property(links, fc.array(seconds, { minLength: 2, maxLength: 6 }), (given, delays) => {
      const steps = delays.toSorted((a, b) => a - b).map((delay) => noon.add({ seconds: delay }));
      const depths = steps.map((now) => {
        const broker = { listeningSince: ago(9000), aliveAt: now };
        return depth[linkStatus(given, broker, now).status];
      });
      expect(depths).toEqual(depths.toSorted((a, b) => a - b));
    }),
    { seed: 5402, numRuns: 500 },
  );
});

function show(status: Status | null): { status?: string; since?: string } {
  return { status: status?.status, since: status?.since?.toString() };
}
