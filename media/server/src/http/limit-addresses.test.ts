import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { limitAddresses } from './limit-addresses.ts';

async function outcomeOf(
  port: number,
): Promise<{ readonly socket: Socket; readonly isCut: boolean }> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // Cut off, as asked for.
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const isCut = await Promise.race([
    once(socket, 'data').then(() => false),
    once(socket, 'close').then(() => true),
  ]);
  return { socket, isCut };
}

test('an address has so many connections and no more, until one of them ends; a free one has any number', async () => {
  const server = createServer((_, response) => response.end('here'));
  let isFree = false;
  limitAddresses(server, { most: 3, isFree: () => isFree });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // It listens on TCP.
  const first = await outcomeOf(port);
  const others = [await outcomeOf(port), await outcomeOf(port)];
  expect([first, ...others].map(({ isCut }) => isCut)).toEqual([false, false, false]);
  expect((await outcomeOf(port)).isCut).toBe(true);
  first.socket.destroy();
  await expect.poll(async () => (await outcomeOf(port)).isCut).toBe(false);
  isFree = true;
  expect((await outcomeOf(port)).isCut).toBe(false);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
