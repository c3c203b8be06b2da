import type { DutyCheckIn, HeardSource, StandingDuty } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heardOf, type Heard } from './heard-of.ts';
import { completedAtOf, judgeDuty } from './judge-duty.ts';

const runs = { numRuns: 10_000, seed: 5402 };
const [holder, fallback, somebody] = ['holder', 'fallback', 'somebody'];
/** The night of the 23rd: 20:00 to 08:00 in Shanghai. */
const night: StandingDuty = {
  post: 'watch',
  day: '2026-11-23',
  span: 'night',
  personId: holder,
  fallbackId: fallback,
  from: Temporal.Instant.from('2026-11-23T12:00:00Z'),
  to: Temporal.Instant.from('2026-11-24T00:00:00Z'),
  owedFrom: Temporal.Instant.from('2026-11-23T12:00:00Z'),
};
const after = night.to.add({ hours: 24 });
const all: Heard = { hasTerminal: true, until: after };
const at = (minutes: number): Temporal.Instant => night.from.add({ minutes });

function checkIn(minutes: number, given: Partial<DutyCheckIn> = {}): DutyCheckIn {
  return {
    personId: holder,
    method: 'pin',
    certain: true,
    notBefore: at(minutes),
    notAfter: at(minutes),
    receivedAt: at(minutes),
    simulated: false,
    sampleCamera: false,
    ...given,
  };
}

const minute = fc.integer({ min: -600, max: 1_400 });
const anyCheckIn = fc
  .record({
    minutes: minute,
    personId: fc.constantFrom(holder, fallback, somebody),
    method: fc.constantFrom('pin', 'pin-witness', 'face'),
    certain: fc.boolean(),
    wide: fc.integer({ min: 0, max: 3_000 }),
  })
  .map(({ minutes, wide, ...given }) =>
    checkIn(minutes, given.certain ? given : { ...given, notBefore: at(minutes - wide) }),
  );
const anyHeard = fc
  .record({ hasTerminal: fc.boolean(), until: fc.option(minute) })
  .map(({ hasTerminal, until }): Heard => ({
    hasTerminal,
    until: until === null ? null : at(until),
  }));

test.each([
  [-121, 'absent', null],
  [-120, 'on-time', null],
  [30, 'on-time', null],
  [31, 'late', 31],
  [5 * 60, 'late', 300],
  [12 * 60 - 1, 'late', 719],
  [12 * 60, 'absent', null],
] as const)('a check-in %i minutes after the beginning is %s', (minutes, verdict, lateMinutes) => {
  const finding = judgeDuty(night, { checkIns: [checkIn(minutes)], heard: all, now: after });
  expect([finding.verdict, finding.lateMinutes]).toEqual([verdict, lateMinutes]);
});

test('nobody is absent or late by anything but certain words, and absent only when all was heard', () => {
  fc.assert(
    fc.property(
      fc.array(anyCheckIn, { maxLength: 6 }),
      anyHeard,
      minute,
      (checkIns, heard, now) => {
        const { verdict, why } = judgeDuty(night, { checkIns, heard, now: at(now) });
        const isSure =
          heard.hasTerminal && heard.until !== null && heard.until.since(night.to).sign >= 0;
        if (verdict === 'absent') expect([isSure, now >= 720]).toEqual([true, true]);
        if (now < 720) expect(['absent', 'unknown']).not.toContain(verdict);
        expect(why === null).toBe(verdict !== 'unknown');
        const served = checkIns.filter(({ certain }) => certain);
        if (served.length === 0) expect(['on-time', 'late', 'covered']).not.toContain(verdict);
      },
    ),
    runs,
  );
});

test('a device two hours wrong gives the verdict of a right one once anchored, and none before', () => {
  const skew = fc.integer({ min: -120, max: 120 });
  fc.assert(
    fc.property(minute, skew, (minutes, wrong) => {
      // Never anchored: its device said something certain a day before, and the centre had it two hours after.
      const bounds = { notBefore: at(minutes - 1_440), notAfter: at(minutes + 120) };
      const guessed = checkIn(minutes + wrong, { certain: false, ...bounds });
      const before = judgeDuty(night, { checkIns: [guessed], heard: all, now: after });
      const truth = judgeDuty(night, { checkIns: [checkIn(minutes)], heard: all, now: after });
      const anchored = { ...guessed, certain: true, notBefore: at(minutes), notAfter: at(minutes) };
      const set = judgeDuty(night, { checkIns: [anchored], heard: all, now: after });
      expect([set.verdict, set.lateMinutes]).toEqual([truth.verdict, truth.lateMinutes]);
      if (truth.verdict === 'absent') return;
      expect([before.verdict, before.why]).toEqual(['unknown', 'uncertain-clock']);
    }),
    runs,
  );
});

test('another check-in never makes a verdict worse', () => {
  const rank = { absent: 0, unknown: 1, 'not-yet': 0, open: 1, covered: 2, late: 3, 'on-time': 4 };
  fc.assert(
    fc.property(
      fc.array(anyCheckIn, { maxLength: 5 }),
      anyCheckIn,
      anyHeard,
      minute,
      (checkIns, one, heard, now) => {
        const known = { heard, now: at(now) };
        const before = judgeDuty(night, { ...known, checkIns });
        const more = judgeDuty(night, { ...known, checkIns: [...checkIns, one] });
        expect(rank[more.verdict]).toBeGreaterThanOrEqual(rank[before.verdict]);
      },
    ),
    runs,
  );
});

test('hearing more of a village only settles what was unknown', () => {
  fc.assert(
    fc.property(fc.array(anyCheckIn, { maxLength: 4 }), minute, minute, (checkIns, a, b) => {
      const judge = (until: number) =>
        judgeDuty(night, { checkIns, heard: { hasTerminal: true, until: at(until) }, now: after });
      const [less, more] = [judge(Math.min(a, b)), judge(Math.max(a, b))];
      if (less.verdict !== 'unknown') expect(more).toEqual(less);
    }),
    runs,
  );
});

test('while it runs a duty is open until its village was heard after the grace, then not yet', () => {
  const judge = (until: number, now: number) =>
    judgeDuty(night, { checkIns: [], heard: { hasTerminal: true, until: at(until) }, now: at(now) })
      .verdict;
  expect([
    judge(-10, -5),
    judge(10, 100),
    judge(30, 100),
    judge(719, 720),
    judge(720, 720),
  ]).toEqual(['open', 'open', 'not-yet', 'unknown', 'absent']);
});

test('the best assurance stands, the earliest time counts; a night goes on after midnight', () => {
  const checkIns = [checkIn(10), checkIn(500, { method: 'face', sampleCamera: true })];
  const finding = judgeDuty(night, { checkIns, heard: all, now: after });
  expect(finding).toMatchObject({ verdict: 'on-time', method: 'face', sampleCamera: true });
  expect(finding.checkedInAt).toEqual(at(10));
});

test('the fallback covers; the holder who comes later takes the duty back', () => {
  const covered = [checkIn(40, { personId: fallback })];
  const judge = (checkIns: readonly DutyCheckIn[]) =>
    judgeDuty(night, { checkIns, heard: all, now: after });
  expect(judge(covered)).toMatchObject({ verdict: 'covered', lateMinutes: 40 });
  expect(judge([...covered, checkIn(90)])).toMatchObject({ verdict: 'late', lateMinutes: 90 });
});

test('who is put on a duty that has begun owes it from then on; after its end only a check-in counts', () => {
  const put = (minutes: number): StandingDuty => ({ ...night, owedFrom: at(minutes) });
  const judge = (duty: StandingDuty, checkIns: readonly DutyCheckIn[]) =>
    judgeDuty(duty, { checkIns, heard: all, now: after });
  expect(judge(put(120), [checkIn(140)]).verdict).toBe('on-time');
  expect(judge(put(120), [checkIn(151)])).toMatchObject({ verdict: 'late', lateMinutes: 31 });
  expect(judge(put(800), [checkIn(140)]).verdict).toBe('on-time');
  expect(judge(put(800), [])).toMatchObject({ verdict: 'unknown', why: 'entered-later' });
});

test('a duty is completed on the day its word came, when that was an hour after its end or more', () => {
  const completed = (receivedMinutes: number, earlier: 'unknown' | 'open') => {
    const checkIns = [checkIn(5, { receivedAt: at(receivedMinutes) })];
    const finding = judgeDuty(night, { checkIns, heard: all, now: after });
    const given = { earlier: { verdict: earlier, completedAt: null }, now: after };
    return completedAtOf(night, finding, given);
  };
  expect(completed(780, 'open')).toBeNull();
  expect(completed(781, 'open')).toEqual(at(781));
  expect(completed(5, 'unknown')).toEqual(after); // An anchor came, not the check-in.
  const absent = judgeDuty(night, { checkIns: [], heard: all, now: after });
  const kept = { earlier: { verdict: 'absent', completedAt: at(900) }, now: after } as const;
  expect(completedAtOf(night, absent, kept)).toEqual(at(900));
  expect(completedAtOf(night, absent, { earlier: null, now: after })).toBeNull();
});

const source = (given: Partial<HeardSource>): HeardSource => ({
  enrolledAt: at(-10_000),
  revokedAt: null,
  heardUntil: after,
  ...given,
});

test('a village is heard as far as the least of the devices it had while the duty ran', () => {
  const heard = (...sources: HeardSource[]) => heardOf(sources, night);
  expect(heard()).toEqual({ hasTerminal: false, until: null });
  expect(heard(source({}), source({ heardUntil: at(100) })).until).toEqual(at(100));
  expect(heard(source({}), source({ heardUntil: null })).until).toBeNull();
  // A device enrolled afterwards says nothing of it, one revoked long before neither.
  expect(heard(source({ enrolledAt: at(721), heardUntil: null })).hasTerminal).toBe(false);
  expect(heard(source({}), source({ revokedAt: at(-200), heardUntil: null })).until).toEqual(
    night.to,
  );
  // Lost with what it had to say: its successor knows nothing of that time.
  const lost = source({ revokedAt: at(900), heardUntil: at(60) });
  expect(heard(lost, source({ enrolledAt: at(901) })).until).toEqual(at(60));
  const emptied = source({ revokedAt: at(60), heardUntil: at(60) });
  expect(heard(emptied, source({})).until).toEqual(night.to);
});
