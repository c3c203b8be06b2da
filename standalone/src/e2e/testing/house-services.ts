import type { Store } from '@sightline/store';
import { openStandIn } from './compose-database.ts';
import { commandsAsTold } from './compose-docs.ts';
import { readComposeFile } from './compose-file.ts';
import { ComposeProcess } from './compose-process.ts';
import { runOnce } from './compose-run.ts';
import { makeVolumes, translate, type Place } from './compose-translation.ts';
import { openReader } from './custody.ts';
import { houseAddress } from './house-net.ts';
import { serverName, type WiredHouse } from './wired-house.ts';

/** Those of docker-compose.yml: its network is a network of its own, so nobody else has a port of it. */
const portBase = 7400;
const databasePort = portBase + 4;

/** Database, broker, centre and media server of a wired house, as docker-compose.yml starts them. */
export interface HouseServices extends AsyncDisposable {
  readonly store: Store;
  /** Of the console. */
  readonly origin: string;
  /** Ports that media comes in by. */
  readonly mediaPorts: { readonly min: number; readonly max: number };
  /** Starts the village's agent in the village; the kiosk's link there. */
  startAgent(enrolCode: string): Promise<string>;
}

export async function openHouseServices(house: WiredHouse): Promise<HouseServices> {
  await using held = new AsyncDisposableStack();
  const { dir } = house;
  const file = readComposeFile({
    SIGHTLINE_SERVER_NAME: serverName,
    SIGHTLINE_SERVER_ADDRESS: houseAddress,
  });
  await makeVolumes(dir);
  const { databaseUrl } = held.use(await openStandIn(dir, databasePort));
  const place: Place = { dir, portBase, databaseUrl, host: houseAddress };
  const start = async (name: string) =>
    held.use(await ComposeProcess.open(translate(file, name, place), place));
  const migrated = await (await start('migrate')).ended();
  if (migrated !== 0) throw new Error(`The migrations ended with ${migrated}.`);
  const services = await Promise.all(['broker', 'centre', 'media'].map(start));
  await Promise.all(services.map((service) => service.becomesHealthy()));
  const store = held.use(await openReader(databaseUrl));
  const media = translate(file, 'media', place).environment['SIGHTLINE_MEDIA_RTC_PORTS'] ?? '';
  const [min = 0, max = min] = media.split('-').map(Number);
  const agents = held.use(new AsyncDisposableStack());
  const owned = held.move();
  return {
    store,
    origin: `https://${serverName}:${portBase}`,
    mediaPorts: { min, max },
    async startAgent(enrolCode) {
      const { environment, ...rest } = translate(file, 'agent', place);
      const agent = {
        ...rest,
        environment: { ...environment, SIGHTLINE_ENROL_CODE: enrolCode },
      };
      const node = await house.net.inVillage(process.execPath);
      await agents.use(await ComposeProcess.open(agent, { dir, node })).becomesHealthy();
      const { code, words } = await runOnce({
        ...agent,
        args: commandsAsTold().get('agent') ?? [],
      });
      if (code !== 0) throw new Error(`The kiosk's link is not told: ${words}`);
      return words.trim();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
