import { randomUUID } from 'node:crypto';
import {
  addPeople,
  createTerminal,
  readDesired,
  seedDivisions,
  type Store,
} from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { startCentreOn } from '#testing/start-test-centre.ts';
import { TestDevice } from '#testing/test-device.ts';
import { vouchFor } from '#testing/vouch-for.ts';

const village = '540235100201';
const [here, there] = [`${village}-1`, `${village}-2`] as const;
const patienceMs = 10_000;

const vouch = (store: Store, personId: string, terminalId: string): Promise<string> =>
  vouchFor(store, { personId, terminalId, region: village, actor: 'system:test' });

/** A person enrolled at both terminals of the village. */
async function equip(store: Store) {
  await seedDivisions(store.pool);
  const personId = randomUUID();
  const change = { now: Temporal.Now.instant(), actor: 'system:test' };
  await addPeople(store, [{ personId, region: village, name: '扎西', post: '' }], change);
  const devices: TestDevice[] = [];
  for (const terminalId of [here, there]) {
    await createTerminal(store, { terminalId, region: village, simulated: true });
    const device = await TestDevice.enrol(store, { terminalId, region: village });
    await device.append(store, [
      device.enrolled(personId, await vouch(store, personId, terminalId)),
    ]);
    devices.push(device);
  }
  const [first, second] = devices;
  if (first === undefined || second === undefined) throw new Error('Two devices were enrolled.');
  return { personId, first, second };
}

const isForbidden = async (store: Store, terminalId: string) =>
  (await readDesired(store.pool, terminalId))?.people[0]?.faceWithdrawn === true;

test('a face withdrawn at one terminal is forbidden at the other within moments, also when the centre was down meanwhile', async () => {
  await using store = await openTestStore();
  const { personId, first, second } = await equip(store);
  {
    await using _ = await startCentreOn(store);
    expect(await isForbidden(store, there)).toBe(false);
    await first.append(store, [first.withdrawn(personId), first.erased(personId)]);
    await expect.poll(() => isForbidden(store, there), { timeout: patienceMs }).toBe(true);
  }
  await second.append(store, [second.erased(personId)]);
  for (const [device, terminalId] of [[first, here] as const, [second, there] as const]) {
    const grantId = await vouch(store, personId, terminalId);
    await device.append(store, [device.enrolled(personId, grantId)]);
  }
  // Nobody looks while this is said.
  await second.append(store, [second.withdrawn(personId), second.erased(personId)]);
  await using _ = await startCentreOn(store);
  await expect.poll(() => isForbidden(store, here), { timeout: patienceMs }).toBe(true);
});
