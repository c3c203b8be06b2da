import { randomUUID } from 'node:crypto';
import { createTerminal, readDesired, seedDivisions } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { startCentreOn } from '#testing/start-test-centre.ts';
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
