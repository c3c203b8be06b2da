import type { Challenge } from '@sightline/contracts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Camera, PageCamera } from '#camera/camera.ts';
import { openPageCamera } from '#camera/page-camera.ts';
import { SelfTests } from '#device-health/self-tests.ts';
import { drawOf } from '#domain/challenge.ts';
import { blindEyes, type Eyes } from '#face/eyes.ts';
import type { RoomParts } from '#kiosk/open-room.ts';
import { startKiosk, type Kiosk } from '#kiosk/start-kiosk.ts';
import { openKioskClient, type KioskClient } from '#kiosk/testing/kiosk-client.ts';
import { testCourseSettings } from '#testing/course-server.ts';
import { tableDesired, TableTerminal } from '#kiosk/testing/table-terminal.ts';

export interface TableKiosk extends AsyncDisposable {
  readonly dir: string;
  readonly kiosk: Kiosk;
  readonly terminal: TableTerminal;
  readonly client: KioskClient;
  /** Every line that was logged. */
  readonly logged: string[];
  readonly eyes: Eyes;
}

export interface TableKioskOptions {
  readonly terminal?: TableTerminal;
  readonly camera?: Camera | PageCamera;
  readonly eyes?: Eyes;
  /** Kept when given: another kiosk may open it after this one. */
  readonly dir?: string;
  readonly pages?: string;
  readonly port?: number;
  /** Where courses come from; nowhere unless told. */
  readonly courseSource?: RoomParts['courseSource'];
  /** The challenge that every session draws, or the next one; the blink unless told. */
  readonly challenge?: Challenge | (() => Challenge);
}

const nowhere: RoomParts['courseSource'] = {
  brokerHttpUrl: 'http://127.0.0.1:1',
  settings: testCourseSettings,
};

export const tableTime = '2026-11-23T13:47:20.000Z';

/** A whole kiosk over a terminal on the table, and a page's session with it. */
export async function openTableKiosk(options: TableKioskOptions = {}): Promise<TableKiosk> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'sightline-kiosk-')));
  const terminal = options.terminal ?? new TableTerminal(tableTime, tableDesired());
  const camera = options.camera ?? openPageCamera();
  const eyes = options.eyes ?? blindEyes('The networks are missing.');
  const logged: string[] = [];
  const write = (fields: object, message: string): void => {
    logged.push(`${JSON.stringify(fields)} ${message}`);
  };
  const log = { info: write, warn: write, error: write };
  const pages = options.pages === undefined ? {} : { pages: options.pages };
  const { port = 0 } = options;
  const { challenge = 'blink' } = options;
  const randomness = () => drawOf(typeof challenge === 'string' ? challenge : challenge());
  const selfTests = await SelfTests.open(dir);
  const courseSource = options.courseSource ?? nowhere;
  const parts = { dir, terminal, camera, eyes, selfTests, courseSource, log, port, randomness };
  const kiosk = await startKiosk({ ...parts, ...pages });
  const client = await openKioskClient(kiosk.url);
  return {
    dir,
    kiosk,
    terminal,
    client,
    logged,
    eyes,
    async [Symbol.asyncDispose]() {
      await kiosk[Symbol.asyncDispose]();
      await camera[Symbol.asyncDispose]();
      if (options.dir === undefined) await rm(dir, { recursive: true });
    },
  };
}
