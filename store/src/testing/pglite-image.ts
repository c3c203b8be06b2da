import { randomUUID } from 'node:crypto';
import { existsSync, openAsBlob } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testRunName } from './test-run.ts';

/** The files of a database as one archive: made by the first that asks in this run, kept until it ends. */
export async function keptImage(make: () => Promise<Blob>): Promise<Blob> {
  const runDir = process.env[testRunName];
  if (runDir === undefined) return make();
  const file = join(runDir, 'pglite.tar');
  if (existsSync(file)) return openAsBlob(file);
  const made = await make();
  // Never seen half written; two that were first at once made the same.
  const half = `${file}.${randomUUID()}`;
  await writeFile(half, made.stream());
  await rename(half, file);
  return made;
}
