import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What the releases page has: a tarball with that script as its worker, nothing (404), or silence. */
export type Release = { readonly script: string } | 'none' | 'silent';

/** A releases page on the loopback, from which the package fetches its prebuilt worker. */
export interface TinyReleases extends AsyncDisposable {
  readonly url: string;
  offer(release: Release): void;
  requests(): number;
}

export async function openTinyReleases(dir: string): Promise<TinyReleases> {
  let release: Release = 'none';
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    if (release === 'silent') return;
    if (release === 'none') response.writeHead(404).end();
    else void tarball(dir, release.script).then((bytes) => response.end(bytes));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // It listens on TCP.
  return {
    url: `http://127.0.0.1:${port}`,
    offer(next) {
      release = next;
    },
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function tarball(dir: string, script: string): Promise<Buffer> {
  await mkdir(dir, { recursive: true });
  const file = join(dir, 'mediasoup-worker');
  await writeFile(file, script);
  await chmod(file, 0o755);
  spawnSync('tar', ['-czf', join(dir, 'release.tgz'), '-C', dir, 'mediasoup-worker']);
  return await readFile(join(dir, 'release.tgz'));
}
