import { randomUUID } from 'node:crypto';
import type { AccountRole } from '@sightline/contracts';
import { addPeople, seedDivisions } from '@sightline/store';
import { expect, test } from 'vitest';
import { enter } from '#server/testing-console.ts';
import { openPage } from '#testing/open-page.ts';
import {
  checkedInWitnessed,
  enrolled,
  record,
  startTestCentre,
} from '#testing/start-test-centre.ts';

const village = '540235100201';
const rooms = ['5402', '540235', '540235100', village, '540235101', '540221'];
const roles: readonly AccountRole[] = [
  'viewer',
  'dispatcher',
  'registrar',
  'system-administrator',
  'security-administrator',
  'audit-administrator',
];

test('each role enters the rooms below its own region and no other', async () => {
  await using centre = await startTestCentre();
  const now = Temporal.Now.instant();
  for (const role of roles) {
    for (const region of ['5402', '540235100', '540221']) {
      const cookie = await enter(centre.store, { roles: [role], region, now });
      using page = await openPage(centre.centre.url, { cookie });
      for (const room of rooms) {
        const { ok } = await page.watch(room);
        const expected = room.slice(0, region.length) === region;
        expect([role, region, room, ok]).toEqual([role, region, room, expected]);
      }
    }
  }
});

test('no frame and no pulse carries a name, or the id of a person, a terminal key or an account', async () => {
  await using centre = await startTestCentre();
  const { store } = centre;
  await seedDivisions(store.pool);
  const now = Temporal.Now.instant();
  const [personId, witnessId] = [randomUUID(), randomUUID()];
  const people = [
    { personId, region: village, name: '名字甲', post: '职务甲' },
    { personId: witnessId, region: village, name: '名字乙', post: '职务乙' },
  ];
  await addPeople(store, people, { now, actor: 'system:test' });
  const cookie = await enter(store, { roles: ['dispatcher'], region: '5402', now });
  using page = await openPage(centre.centre.url, { cookie });
  await page.watch('5402');
  await record(store, [enrolled(village)]);
  const shift = '2026-11-23/day';
  const last = await record(store, [checkedInWitnessed(village, shift, { personId, witnessId })]);
  await page.frame(({ to }) => to >= last);
  await page.pulse(() => true);
  const heard = JSON.stringify([page.frames, page.pulses]);
  // It was about that village, so it would have been there.
  expect(heard).toContain(village);
  for (const secret of [personId, witnessId, '名字', '职务', `s-${village}`, 'account:']) {
    expect([secret, heard.includes(secret)]).toEqual([secret, false]);
  }
});
