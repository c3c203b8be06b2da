import { randomUUID } from 'node:crypto';
import { createTerminal, raiseComplaint, readDesired, seedDivisions } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { fetchSnapshot, openPage } from '#testing/open-page.ts';
import { screenCookie, startCentreOn } from '#testing/start-test-centre.ts';
import { TestDevice } from '#testing/test-device.ts';

const region = '540235100201';
const terminalId = `${region}-1`;
const patienceMs = 30_000;

test('a terminal is given a key to seal with and told of its complaint within moments, also of one that came while the centre was down', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  await createTerminal(store, { terminalId, region, simulated: false });
  const device = await TestDevice.enrol(store, { terminalId, region });
  const told = async () => (await readDesired(store.pool, terminalId))?.complaints;
  const raise = async (): Promise<string> => {
    const complaintId = randomUUID();
    const said = { kind: 'complaint', sentences: ['terminal-broken'], origin: 'kiosk' } as const;
    const data = { complaintId, terminalId, ...said, sentences: [...said.sentences] };
    await device.append(store, [{ type: 'complaint.raised', data }]);
    return complaintId;
  };
  const missed = await raise();
  await using _ = await startCentreOn(store);
  const ids = async () => (await told())?.standings.map(({ complaintId }) => complaintId);
  await expect.poll(ids, { timeout: patienceMs }).toEqual([missed]);
  expect((await told())?.key.publicKey).toMatch(/^[\w-]{59}$/);
  const next = await raise();
  await expect.poll(ids, { timeout: patienceMs }).toEqual([next, missed]);
  expect((await told())?.answerDays).toBe(7);
}, 90_000);

test('one without an answer in time stands on the big screen by its township alone; a village hears of none', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  const said = { kind: 'complaint', sentences: [], text: '灯坏了', contact: '' } as const;
  const complaint = { complaintId: randomUUID(), ...said, region, origin: 'screen' } as const;
  const raisedAt = Temporal.Now.instant()
    .round('second')
    .subtract({ hours: 24 * 8 });
  expect(await raiseComplaint(store, complaint, raisedAt)).toBeNull();
  await using centre = await startCentreOn(store);
  using page = await openPage(centre.url, { cookie: await screenCookie({ store }, '5402') });
  await page.watch('5402');
  const { attention } = await page.pulse((pulse) =>
    pulse.attention.some(({ kind }) => kind === 'complaint-overdue'),
  );
  const township = region.slice(0, 9);
  expect(attention.filter(({ kind }) => kind === 'complaint-overdue')).toEqual([
    {
      id: `complaint-overdue/${township}`,
      kind: 'complaint-overdue',
      region: township,
      since: raisedAt.add({ hours: 24 * 7 }).toString({ fractionalSecondDigits: 3 }),
      count: 1,
      detail: '',
    },
  ]);
  const kindsSeen = async (place: string) =>
    (await fetchSnapshot(centre.url, await screenCookie({ store }, place))).attention.map(
      ({ kind }) => kind,
    );
  expect(await kindsSeen(township)).toContain('complaint-overdue');
  expect(await kindsSeen(region)).not.toContain('complaint-overdue');
  expect(await kindsSeen('540202')).not.toContain('complaint-overdue');
}, 90_000);
