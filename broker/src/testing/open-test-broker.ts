import { isRefusal } from '@sightline/contracts';
import { createTerminals, issueEnrolmentCodes, type Store } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import pino from 'pino';
import { startBroker, type Broker, type BrokerConfig, type BrokerDeps } from '#start-broker.ts';
import { Device } from '#testing/device.ts';

export interface TestBroker extends Broker {
  readonly store: TestStore;
  /** Enrolled devices, as many as asked for. */
  readonly devices: readonly Device[];
}

/** A broker on a fresh database of the real server, with enrolled devices. */
export async function openTestBroker(
  options: { readonly devices?: number; readonly deps?: Partial<BrokerDeps> } = {},
): Promise<TestBroker> {
  const stack = new AsyncDisposableStack();
  const store = stack.use(await openTestStore());
  const broker = stack.use(await openOn(store.databaseUrl, options.deps));
  const devices = await enrolDevices(store, broker.httpPort, options.devices ?? 1);
  const { mqttPort, httpPort } = broker;
  return { store, devices, mqttPort, httpPort, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Another broker on the same database. */
export async function openOn(
  databaseUrl: string,
  deps: Partial<BrokerDeps> = {},
  more: Pick<BrokerConfig, 'coursesDir'> = {},
): Promise<Broker> {
  const broker = await startBroker(
    { databaseUrl, mqttHost: '127.0.0.1', mqttPort: 0, httpPort: 0, ...more },
    { log: pino({ level: 'silent' }), ...deps },
  );
  if (isRefusal(broker)) throw new Error(broker.detail);
  return broker;
}

export async function enrolDevices(
  store: Store,
  httpPort: number,
  count: number,
): Promise<Device[]> {
  const terminals = Array.from({ length: count }, (_, index) => ({
    terminalId: `t-${index}`,
    region: `5402351000${String(index).padStart(2, '0')}`,
    simulated: false,
  }));
  await createTerminals(store, terminals);
  const now = Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });
  const codes = await issueEnrolmentCodes(
    store.pool,
    terminals.map(({ terminalId }) => terminalId),
    now,
  );
  const devices = terminals.map(({ terminalId, region }) => new Device(terminalId, region));
  for (const device of devices) await device.enrol(httpPort, codes.get(device.terminalId) ?? '');
  return devices;
}
