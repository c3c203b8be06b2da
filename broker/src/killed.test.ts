import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { verifyCustody } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { packetText, type Device } from '#testing/device.ts';
import { enrolDevices, openOn } from '#testing/open-test-broker.ts';
import { TerminalClient } from '#testing/wire-client.ts';

const doomed = fileURLToPath(new URL('./testing/doomed-broker.ts', import.meta.url));

async function openDoomed(databaseUrl: string, afterCommits: number) {
  const child = fork(doomed, [databaseUrl, String(afterCommits)], { execArgv: [] });
  const exited = once(child, 'exit');
  const isUp = once(child, 'message') as Promise<[{ mqttPort: number; httpPort: number }]>;
  const neverUp = exited.then(([code]) => {
    throw new Error(`The broker ended with code ${code} before it listened.`);
  });
  neverUp.catch(() => undefined); // It ends later too, as it should.
  const [ports] = await Promise.race([isUp, neverUp]);
  return { ...ports, child, exited };
}

/** Sends waves of packets, the next when the one before is settled; ends early when the broker dies. */
async function drain(
  device: Device,
  waves: readonly (readonly string[])[],
  ports: { readonly mqttPort: number; readonly httpPort: number },
): Promise<number> {
  await using terminal = await TerminalClient.open(device, ports);
  let settled = 0;
  for (const wave of waves) {
    terminal.publishTogether(wave);
    for (const _packet of wave) {
      const ack = await terminal.nextAck().catch(() => null);
      if (ack === null) return settled;
      expect(ack.trouble).toBeNull();
      settled += 1;
    }
  }
  return settled;
}

test('killed between the commit and the ack, 4 times: all is stored exactly once, nothing told is lost', async () => {
  await using store = await openTestStore();
  const enrolling = await openDoomed(store.databaseUrl, 0);
  const [device] = await enrolDevices(store, enrolling.httpPort, 1);
  enrolling.child.disconnect();
  await enrolling.exited;
  if (device === undefined) throw new Error('No device.');
  const texts = Array.from({ length: 40 }, () => packetText(device.packet(5)));
  let told = 0;
  let kills = 0;
  for (let trial = 0; trial < 4; trial += 1) {
    // Every other time it answers a commit first. One wave may be stored already: more follow.
    const broker = await openDoomed(store.databaseUrl, 1 + (trial % 2));
    const waves = [0, 3, 6, 9].map((from) => texts.slice(told + from, told + from + 3));
    told += await drain(device, waves, broker);
    const [, signal] = await broker.exited;
    if (signal === 'SIGKILL') kills += 1;
    const { rows } = await store.pool.query<{ seq: number | null }>(
      'select max(seq) as seq from log where source = $1',
      [device.source],
    );
    // What was committed and not told is there; what was told is there.
    expect(rows[0]?.seq ?? 0).toBeGreaterThan(told * 5);
  }
  expect(kills).toBe(4);
  await using broker = await openOn(store.databaseUrl);
  await drain(device, [texts.slice(told)], broker);
  const { rows } = await store.pool.query<{ seq: number }>(
    'select seq from log where source = $1 order by position',
    [device.source],
  );
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  expect(told).toBeGreaterThan(0);
  expect(await verifyCustody(store)).toBeNull();
}, 120_000);
