import { fork } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

let running: Promise<string> | null = null;

/** URL of the embedded server that this process shares; it ends with the process, however that ends. */
export function sharedCluster(): Promise<string> {
  return (running ??= startCluster());
}

const main = fileURLToPath(new URL('./cluster-main.ts', import.meta.url));

/** A child of its own, so that no test process leaves a server behind, not even one that is killed. */
async function startCluster(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-store-'));
  // The server's account must get in.
  await chmod(dataDir, 0o755);
  const child = fork(main, [dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  try {
    return await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The test database ended with code ${code}.`)));
      child.once('message', (message: { readonly databaseUrl: string }) =>
        resolve(message.databaseUrl),
      );
    });
  } finally {
    child.unref();
    child.channel?.unref();
  }
}
