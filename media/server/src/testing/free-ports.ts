import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

const tries = 50;

/** The first of so many ports in a row that are free on the loopback, UDP and TCP, below the ephemeral ones. */
export async function freePorts(count: number): Promise<number> {
  for (let n = 0; n < tries; n += 1) {
    const first = randomInt(20_000, 32_000 - count);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(
      ports.map(async (port) => (await tcp(port)) && (await udp(port))),
    );
    if (free.every(Boolean)) return first;
  }
  throw new Error(`No ${count} free ports in a row after ${tries} tries.`);
}

async function tcp(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await heard(once(server, 'listening'));
  if (isFree) await closed(server);
  return isFree;
}

async function udp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  const isFree = await heard(once(socket, 'listening'));
  if (isFree) await closed(socket);
  return isFree;
}

/** `once` rejects on 'error': the port is taken. */
const heard = (listening: Promise<unknown>): Promise<boolean> =>
  listening.then(
    () => true,
    () => false,
  );

async function closed(listener: {
  close(): unknown;
  once(event: 'close', done: () => void): unknown;
}): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  listener.once('close', resolve);
  listener.close();
  await promise;
}
