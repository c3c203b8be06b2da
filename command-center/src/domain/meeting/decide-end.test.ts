import { isRefusal, meetingLimits, type RoomLink } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideEnd } from './decide-end.ts';

const now = Temporal.Instant.from('2026-11-28T04:00:00Z');
const goneMs = meetingLimits.chairGoneSeconds * 1_000;
const chair = 'desk-00000000-0000-4000-8000-000000000000';
const officer = { desk: 'desk-00000000-0000-4000-8000-000000000001', region: '5402' };
const meeting = { phase: 'open', control: { chair, region: '540235' } } as const;
const agoOf = (ms: number) => now.subtract({ milliseconds: ms }).toString();
const decide = (chairSeenAt: string | null, link: RoomLink) => {
  const decided = decideEnd(meeting, officer, { now, chairSeenAt, link });
  return isRefusal(decided) ? decided.code : decided.why;
};

const age = fc.oneof(
  fc.integer({ min: 0, max: 3 * goneMs }),
  fc.constantFrom(goneMs - 1, goneMs, goneMs + 1),
);
const runs = { numRuns: 10_000, seed: 28 };

test('over a link that stands, the chair is gone two minutes after the later of its last sign and the beginning of the link', () => {
  fc.assert(
    fc.property(age, age, (seenMs, sinceMs) => {
      const said = decide(agoOf(seenMs), { state: 'up', since: agoOf(sinceMs) });
      expect(said === 'chair-gone').toBe(Math.min(seenMs, sinceMs) >= goneMs);
      if (said !== 'chair-gone') {
        expect(said).toBe(seenMs < goneMs ? 'chair-there' : 'chair-awaited');
      }
    }),
    runs,
  );
});

test('while the link is down nobody is gone; where no media server is, an act alone counts', () => {
  fc.assert(
    fc.property(age, (seenMs) => {
      const isThere = seenMs < goneMs;
      expect(decide(agoOf(seenMs), { state: 'down' })).toBe(
        isThere ? 'chair-there' : 'chair-unknown',
      );
      expect(decide(agoOf(seenMs), { state: 'none' })).toBe(isThere ? 'chair-there' : 'chair-gone');
    }),
    runs,
  );
});

test('its chair ends it whatever the link does; who may not, may not for any silence', () => {
  const links: readonly RoomLink[] = [
    { state: 'none' },
    { state: 'down' },
    { state: 'up', since: agoOf(3 * goneMs) },
  ];
  for (const link of links) {
    const ground = { now, chairSeenAt: agoOf(3 * goneMs), link };
    const own = { desk: chair, region: '540235' };
    expect(decideEnd(meeting, own, ground)).toEqual({ why: 'chair' });
    expect(decideEnd({ ...meeting, phase: 'planned' }, own, ground)).toEqual({ why: 'cancelled' });
    const below = { ...officer, region: '540235100' };
    expect(decideEnd(meeting, below, ground)).toMatchObject({ code: 'not-chair' });
    const planned = { ...meeting, phase: 'planned' } as const;
    expect(decideEnd(planned, officer, ground)).toMatchObject({ code: 'not-chair' });
  }
});
