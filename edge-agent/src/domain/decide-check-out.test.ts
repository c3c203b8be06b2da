import { dutiesOf, isRefusal, shiftAt, type RosterSlot } from '@sightline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideCheckIn, type KnownCheckIn, type WatchPost } from '#domain/decide-check-in.ts';
import { decideCheckOut } from '#domain/decide-check-out.ts';

const params = { numRuns: 10_000, seed: 5402 };
const ann = { personId: '0190a5d4-0000-7000-8000-000000000001', name: '扎西', post: '支书' };
const bo = { personId: '0190a5d4-0000-7000-8000-000000000002', name: '央金', post: '主任' };
const byPin = (personId: string) => ({ method: 'pin', personId }) as const;

function postAt(now: string | Temporal.Instant): WatchPost {
  return {
    terminalId: 'demo',
    region: '540202103202',
    people: [ann, bo],
    isSimulated: false,
    now: Temporal.Instant.from(now.toString()),
  };
}

const checkIn = (shift: string, at: string): KnownCheckIn => ({
  personId: ann.personId,
  shift,
  at,
});

describe('decideCheckOut', () => {
  const day = checkIn('2026-11-23/day', '2026-11-23T00:10:00.000Z');
  const out = (at: string, checkOuts: KnownCheckIn[] = [], slots: RosterSlot[] = []) =>
    decideCheckOut({ checkIns: [day], checkOuts }, byPin(ann.personId), {
      ...postAt(at),
      duties: dutiesOf(slots),
    });

  test('after the shift changed it still ends the check-in of the last one, in that one’s stream', () => {
    expect(out('2026-11-23T12:20:00Z')).toMatchObject({
      decision: 'record',
      shift: '2026-11-23/day',
      stream: 'duty/540202103202/2026-11-23-day',
      data: { method: 'pin', shift: '2026-11-23/day', personId: ann.personId },
    });
  });

  test('without a check-in of this shift or the last one there is nothing to end', () => {
    const refused = out('2026-11-24T00:05:00Z');
    expect(isRefusal(refused) && refused.code).toBe('not-checked-in');
    const other = decideCheckOut({ checkIns: [day], checkOuts: [] }, byPin(bo.personId), {
      ...postAt('2026-11-23T03:00:00Z'),
      duties: [],
    });
    expect(isRefusal(other) && other.code).toBe('not-checked-in');
  });

  test('a duty of 24 hours is ended the next morning, also by who came shortly before it began', () => {
    const slots = (['day', 'night'] as const).map((name) => ({
      post: 'watch' as const,
      shift: `2026-11-23/${name}`,
      personId: ann.personId,
      fallbackId: null,
    }));
    expect(out('2026-11-24T00:05:00Z', [], slots)).toMatchObject({ shift: '2026-11-23/day' });
    const early = checkIn('2026-11-22/night', '2026-11-22T23:40:00.000Z');
    const decided = decideCheckOut({ checkIns: [early], checkOuts: [] }, byPin(ann.personId), {
      ...postAt('2026-11-24T00:05:00Z'),
      duties: dutiesOf(slots),
    });
    expect(decided).toMatchObject({ decision: 'record', shift: '2026-11-22/night' });
  });

  test('a second check-out records nothing and says when it was', () => {
    const at = '2026-11-23T11:00:00.000Z';
    const before = [{ ...day, at }];
    expect(out('2026-11-23T11:30:00Z', before)).toMatchObject({ decision: 'already', at });
  });

  test('whatever is tried in whatever order, each check-out ends one check-in, once, and comes after it', () => {
    const tries = fc.array(
      fc.record({
        isOut: fc.boolean(),
        personId: fc.constantFrom(ann.personId, bo.personId, 'nobody'),
        stepMinutes: fc.integer({ min: 0, max: 300 }),
      }),
      { maxLength: 16 },
    );
    fc.assert(
      fc.property(tries, (attempts) => {
        let now = Temporal.Instant.from('2026-11-22T00:00:00Z');
        const checkIns: KnownCheckIn[] = [];
        const checkOuts: KnownCheckIn[] = [];
        for (const { isOut, personId, stepMinutes } of attempts) {
          now = now.add({ minutes: stepMinutes });
          const post = { ...postAt(now), duties: [] };
          const decided = isOut
            ? decideCheckOut({ checkIns, checkOuts }, byPin(personId), post)
            : decideCheckIn(checkIns, byPin(personId), post);
          if (isRefusal(decided) || decided.decision === 'already') continue;
          const { shift } = decided.data;
          (isOut ? checkOuts : checkIns).push({ personId, shift, at: now.toString() });
          if (!isOut) continue;
          const own = checkIns.find((each) => each.personId === personId && each.shift === shift);
          expect(own).toBeDefined();
          const { from } = shiftAt(now);
          expect([shiftAt(now).key, shiftAt(from.subtract({ seconds: 1 })).key]).toContain(shift);
        }
        const keys = checkOuts.map(({ personId, shift }) => `${personId} ${shift}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      params,
    );
  });
});
