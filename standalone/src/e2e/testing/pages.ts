import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildPages } from '#set-up/build-pages.ts';

const waitMs = 240_000;

/** The pages stand in `dist`, built once even when several test processes ask: the others wait. */
export async function ensurePages(rootDir: string): Promise<void> {
  const name = createHash('sha256').update(rootDir).digest('hex').slice(0, 16);
  // SQLite's lock on an empty file: the kernel gives it back however this process ends.
  const lock = new DatabaseSync(join(tmpdir(), `sightline-pages-${name}.lock`), {
    timeout: waitMs,
  });
  try {
    lock.exec('begin exclusive');
    await buildPages(rootDir, () => undefined);
  } finally {
    lock.close();
  }
}
