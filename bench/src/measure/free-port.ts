import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

const tries = 100;

/**
 * A free loopback port below those that outgoing connections get: nobody takes it while its program is
 * killed and started again.
 */
export async function freePort(): Promise<number> {
  for (let n = 0; n < tries; n += 1) {
    const port = randomInt(20_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    // Rejects on 'error': the port is taken.
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    const closed = once(server, 'close');
    server.close();
    await closed;
    return port;
  }
  throw new Error(`None of ${tries} ports from 20000 to 31999 was free.`);
}
