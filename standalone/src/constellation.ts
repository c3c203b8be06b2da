import { join } from 'node:path';
import { holdsEnrolment } from '@sightline/edge-agent';
import { openStore, type Store } from '@sightline/store';
import { startDemoRegister } from '#demo/demo-register.ts';
import { startDemoRosters } from '#demo/demo-rosters.ts';
import { planDemo, type DemoVillage } from '#demo/plan-demo.ts';
import { seedDemo, type DemoTerminal } from '#demo/seed-demo.ts';
import { setDemoPins } from '#demo/set-demo-pins.ts';
import { buildPages } from '#set-up/build-pages.ts';
import { claimDataDir } from '#set-up/claim-data-dir.ts';
import { fetchNetworks } from '#set-up/fetch-networks.ts';
import { prepareCamera, type DemoCamera } from '#set-up/prepare-camera.ts';
import { ensureRegisterKey } from '#set-up/register-key.ts';
import { ensureMediaSecret } from '#set-up/media-secret.ts';
import { mediaPortsFrom, portsFrom, requireFreePorts, type Ports } from '#set-up/ports.ts';
import { migrateDatabase, seedRegister } from '#set-up/prepare-database.ts';
import { simulatedDir, writeSimulatorPlan } from '#simulator/simulator-plan.ts';
import { databaseWords, simulatorWords } from './child-words.ts';
import { Fleet } from './fleet.ts';
import { issueLinks, type Links } from './links.ts';
import type { StartOptions } from './options.ts';
import type { Progress } from './progress.ts';
import type { SupervisedChild } from '#supervisor/supervisor.ts';

/** Everything running on one machine: `npm start`, and the fixture of the end-to-end tests. */
export interface Constellation extends AsyncDisposable {
  readonly links: Links;
  readonly ports: Ports;
  readonly databaseUrl: string;
  readonly fleet: Fleet;
}

export interface ConstellationDeps {
  readonly rootDir: string;
  readonly progress: Progress;
  /** A server of one's own; null = embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  readonly environment: Readonly<Record<string, string>>;
}

interface Start extends ConstellationDeps {
  readonly options: StartOptions;
  readonly ports: Ports;
  readonly fleet: Fleet;
  readonly brokerHttpUrl: string;
  readonly brokerMqttUrl: string;
  /** Of the demo's real terminal. */
  readonly camera: DemoCamera;
}

/** Starts everything; resolves once everything answers. Throws one sentence with a remedy. */
export async function startConstellation(
  options: StartOptions,
  deps: ConstellationDeps,
): Promise<Constellation> {
  await using held = new AsyncDisposableStack();
  held.use(claimDataDir(options.dataDir));
  const { progress } = deps;
  const { postgres: _own, ...others } = portsFrom(options.portBase);
  await requireFreePorts(others); // The database looks after its own: it may take over a leftover.
  await progress.step('face networks', fetchNetworks);
  const camera = await prepareCamera(options, progress);
  const start = beginStart(options, { ...deps, camera });
  const { fleet, ports } = start;
  await progress.step('pages', (report) => buildPages(deps.rootDir, report));
  held.use(fleet);
  const databaseUrl = deps.databaseUrl ?? (await startDatabase(start));
  const config = { databaseUrl, applicationName: 'sightline-standalone', poolSize: 2 };
  await using store = await openStore(config);
  const links = await startPrograms(start, store, databaseUrl);
  const registerKeyFile = ensureRegisterKey(options.dataDir);
  held.use(await startDemoRegister(store, { ...start, databaseUrl, registerKeyFile }));
  held.use(startDemoRosters({ options, databaseUrl, progress }));
  const owned = held.move();
  return { links, ports, databaseUrl, fleet, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function beginStart(options: StartOptions, deps: ConstellationDeps & Pick<Start, 'camera'>): Start {
  const ports = portsFrom(options.portBase);
  return {
    ...deps,
    options,
    ports,
    brokerHttpUrl: `http://127.0.0.1:${ports.brokerHttp}`,
    brokerMqttUrl: `mqtt://127.0.0.1:${ports.mqtt}`,
    fleet: new Fleet({
      rootDir: deps.rootDir,
      logDir: join(options.dataDir, 'logs'),
      environment: deps.environment,
      onNote: (line) => deps.progress.note(line),
    }),
  };
}

async function startDatabase({ fleet, options, ports, progress }: Start): Promise<string> {
  const args = ['--data', options.dataDir, '--port', String(ports.postgres)];
  const child = await fleet.add('postgres', { args });
  return progress.step('database', async (report) => {
    child.onMessage((message) => report(databaseWords(message) ?? 'answers'));
    const ready = await child.start();
    return String(ready['databaseUrl']);
  });
}

async function startPrograms(start: Start, store: Store, databaseUrl: string): Promise<Links> {
  const { options, progress, ports } = start;
  await progress.step('database schema', (report) => migrateDatabase(store, report));
  const terminals = await progress.step('register', async (report) => {
    await seedRegister(store, report);
    if (options.empty) return [];
    const isHere = (terminal: DemoVillage) => holdsEnrolment(folderOf(options, terminal));
    return seedDemo(store, planDemo(options.villages), { isHere, report });
  });
  const kiosk = await progress.step('programs', (report) =>
    startApps(start, { databaseUrl, terminals, report }),
  );
  if (!options.empty) await startDemo(start, { store, terminals, kiosk });
  return { ...(await issueLinks(store, ports.centre)), kiosk };
}

/** Where a terminal of the demo keeps its key. */
function folderOf({ dataDir }: StartOptions, { simulated, terminalId }: DemoVillage): string {
  return simulated ? simulatedDir(simulatorDirOf(dataDir), terminalId) : agentDirOf(dataDir);
}

const agentDirOf = (dataDir: string): string => join(dataDir, 'agent');
const simulatorDirOf = (dataDir: string): string => join(dataDir, 'simulator');

interface Apps {
  readonly databaseUrl: string;
  readonly terminals: readonly DemoTerminal[];
  readonly report: (measured: string) => void;
}

/** Broker, centre, media and the one real terminal; none needs another to start. Returns the kiosk's link. */
async function startApps(start: Start, apps: Apps): Promise<string> {
  const { fleet, ports, options, camera, brokerHttpUrl, brokerMqttUrl } = start;
  const { databaseUrl, terminals, report } = apps;
  const broker = await fleet.add('broker', {
    env: {
      DATABASE_URL: databaseUrl,
      SIGHTLINE_MQTT_PORT: String(ports.mqtt),
      SIGHTLINE_BROKER_HTTP_PORT: String(ports.brokerHttp),
    },
  });
  const centre = await fleet.add('centre', {
    env: {
      DATABASE_URL: databaseUrl,
      SIGHTLINE_CENTRE_PORT: String(ports.centre),
      SIGHTLINE_BROKER_HTTP_URL: brokerHttpUrl,
      SIGHTLINE_DEMO: options.empty ? '0' : '1',
      SIGHTLINE_SAMPLE_CAMERA: camera.isSample ? '1' : '0',
      SIGHTLINE_REGISTER_KEY_FILE: ensureRegisterKey(options.dataDir),
      SIGHTLINE_MEDIA_SECRET: ensureMediaSecret(options.dataDir),
      SIGHTLINE_MEDIA_URL: `http://127.0.0.1:${ports.media}`,
    },
  });
  const media = await addMedia(start);
  const agent = await fleet.add('agent', {
    env: {
      SIGHTLINE_AGENT_DIR: agentDirOf(options.dataDir),
      SIGHTLINE_KIOSK_PORT: String(ports.kiosk),
      SIGHTLINE_BROKER_HTTP_URL: brokerHttpUrl,
      SIGHTLINE_BROKER_MQTT_URL: brokerMqttUrl,
      SIGHTLINE_CAMERA: camera.setting,
      SIGHTLINE_ENROL_CODE: terminals.find((terminal) => !terminal.simulated)?.code ?? '',
    },
  });
  let answering = 0;
  const started = async (child: SupervisedChild) => {
    const ready = await child.start();
    report(`${(answering += 1)} of 4 answer`);
    return ready;
  };
  const others = [started(broker), started(centre), started(media)];
  const [terminal] = await Promise.all([started(agent), ...others]);
  return String(terminal['url']);
}

/** The media server: without a worker it answers too, and says what is missing. */
function addMedia({ fleet, ports, options }: Start): Promise<SupervisedChild> {
  return fleet.add('media', {
    env: {
      SIGHTLINE_MEDIA_PORT: String(ports.media),
      SIGHTLINE_MEDIA_RTC_PORTS: mediaPortsFrom(options.portBase),
      SIGHTLINE_MEDIA_CENTRE_URL: `http://127.0.0.1:${ports.centre}`,
      SIGHTLINE_MEDIA_SECRET: ensureMediaSecret(options.dataDir),
      SIGHTLINE_MEDIA_DATA: join(options.dataDir, 'media'),
    },
  });
}

interface Demo {
  readonly store: Store;
  readonly terminals: readonly DemoTerminal[];
  readonly kiosk: string;
}

async function startDemo(start: Start, { store, terminals, kiosk }: Demo): Promise<void> {
  const { fleet, options, progress, brokerHttpUrl, brokerMqttUrl } = start;
  const real = terminals.find((terminal) => !terminal.simulated);
  if (real !== undefined) {
    await progress.step('demo PINs', (report) =>
      setDemoPins({ store, terminal: real, kioskUrl: kiosk, report }),
    );
  }
  const simulatorDir = simulatorDirOf(options.dataDir);
  const simulated = terminals.filter((terminal) => terminal.simulated);
  await writeSimulatorPlan(simulatorDir, simulated);
  const simulator = await fleet.add('simulator', {
    env: {
      SIGHTLINE_SIMULATOR_DIR: simulatorDir,
      SIGHTLINE_BROKER_HTTP_URL: brokerHttpUrl,
      SIGHTLINE_BROKER_MQTT_URL: brokerMqttUrl,
    },
  });
  await progress.step('simulated terminals', async (report) => {
    simulator.onMessage((message) => {
      const words = simulatorWords(message);
      if (words !== null) report(words);
    });
    await simulator.start();
  });
}
