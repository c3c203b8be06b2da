import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '@sightline/look/testing';
import { makeSecretsAsTold } from './compose-docs.ts';
import { openCoturn } from './coturn.ts';
import { openPlace } from './fixture.ts';
import { houseAddress, openHouseNet, type HouseNet } from './house-net.ts';

/** The name of the house in its certificate, and in the table of hosts of house and village. */
export const serverName = 'sightline.example';

/** The coturn of the house, with the same secret and ports in each of its lives. */
export interface Relay {
  /** kill -9; all that it relayed is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** House and village on their wire, with the house's secrets and its relay, as the page on operations has them made. */
export interface WiredHouse extends AsyncDisposable {
  readonly net: HouseNet;
  /** Stands for the folder of docker-compose.yml. */
  readonly dir: string;
  /** Started by `openWiredHouse` where it is wanted. */
  readonly relay: Relay;
  /** The village's Chromium. */
  readonly program: string;
  /** Chromium's flag that trusts the house's certificate. */
  readonly trust: string;
  /** The file of a secret. */
  readonly secret: (name: string) => string;
}

export async function openWiredHouse({
  isRelayed,
}: {
  readonly isRelayed: boolean;
}): Promise<WiredHouse> {
  await using held = new AsyncDisposableStack();
  const net = held.use(await openHouseNet(serverName));
  const { dir } = held.use(await openPlace());
  makeSecretsAsTold(dir, serverName);
  const secret = (name: string) => join(dir, 'data/secrets', name);
  const open = () => openCoturn({ dir, serverName, address: houseAddress });
  let coturn: AsyncDisposable | null = null;
  const relay: Relay = {
    async kill() {
      await coturn?.[Symbol.asyncDispose]();
      coturn = null;
    },
    async start() {
      coturn ??= await open();
    },
  };
  held.defer(() => relay.kill());
  if (isRelayed) await relay.start();
  const program = await net.inVillage(findChromium());
  const trust = `--ignore-certificate-errors-spki-list=${keyDigest(secret('server.pem'))}`;
  const owned = held.move();
  return {
    net,
    dir,
    relay,
    program,
    trust,
    secret,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Chromium trusts this one key for any name: base64 of SHA-256 over its SubjectPublicKeyInfo. */
function keyDigest(certificateFile: string): string {
  const { publicKey } = new X509Certificate(readFileSync(certificateFile));
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('base64');
}
