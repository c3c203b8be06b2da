import { createServer, connect, type Socket } from 'node:net';

export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  cuts(): number;
}

/**
 * A link on the loopback that breaks without a word, in both directions, each time after as many
 * bytes as `random` gives: 256 to 524,288 of them, as often below 12 kB as above. The bytes are
 * counted, not the time, so that a fast machine is cut as often as a slow one, in the middle of
 * a packet too.
 */
export async function openCuttingProxy(
  targetPort: number,
  random: () => number,
): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    let left = Math.round(2 ** (8 + 11 * random()));
    const carry = (to: Socket, bytes: Buffer): void => {
      if (left === 0) return;
      const passed = bytes.subarray(0, left);
      to.write(passed);
      left -= passed.length;
      if (left > 0) return;
      cuts += 1;
      near.destroy();
    };
    near.on('data', (bytes: Buffer) => carry(far, bytes));
    far.on('data', (bytes: Buffer) => carry(near, bytes));
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}); // Cut on purpose.
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return {
    port: address.port,
    cuts: () => cuts,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
