import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A wire between a terminal and a port, that a test can listen to, freeze and cut. */
export interface Wire extends AsyncDisposable {
  readonly port: number;
  /** Everything that went up so far. */
  up(): Buffer;
  /** Answers that did not come through since the last `freezeDown`. */
  readonly withheldBytes: () => number;
  /** From now on no byte comes down; what goes up still arrives. */
  freezeDown(): void;
  /** Everything flows again, for connections made from now on. */
  mend(): void;
  cut(): void;
}

export async function openWire(targetPort: number, options = { keepUp: false }): Promise<Wire> {
  const kept: Buffer[] = [];
  const pairs = new Set<readonly [Socket, Socket]>();
  let isFrozen = false;
  let withheld = 0;
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    near.on('data', (bytes: Buffer) => {
      if (options.keepUp) kept.push(bytes);
      far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      if (isFrozen) withheld += bytes.length;
      else near.write(bytes);
    });
    for (const [end, other] of [pair, [far, near] as const]) {
      end.on('error', () => other.destroy());
      end.on('close', () => {
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wire has no port.');
  const cut = (): void => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: address.port,
    up: () => Buffer.concat(kept),
    withheldBytes: () => withheld,
    freezeDown: () => {
      withheld = 0;
      isFrozen = true;
    },
    mend: () => {
      isFrozen = false;
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
