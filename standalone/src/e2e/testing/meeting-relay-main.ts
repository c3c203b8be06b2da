import { createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { makeOrder, openTestMedia, PageSeat, signSeat } from '@sightline/media-server/testing';
import { houseAddress, insideAddress } from './house-net.ts';
import type { RelayAnswers } from './relay-answers.ts';
import { TurnClient, type Peer, type TurnKey } from './turn-client.ts';
import { openWiredHouse } from './wired-house.ts';

/*
 * Runs in a network namespace of its own, `unshare -n`: coturn as docker-compose.yml and the page on operations have it, and
 * a client that asks it for what a browser never would. Prints the numbers of its answers, one line.
 */

const relay = { address: houseAddress, port: 3478 };
const databasePort = 5432;
const mediaPort = 7411;
/** As `media/turn/turnserver.conf` has it. */
const mostBytesPerSecond = 250_000;

const forbidden: readonly Peer[] = [
  '127.0.0.1',
  insideAddress,
  '172.17.0.1',
  '169.254.169.254',
  '198.51.100.9',
  '::1',
  `::ffff:${insideAddress}`,
  `::ffff:127.0.0.1`,
].map((address) => ({ address, port: databasePort }));

process.stdout.write(`${JSON.stringify(await ask())}\n`);

async function ask(): Promise<RelayAnswers> {
  await using house = await openWiredHouse({ isRelayed: true });
  const secretFile = house.secret('turn-secret');
  const key = await keyOfSeat(secretFile);
  const secret = readFileSync(secretFile, 'utf8').trim();
  await using inside = await listenInside();
  const [end = '', seat = ''] = key.username.split(/:(.*)/s);
  const stale = `${Math.floor(Date.now() / 1000) - 1}:${seat}`;
  const keys = {
    good: await allocateOnce(key),
    wrong: await allocateOnce({ ...key, credential: sign('another secret', key.username) }),
    stale: await allocateOnce({ username: stale, credential: sign(secret, stale) }),
    // The end put off by an hour, under the old signature.
    stretched: await allocateOnce({ ...key, username: `${Number(end) + 3600}:${seat}` }),
    // The key of a seat, under another seat's name.
    borrowed: await allocateOnce({ ...key, username: `${end}:venue-540235100209` }),
  };
  using client = await TurnClient.open(relay, key);
  await client.allocate();
  using sixClient = await TurnClient.open(relay, key);
  await sixClient.allocate({ family: 'ipv6' });
  const peers: Record<string, number> = {};
  for (const peer of forbidden) {
    const asking = peer.address.includes('::') ? sixClient : client;
    peers[peer.address] = await asking.permit(peer);
    peers[`${peer.address} by channel`] = await asking.bind(peer, 0x4001);
  }
  peers['media server'] = await client.permit({ address: houseAddress, port: mediaPort });
  using tcpClient = await TurnClient.open(relay, key);
  const tcp = await tcpClient.allocate({ transport: 'tcp' });
  const quota = await allocateMany(secret, seat);
  const flow = await pour(client);
  return { keys, peers, tcp, heardInside: inside.heard(), ...quota, ...flow };
}

/** As a page gets it, when it enters. */
async function keyOfSeat(secretFile: string): Promise<TurnKey> {
  const urls = [`turn:${relay.address}:${relay.port}`];
  await using media = await openTestMedia({ turn: { urls, secretFile } });
  const order = makeOrder(1);
  media.centre.order(order);
  const { meetingId } = order.control;
  using page = new PageSeat(media.url, signSeat({ meetingId, seatId: order.venues[0] ?? '' }));
  await page.connected();
  const [server] = (await page.enterPlain()).iceServers;
  if (server === undefined) throw new Error('The page got no relay.');
  return server;
}

function sign(secret: string, username: string): string {
  return createHmac('sha1', secret).update(username).digest('base64');
}

async function allocateOnce(key: TurnKey): Promise<number> {
  using client = await TurnClient.open(relay, key);
  return await client.allocate();
}

/** What must hear nothing: a database, and UDP at the same places. */
async function listenInside(): Promise<AsyncDisposable & { readonly heard: () => number }> {
  let heard = 0;
  const server = createServer((socket) => {
    heard += 1;
    socket.destroy();
  }).listen(databasePort, '0.0.0.0');
  const udp = createSocket('udp4', () => (heard += 1)).bind(databasePort, '0.0.0.0');
  await Promise.all([once(server, 'listening'), once(udp, 'listening')]);
  return {
    heard: () => heard,
    async [Symbol.asyncDispose]() {
      udp.close();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One seat after another port, with a new key each second one: as a page that is opened again and again. */
async function allocateMany(
  secret: string,
  seat: string,
): Promise<Pick<RelayAnswers, 'granted' | 'afterGranted'>> {
  using held = new DisposableStack();
  for (let granted = 0; ; granted += 1) {
    const end = Math.floor(Date.now() / 1000) + 3600 + granted;
    const username = `${end}:${seat}`;
    const client = await TurnClient.open(relay, { username, credential: sign(secret, username) });
    held.use(client);
    const afterGranted = await client.allocate();
    if (afterGranted !== 0 || granted > 100) return { granted, afterGranted };
  }
}

/** Eight times what a port may carry, at an even pace for two seconds. */
async function pour(
  client: TurnClient,
): Promise<Pick<RelayAnswers, 'sentBytes' | 'throughBytes' | 'allowedBytes'>> {
  let throughBytes = 0;
  const sink = createSocket('udp4', (bytes) => (throughBytes += bytes.length));
  sink.bind(mediaPort, houseAddress);
  await once(sink, 'listening');
  await client.bind({ address: houseAddress, port: mediaPort }, 0x4002);
  const packet = Buffer.alloc(1_000, 0x80);
  const begunMs = performance.now();
  let sentBytes = 0;
  for (let step = 0; step < 100; step += 1) {
    for (let n = 0; n < 40; n += 1) client.send(0x4002, packet);
    sentBytes += 40 * packet.length;
    await pause(20);
  }
  await pause(200);
  sink.close();
  const seconds = Math.ceil((performance.now() - begunMs) / 1000) + 1;
  return { sentBytes, throughBytes, allowedBytes: seconds * mostBytesPerSecond };
}
