import { isRefusal, isWithin, type Region } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideCall, type CallGround, type InvitedVillage } from './decide-call.ts';

const now = Temporal.Instant.from('2026-11-23T04:00:00Z');
const village = (region: Region, more: Partial<InvitedVillage> = {}): InvitedVillage => ({
  region,
  name: `村 ${region}`,
  isEquipped: true,
  allowsOpening: false,
  ...more,
});
const ground: CallGround = {
  villages: [
    village('540235100201'),
    village('540235100202', { allowsOpening: true }),
    village('540235100203', { isEquipped: false }),
  ],
  uppers: [
    { region: '540235', name: '县', hasDesk: false },
    { region: '540235100', name: '镇', hasDesk: false },
  ],
};
const asked = {
  kind: 'meeting',
  region: '540235',
  invite: ['540235100'],
  withUpperVenues: false,
  startsAt: null,
} as const;
const by = { region: '540235', held: 0, now };
const codeOf = (decided: ReturnType<typeof decideCall>) =>
  isRefusal(decided) ? decided.code : decided.seats.map(({ seatId }) => seatId);

test('equipped villages have a seat, upper venues where asked, never the caller’s own', () => {
  const decided = decideCall(asked, ground, by);
  expect(decided).toMatchObject({ notEquipped: 1, autoAnswer: 1 });
  expect(codeOf(decided)).toEqual(['venue-540235100201', 'venue-540235100202']);
  const above = { ...asked, withUpperVenues: true };
  expect(codeOf(decideCall(above, ground, by))[0]).toBe('venue-540235100');
  expect(codeOf(decideCall(above, ground, by))).not.toContain('venue-540235');
  const prefecture = { ...by, region: '5402' };
  const wide = { ...above, region: '5402' };
  expect(codeOf(decideCall(wide, ground, prefecture)).slice(0, 2)).toEqual([
    'venue-540235',
    'venue-540235100',
  ]);
});

test('a township or county without an equipped village has a venue only where somebody can sit there', () => {
  const upper = (region: Region, hasDesk = false) => ({ region, name: region, hasDesk });
  const mixed: CallGround = {
    villages: [
      village('540235100201'),
      village('540235101201', { isEquipped: false }),
      village('540235102201', { isEquipped: false }),
    ],
    uppers: [
      upper('540235'),
      upper('540235100'),
      upper('540235101'),
      upper('540235102', true),
      upper('540236'),
    ],
  };
  const wide = { ...asked, region: '5402', invite: ['540235', '540236'], withUpperVenues: true };
  const prefecture = { ...by, region: '5402' };
  expect(codeOf(decideCall(wide, mixed, prefecture))).toEqual([
    'venue-540235',
    'venue-540235100',
    'venue-540235102',
    'venue-540235100201',
  ]);
  const none = { villages: [], uppers: [upper('540236')] };
  expect(codeOf(decideCall(wide, none, prefecture))).toBe('nobody-to-invite');
});

test('what cannot be called is refused with its reason', () => {
  expect(codeOf(decideCall({ ...asked, invite: ['540236'] }, ground, by))).toBe('invited-outside');
  expect(codeOf(decideCall({ ...asked, kind: 'call' }, ground, by))).toBe('one-village');
  expect(codeOf(decideCall(asked, { ...ground, villages: [] }, by))).toBe('nobody-to-invite');
  expect(codeOf(decideCall(asked, ground, { ...by, held: 4 }))).toBe('meetings-used');
  const at = (startsAt: string) => codeOf(decideCall({ ...asked, startsAt }, ground, by));
  expect(at('2026-11-23T03:58:00.000Z')).toBe('starts-in-past');
  expect(at('2026-12-24T04:00:00.000Z')).toBe('starts-too-late');
  expect(at('2026-11-23T05:00:00.000Z')).toHaveLength(2);
  const many = Array.from({ length: 2_001 }, (_, n) => village(String(540_235_100_000 + n)));
  expect(codeOf(decideCall(asked, { ...ground, villages: many }, by))).toBe('too-many-seats');
  const call = { ...asked, kind: 'call', invite: ['540235100201'] } as const;
  const one = { villages: [village('540235100201')], uppers: [] };
  expect(codeOf(decideCall(call, one, by))).toEqual(['venue-540235100201']);
});

test('nobody outside the meeting’s region ever gets a seat', () => {
  const region = fc
    .tuple(fc.constantFrom('540235', '540236'), fc.constantFrom('', '100', '101'))
    .map(([county, town]) => county + town);
  fc.assert(
    fc.property(region, fc.array(region, { minLength: 1 }), fc.boolean(), (own, invite, up) => {
      const villages = invite.map((each, n) => village(`${each.padEnd(9, '1')}${200 + n}`));
      const uppers = invite.map((each) => ({ region: each, name: each, hasDesk: true }));
      const call = { ...asked, region: own, invite, withUpperVenues: up };
      const decided = decideCall(call, { villages, uppers }, by);
      if (isRefusal(decided)) return;
      expect(decided.seats.filter((seat) => !isWithin(seat.region, own))).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
});
