import { isRefusal } from '@sightline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideCheckIn, type KnownCheckIn, type WatchPost } from '#domain/decide-check-in.ts';

const ann = { personId: '0190a5d4-0000-7000-8000-000000000001', name: '扎西', post: '支书' };
const bo = { personId: '0190a5d4-0000-7000-8000-000000000002', name: '央金', post: '主任' };

function postAt(now: string): WatchPost {
  return {
    terminalId: 'demo',
    region: '540202103202',
    people: [ann, bo],
    isSimulated: false,
    now: Temporal.Instant.from(now),
  };
}

describe('decideCheckIn', () => {
  test('a check-in after midnight belongs to the night that began the day before', () => {
    const decision = decideCheckIn(
      [],
      { method: 'pin', personId: ann.personId },
      postAt('2026-11-23T17:30:00Z'),
    );
    expect(decision).toMatchObject({
      decision: 'record',
      stream: 'duty/540202103202/2026-11-23-night',
      data: { shift: '2026-11-23/night', method: 'pin' },
    });
  });

  test('a second check-in of the same shift records nothing and says since when', () => {
    const day = [
      { personId: ann.personId, shift: '2026-11-23/night', at: '2026-11-23T12:01:00.000Z' },
    ];
    const decision = decideCheckIn(
      day,
      { method: 'pin', personId: ann.personId },
      postAt('2026-11-23T13:00:00Z'),
    );
    expect(decision).toMatchObject({ decision: 'already', at: '2026-11-23T12:01:00.000Z' });
  });

  test('a retired or unknown person is refused', () => {
    const decision = decideCheckIn(
      [],
      { method: 'pin', personId: 'gone' },
      postAt('2026-11-23T13:00:00Z'),
    );
    expect(isRefusal(decision) && decision.code).toBe('person-not-on-list');
  });

  test('whatever the order of tries, one person has at most one check-in a shift', () => {
    const tries = fc.array(
      fc.record({
        personId: fc.constantFrom(ann.personId, bo.personId, 'nobody'),
        minute: fc.integer({ min: 0, max: 4 * 24 * 60 }),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(tries, (all) => {
        const day: KnownCheckIn[] = [];
        const start = Temporal.Instant.from('2026-11-20T00:00:00Z');
        for (const { personId, minute } of all) {
          const now = start.add({ minutes: minute });
          const post = { ...postAt('2026-11-20T00:00:00Z'), now };
          const decision = decideCheckIn(day, { method: 'pin', personId }, post);
          if (isRefusal(decision) || decision.decision === 'already') continue;
          day.push({ personId, shift: decision.shift.key, at: now.toString() });
        }
        const keys = day.map(({ personId, shift }) => `${personId} ${shift}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { seed: 5 },
    );
  });
});
