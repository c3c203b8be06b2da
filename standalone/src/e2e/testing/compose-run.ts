import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TranslatedService } from './compose-translation.ts';
import { rootDir, testEnvironment } from './fixture.ts';

const patienceMs = 60_000;

/** Runs a service's program to its end; its words as they came, code null when it took too long. */
export async function runOnce(
  service: Pick<TranslatedService, 'args' | 'environment'>,
): Promise<{ readonly code: number | null; readonly words: string }> {
  const child = spawn(process.execPath, service.args, {
    cwd: rootDir,
    env: testEnvironment(service.environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  let words = '';
  child.stdout.on('data', (bytes: Buffer) => (words += bytes.toString('utf8')));
  child.stderr.on('data', (bytes: Buffer) => (words += bytes.toString('utf8')));
  // `close`, not `exit`: everything it said has arrived then.
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, words };
}
