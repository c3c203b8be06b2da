import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { MediaConfig } from '#config.ts';
import { startMedia, type MediaDeps } from '#start-media.ts';
import { freePorts } from './free-ports.ts';
import { testSecret } from './orders.ts';
import { realWorker } from './real-worker.ts';
import { ScriptedCentre } from './scripted-centre.ts';

export { childPids, workerPids } from './child-pids.ts';
export { eventually } from './eventually.ts';
export { PageSeat } from './page-seat.ts';
export { PlainVenue } from './plain-venue.ts';
export { makeOrder, signSeat, steered } from './orders.ts';

export interface TestMedia extends AsyncDisposable {
  readonly centre: ScriptedCentre;
  readonly config: MediaConfig;
  readonly url: string;
  /** Ends the media server. */
  stop(): Promise<void>;
  /** Starts it anew on the same port and data. */
  start(): Promise<void>;
}

/** A media server with real workers, and a centre that follows a script. */
export async function openTestMedia({
  level = 'silent',
  placement,
  plainPorts,
  ...change
}: Partial<MediaConfig> &
  Pick<MediaDeps, 'placement' | 'plainPorts'> & {
    readonly level?: string;
  } = {}): Promise<TestMedia> {
  const binary = await realWorker();
  await using held = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'media-server-'));
  held.defer(() => rm(dataDir, { recursive: true, force: true }));
  const centre = held.use(await ScriptedCentre.open(testSecret));
  const first = await freePorts(2);
  const config: MediaConfig = {
    host: '127.0.0.1',
    port: 0,
    tls: null,
    rtc: { ip: '127.0.0.1', ports: { min: first, max: first + 1 }, announced: null },
    centreUrl: centre.url,
    secret: testSecret,
    dataDir,
    logLevel: level,
    workers: 1,
    turn: null,
    plain: 'loopback',
    ...change,
  };
  const log = pino({ level }, pino.destination({ dest: 2, sync: true }));
  const deps = {
    log,
    find: async () => ({ path: binary, from: 'cache' }) as const,
    ...(placement === undefined ? {} : { placement }),
    ...(plainPorts === undefined ? {} : { plainPorts }),
  };
  let media = await startMedia(config, deps);
  held.defer(() => media[Symbol.asyncDispose]());
  const owned = held.move();
  return {
    centre,
    config,
    url: media.url,
    async stop() {
      await media[Symbol.asyncDispose]();
    },
    async start() {
      media = await startMedia({ ...config, port: media.port }, deps);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
