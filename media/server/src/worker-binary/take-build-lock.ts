import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { limits } from '#limits.ts';

/**
 * Waits until no other process fetches or builds into the cache folder, and keeps others waiting until it is
 * disposed of. The lock is SQLite's on an empty file: the kernel gives it back however its holder ends.
 * `onWait` is called once, when there is something to wait for. Throws the signal's reason when aborted.
 */
export async function takeBuildLock(
  cacheDir: string,
  { onWait, signal }: { readonly onWait: () => void; readonly signal: AbortSignal },
): Promise<Disposable> {
  mkdirSync(cacheDir, { recursive: true });
  for (let isFirst = true; ; isFirst = false) {
    const lock = tryLock(join(cacheDir, 'build.lock'));
    if (lock !== null) return lock;
    if (isFirst) onWait();
    await delay(limits.worker.waitPollMs, null, { signal }).catch(() => signal.throwIfAborted());
  }
}

function tryLock(file: string): Disposable | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('pragma journal_mode = memory; begin exclusive');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && error.message.includes('locked')) return null;
    throw error;
  }
}
