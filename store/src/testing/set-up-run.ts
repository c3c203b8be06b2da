import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryFolder } from './memory-folder.ts';
import { startCluster } from './test-cluster.ts';
import { clusterSocket, testRunName } from './test-run.ts';

/**
 * Vitest's set-up of a run: a folder for what its files share, and one database server, started when
 * the first of them asks; in memory, with all temporary files, where there is room. All are gone when the run ends.
 */
export async function setup(): Promise<() => Promise<void>> {
  const memory = await openMemoryFolder();
  if (memory !== null) process.env['TMPDIR'] = memory;
  const dir = await mkdtemp(join(tmpdir(), 'sightline-run-'));
  process.env[testRunName] = dir;
  // What one program compiled, the same program finds compiled when a test starts it again.
  process.env['NODE_COMPILE_CACHE'] ??= join(dir, 'compiled');
  let cluster: ReturnType<typeof startCluster> | null = null;
  const server = createServer((socket) => {
    socket.on('error', () => undefined); // A test process that was killed asks no more.
    cluster ??= startCluster();
    cluster.then(
      ({ serverUrl, template }) => socket.end(JSON.stringify({ serverUrl, template })),
      () => socket.end(),
    );
  });
  server.listen(clusterSocket(dir));
  await once(server, 'listening');
  return async () => {
    server.close();
    const started = await cluster?.catch(() => null);
    if (started && started.child.exitCode === null) {
      started.child.disconnect();
      await once(started.child, 'exit');
    }
    // Test processes that are ending still write there what they compiled.
    await rm(memory ?? dir, { recursive: true, force: true, maxRetries: 20 });
  };
}
