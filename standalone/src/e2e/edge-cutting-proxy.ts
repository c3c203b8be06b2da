import { createServer, connect, type Socket } from 'node:net';

export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  cuts(): number;
  /** From now on the link holds. */
  hold(): void;
}

/** A link on the loopback that breaks every 100–300 ms without a word, in both directions. */
export async function openCuttingProxy(
  targetPort: number,
  random: () => number,
): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}); // Cut on purpose.
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  let timer = setTimeout(cut, 100);
  function cut(): void {
    if (sockets.size > 0) cuts += 1;
    for (const socket of sockets) socket.destroy();
    timer = setTimeout(cut, 100 + random() * 200);
  }
  return {
    port: address.port,
    cuts: () => cuts,
    hold: () => clearTimeout(timer),
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
