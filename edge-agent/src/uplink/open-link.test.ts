import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { address } from '#testing/draft.ts';
import { type Link, openLink } from '#uplink/open-link.ts';

const connack = (code: number): Buffer => Buffer.from([0x20, 2, 0, code]);
/** Message id and the two granted QoS; 0x80 = failure. */
const suback = (id: readonly number[], ...codes: number[]): Buffer =>
  Buffer.from([0x90, 2 + codes.length, ...id, ...codes]);

type Behaviour = (socket: Socket, kind: 'connect' | 'subscribe', packet: Buffer) => void;

/** A server that answers each packet as told; it knows only the packets of a beginning. */
async function openPeer(behave: Behaviour): Promise<{ url: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}); // The client may leave first.
    socket.on('data', (packet: Buffer) => {
      const type = (packet[0] ?? 0) >> 4;
      if (type === 1) behave(socket, 'connect', packet);
      if (type === 8) behave(socket, 'subscribe', packet);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    url: `mqtt://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function open(url: string, signal = new AbortController().signal): Promise<Link> {
  const { source } = address;
  const silent = { onAck: () => {}, onDesired: () => {} };
  return openLink({ brokerMqttUrl: url, address, source, password: 'n.s', signal, ...silent });
}

describe('opening a link', () => {
  it('takes a cut between CONNECT and SUBACK for a cut, never for a refused key', async () => {
    await using peer = await openPeer((socket, kind) =>
      kind === 'connect' ? socket.write(connack(0)) : socket.destroy(),
    );
    await expect(open(peer.url)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('says that the key is refused on CONNACK 5 alone', async () => {
    await using never = await openPeer((socket) => socket.end(connack(5)));
    await expect(open(never.url)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('enrol the terminal again'),
    });
    for (const code of [3, 4]) {
      await using later = await openPeer((socket) => socket.end(connack(code)));
      await expect(open(later.url)).rejects.toMatchObject({ kind: 'unreachable' });
    }
  });

  it('is no link when the broker refuses the subscription', async () => {
    await using peer = await openPeer((socket, kind, packet) =>
      kind === 'connect'
        ? socket.write(connack(0))
        : socket.write(suback([...packet.subarray(2, 4)], 0x80, 0x80)),
    );
    await expect(open(peer.url)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('ends once with its connection and can be given up while it opens', async () => {
    await using peer = await openPeer((socket, kind, packet) => {
      if (kind === 'connect') socket.write(connack(0));
      else socket.write(suback([...packet.subarray(2, 4)], 0, 1), () => socket.destroySoon());
    });
    const link = await open(peer.url);
    await expect(link.ended).resolves.toMatch(/closed|reset/i);
    await using mute = await openPeer(() => {});
    const stop = new AbortController();
    const opening = open(mute.url, stop.signal);
    stop.abort();
    await expect(opening).rejects.toMatchObject({ kind: 'unreachable' });
  });
});
