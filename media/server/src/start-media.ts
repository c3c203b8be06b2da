import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { MediaHealth, Refusal } from '@sightline/contracts';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { CentreLink } from '#centre-link/centre-link.ts';
import { Journal } from '#centre-link/journal.ts';
import type { MediaConfig } from '#config.ts';
import { addDecks } from '#decks/decks-route.ts';
import { eraseFiles } from '#erasing/erase-files.ts';
import { addHealth, PartStates } from '#http/health-route.ts';
import { listen, openApp } from '#http/open-app.ts';
import { Recorder } from '#recorder/recorder.ts';
import { addRecordings } from '#recorder/recordings-route.ts';
import { limits } from '#limits.ts';
import { KeepWorkers } from '#rooms/keep-workers.ts';
import type { PlaceLimits } from '#rooms/place-seat.ts';
import { PlainPorts } from '#rooms/plain-ports.ts';
import { Rooms } from '#rooms/rooms.ts';
import { SavedRooms } from '#rooms/saved-rooms.ts';
import { seatedChairs } from '#rooms/seated-chairs.ts';
import { measureRooms } from '#sampling/measure-rooms.ts';
import { recordingTokenKey } from '#signalling/read-recording-token.ts';
import { seatTokenKey } from '#signalling/read-seat-token.ts';
import { openSignalling } from '#signalling/signalling.ts';
import { openTurnServers, type TurnServers } from '#signalling/turn-servers.ts';
import { Stills } from '#tiers/stills.ts';
import { findWorker, type FoundWorker } from '#worker-binary/find-worker.ts';

export interface MediaDeps {
  readonly log: Logger;
  /** Where the worker's binary is; this machine's own where not given. */
  readonly find?: () => Promise<FoundWorker | Refusal>;
  /** How seats are spread over the routers of a room. */
  readonly placement?: PlaceLimits;
  /** Of seats by plain RTP. */
  readonly plainPorts?: PlainPorts;
}

export interface Media extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/**
 * The media server: signalling for pages, rooms on workers, the link to the centre. Starts without a worker's
 * binary too, and says so. Throws when a port is taken or a certificate cannot be read.
 */
export async function startMedia(config: MediaConfig, deps: MediaDeps): Promise<Media> {
  await using held = new AsyncDisposableStack();
  const own = {
    find: () => findWorker(),
    placement: limits.placement,
    plainPorts: new PlainPorts(limits.plainPorts),
  };
  const port = await openParts(config, { ...own, ...deps }, held);
  const owned = held.move();
  const scheme = config.tls === null ? 'http' : 'https';
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `${scheme}://${host}:${port}`,
    port,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Opens the parts in the order in which they need each other; the stack closes them backwards. */
async function openParts(
  config: MediaConfig,
  { log, find, placement, plainPorts }: Required<MediaDeps>,
  held: AsyncDisposableStack,
): Promise<number> {
  const turnServers = openTurnServers(config.turn);
  const now = () => Date.now();
  const nowMs = () => performance.now();
  const states = new PartStates(now);
  const app = openApp(config.tls);
  held.defer(() => app.close());
  const { rtc, workers: count } = config;
  let spoken: Spoken = { health: null, recorder: null };
  const tellHealth = (next: Spoken): void => {
    spoken = next;
    if (next.health === null) return;
    const detail = [next.health.detail, next.recorder ?? ''].filter((one) => one !== '').join(' ');
    link.tellHealth({ ...next.health, detail: detail.slice(0, 400) });
  };
  const workers = held.use(
    new KeepWorkers({
      rtc,
      count,
      find,
      log,
      onHealth: (health) => {
        states.set('worker', health.state === 'ready', health.detail);
        tellHealth({ ...spoken, health });
      },
    }),
  );
  const rooms = new Rooms({ workers, rtc, plainPorts, placement, log, nowMs, now });
  await mkdir(config.dataDir, { recursive: true });
  const saved = held.use(new SavedRooms(join(config.dataDir, 'rooms.json'), { log, now }));
  const journal = held.use(await Journal.open(join(config.dataDir, 'words.jsonl'), log));
  const told = (take: () => void): void => {
    take();
    saved.save(rooms.orders());
  };
  const isBusy = (id: string) => rooms.get(id) !== null || recorder.isBusy(id);
  const link: CentreLink = held.use(
    CentreLink.open(config, {
      log,
      journal,
      onRooms: (orders) => told(() => rooms.applyAll(orders)),
      onRoom: (order) => told(() => rooms.apply(order)),
      onClosed: (meetingId) => told(() => rooms.close(meetingId)),
      onErase: (files) => eraseFiles(files, { dataDir: config.dataDir, isBusy }),
      onState: (isUp) => states.set('centre', isUp),
      chairs: () => seatedChairs(rooms.all(), nowMs()),
    }),
  );
  // Closed before the link: what it counted last is still told.
  held.use(rooms);
  await mkdir(join(config.dataDir, 'recordings'), { recursive: true });
  const recorder: Recorder = held.use(
    await Recorder.open({
      dir: join(config.dataDir, 'recordings'),
      rooms,
      put: link.put,
      log,
      now,
      onProblem: (problem) => {
        states.set('recorder', problem === null, problem ?? '');
        tellHealth({ ...spoken, recorder: problem });
      },
    }),
  );
  await workers.start();
  const { put, keep } = link;
  const parts = { config, rooms, turnServers, put, keep, log, now, nowMs };
  openDoors(app, { ...parts, hasWorkers: () => workers.hasWorkers }, held);
  addHealth(app, () => states.all());
  // Whoever follows rooms hears of the first.
  rooms.restore(await saved.read());
  const port = await listen(app, config);
  link.connect();
  states.set('signalling', true);
  return port;
}

interface Doors {
  readonly config: MediaConfig;
  readonly rooms: Rooms;
  readonly turnServers: TurnServers;
  readonly put: CentreLink['put'];
  readonly keep: CentreLink['keep'];
  readonly hasWorkers: () => boolean;
  readonly log: Logger;
  readonly now: () => number;
  readonly nowMs: () => number;
}

/** Where pages come in, and what is measured of them. */
function openDoors(app: FastifyInstance, doors: Doors, held: AsyncDisposableStack): void {
  const { config, rooms, now, nowMs } = doors;
  const stills = new Stills(nowMs);
  measureRooms({ ...doors, stills }, held);
  const key = seatTokenKey(config.secret);
  held.use(openSignalling(app.server, { ...doors, stills, key }));
  addDecks(app, { dir: join(config.dataDir, 'decks'), rooms, key, now });
  const dir = join(config.dataDir, 'recordings');
  addRecordings(app, { dir, key: recordingTokenKey(config.secret), now });
}

/** What is said of the server's health: of its workers, and of its recorder. */
interface Spoken {
  readonly health: MediaHealth | null;
  readonly recorder: string | null;
}
