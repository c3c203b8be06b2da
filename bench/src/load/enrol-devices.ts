import { isRefusal } from '@sightline/contracts';
import { appendCentreFacts, createTerminals, type Store } from '@sightline/store';
import type { DeviceKey } from './device-keys.ts';

const atOnce = 2_000;

/**
 * Makes the terminals and enrols their keys in bulk, with the facts that enrolment leaves: ten thousand
 * one by one would take longer than what is measured.
 */
export async function enrolDevices(store: Store, keys: readonly DeviceKey[]): Promise<void> {
  for (let from = 0; from < keys.length; from += atOnce) {
    await enrolSome(store, keys.slice(from, from + atOnce));
  }
}

async function enrolSome(store: Store, keys: readonly DeviceKey[]): Promise<void> {
  const now = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const terminals = keys.map(({ terminalId, region }) => ({ terminalId, region, simulated: true }));
  await createTerminals(store, terminals);
  await store.pool.query(
    `insert into terminal_source (source, terminal_id, public_key, enrolled_at)
     select *, $4::timestamptz from unnest($1::text[], $2::text[], $3::text[])`,
    [
      keys.map(({ source }) => source),
      keys.map(({ terminalId }) => terminalId),
      keys.map(({ publicKey }) => publicKey),
      now,
    ],
  );
  const appended = await appendCentreFacts(
    store,
    keys.map(({ terminalId, region, source }) => ({
      at: now,
      region,
      stream: `terminal/${region}/${terminalId}`,
      type: 'terminal.enrolled' as const,
      world: 'actual' as const,
      actor: `terminal:${terminalId}`,
      data: { terminalId, source, simulated: true },
    })),
  );
  if (isRefusal(appended)) throw new Error(appended.detail);
}
