import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openThrottledLink } from './throttled-link.ts';

const loopback = '127.0.0.1';

test('datagrams pass at the link’s rate, and what its queue cannot hold is lost', async () => {
  const behind = createSocket('udp4');
  behind.bind(0, loopback);
  await once(behind, 'listening');
  await using link = await openThrottledLink({ udpPort: behind.address().port, tcpPorts: [] });
  link.setRate(80); // 10 bytes a millisecond; half a second holds 5,000.
  const venue = createSocket('udp4');
  const heard: number[] = [];
  const startedMs = performance.now();
  behind.on('message', () => heard.push(performance.now() - startedMs));
  for (let at = 0; at < 20; at += 1) venue.send(Buffer.alloc(972), link.udpPort, loopback);
  await expect.poll(() => heard.length + link.dropped()).toBe(20);
  expect(heard.length).toBe(5); // Five of 1,000 bytes, headers counted, fill the queue.
  expect(heard.at(-1)).toBeGreaterThan(450);
  venue.close();
  behind.close();
});

test('a datagram finds its way back to who sent it', async () => {
  const echo = createSocket('udp4');
  echo.on('message', (packet, from) => echo.send(packet, from.port, from.address));
  echo.bind(0, loopback);
  await once(echo, 'listening');
  await using link = await openThrottledLink({ udpPort: echo.address().port, tcpPorts: [] });
  const venues = [createSocket('udp4'), createSocket('udp4')];
  const answers = await Promise.all(
    venues.map(async (venue, at) => {
      venue.send(Buffer.from([at]), link.udpPort, loopback);
      const [packet] = (await once(venue, 'message')) as [Buffer];
      venue.close();
      return packet[0];
    }),
  );
  expect(answers).toEqual([0, 1]);
  echo.close();
});

test('a stream loses nothing, however slow', async () => {
  const sent = Buffer.alloc(6_000, 7);
  const server = createServer((socket) => socket.end(sent)).listen(0, loopback);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await using link = await openThrottledLink({ udpPort: 9, tcpPorts: [port] });
  link.setRate(80);
  const startedMs = performance.now();
  const socket = connect(link.tcpPorts[0] ?? 0, loopback);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  expect(Buffer.concat(parts)).toEqual(sent);
  expect(performance.now() - startedMs).toBeGreaterThan(550);
  server.close();
});

test('the same seed loses the same datagrams', async () => {
  const lostWith = async (seed: number): Promise<readonly number[]> => {
    const behind = createSocket('udp4');
    behind.bind(0, loopback);
    await once(behind, 'listening');
    await using link = await openThrottledLink({
      udpPort: behind.address().port,
      tcpPorts: [],
      lossShare: 0.3,
      seed,
    });
    const heard = new Set<number>();
    behind.on('message', (packet) => heard.add(packet[0] ?? 0));
    const venue = createSocket('udp4');
    for (let at = 0; at < 60; at += 1) venue.send(Buffer.from([at]), link.udpPort, loopback);
    await expect.poll(() => heard.size + link.dropped()).toBe(60);
    venue.close();
    behind.close();
    return [...heard].toSorted((a, b) => a - b);
  };
  const first = await lostWith(7);
  expect(await lostWith(7)).toEqual(first);
  expect(await lostWith(8)).not.toEqual(first);
});
