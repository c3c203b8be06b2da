import { connect, createServer, type Socket } from 'node:net';

/** A wire to the database that a test can cut and freeze. */
export interface Wire extends AsyncDisposable {
  /** The database's URL through this wire. */
  readonly databaseUrl: string;
  cut(): void;
  /** Keeps connections open and carries nothing. */
  freeze(): void;
  mend(): void;
}

export async function openWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const ends = new Set<Socket>();
  let state: 'whole' | 'cut' | 'frozen' = 'whole';
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [end, other] of [[near, far] as const, [far, near] as const]) {
      ends.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
      end.pipe(other);
      if (state === 'frozen') end.unpipe();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wire has no port.');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${address.port}`;
  const cutAll = (): void => {
    for (const end of ends) end.destroy();
  };
  return {
    databaseUrl: url.href,
    cut: () => {
      state = 'cut';
      cutAll();
    },
    freeze: () => {
      state = 'frozen';
      for (const end of ends) end.unpipe();
    },
    mend: () => {
      if (state === 'frozen') cutAll();
      state = 'whole';
    },
    async [Symbol.asyncDispose]() {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
