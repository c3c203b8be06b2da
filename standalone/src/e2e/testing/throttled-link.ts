import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { makeRateGate, type RateGate } from './rate-gate.ts';

/** One venue's access link: everything it says and hears passes here, and only so fast. */
export interface ThrottledLink extends AsyncDisposable {
  readonly udpPort: number;
  /** One per TCP door behind it, in the order given. */
  readonly tcpPorts: readonly number[];
  /** kbit/s, each direction; null = as fast as the machine. */
  readonly setRate: (kbps: number | null) => void;
  /** Datagrams the link dropped since it opened. */
  readonly dropped: () => number;
}

interface Behind {
  readonly udpPort: number;
  readonly tcpPorts: readonly number[];
  /** Share of datagrams lost beside those a full queue drops; 0 … 1. */
  readonly lossShare?: number;
  readonly seed?: number;
}

const loopback = '127.0.0.1';
const mostVisitors = 64;

/**
 * A link in user space, on loopback, in front of a UDP port and some TCP ports: both directions have a
 * rate and a queue of their own (a modem's: about half a second), shared by all that passes. Losses come
 * from a seed.
 */
export async function openThrottledLink(behind: Behind): Promise<ThrottledLink> {
  const gateOf = (seed: number) => makeRateGate({ lossShare: behind.lossShare ?? 0, seed });
  const up = gateOf(behind.seed ?? 1);
  const down = gateOf((behind.seed ?? 1) + 1);
  const udp = await openUdp(behind.udpPort, { up, down });
  const doors = await Promise.all(behind.tcpPorts.map((port) => openDoor(port, { up, down })));
  return {
    udpPort: udp.port,
    tcpPorts: doors.map(({ port }) => port),
    setRate: (kbps) => {
      up.setRate(kbps);
      down.setRate(kbps);
    },
    dropped: () => up.dropped() + down.dropped(),
    async [Symbol.asyncDispose]() {
      up.close();
      down.close();
      await Promise.all([udp, ...doors].map((part) => part[Symbol.asyncDispose]()));
    },
  };
}

interface Part extends AsyncDisposable {
  readonly port: number;
}

interface Ways {
  readonly up: RateGate;
  readonly down: RateGate;
}

async function openUdp(targetPort: number, { up, down }: Ways): Promise<Part> {
  const near = await bound();
  /** Each visitor has a socket of its own behind the link: so the far side tells them apart. */
  const far = new Map<string, UdpSocket>();
  const farOf = async (visitor: RemoteInfo): Promise<UdpSocket> => {
    const socket = await bound();
    socket.on('message', (packet) => {
      down.passPacket(packet.length, () => near.send(packet, visitor.port, visitor.address));
    });
    return socket;
  };
  const opening = new Map<string, Promise<UdpSocket>>();
  near.on('message', (packet, visitor) => {
    const key = `${visitor.address}:${visitor.port}`;
    if (!opening.has(key) && opening.size >= mostVisitors) return;
    const socket = opening.get(key) ?? farOf(visitor);
    opening.set(key, socket);
    void socket.then((open) => {
      far.set(key, open);
      up.passPacket(packet.length, () => open.send(packet, targetPort, loopback));
    });
  });
  return {
    port: near.address().port,
    async [Symbol.asyncDispose]() {
      near.close();
      await Promise.all(opening.values());
      for (const socket of far.values()) socket.close();
    },
  };
}

async function bound(): Promise<UdpSocket> {
  const socket = createSocket('udp4');
  // A port behind the link that is closed for a moment answers with an error: the link lives on.
  socket.on('error', () => undefined);
  socket.bind(0, loopback);
  await once(socket, 'listening');
  return socket;
}

async function openDoor(targetPort: number, { up, down }: Ways): Promise<Part> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (open.size >= 2 * mostVisitors) return void near.destroy();
    const far = connect(targetPort, loopback);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('close', (hadError) => {
        open.delete(socket);
        if (!hadError) return; // Its last bytes may stand in the queue still.
        near.destroy();
        far.destroy();
      });
    }
    for (const way of [
      carry(near, { into: far, through: up }),
      carry(far, { into: near, through: down }),
    ])
      way.catch(() => near.destroy());
  });
  server.listen(0, loopback);
  await once(server, 'listening');
  return {
    // A TCP server that listens has an AddressInfo.
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A segment of TCP: a long answer lets datagrams pass between its parts. */
const segmentBytes = 1_400;

/** A stream loses nothing: the sender waits while its bytes stand in the queue. */
async function carry(
  from: Socket,
  { into, through }: { into: Socket; through: RateGate },
): Promise<void> {
  const passed = (bytes: number) =>
    new Promise<void>((resolve) => through.passBytes(bytes, resolve));
  // A socket without an encoding gives buffers.
  for await (const bytes of from as AsyncIterable<Buffer>) {
    for (let at = 0; at < bytes.length; at += segmentBytes) {
      const segment = bytes.subarray(at, at + segmentBytes);
      await passed(segment.length);
      into.write(segment);
    }
  }
  into.end();
}
