import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findRunningEmbedded, startEmbeddedPostgres } from '@sightline/store';
import type { Care } from './options.ts';

export interface OpenDatabase extends AsyncDisposable {
  readonly databaseUrl: string;
  /** Started for this command alone. */
  readonly isOurs: boolean;
}

/**
 * The database of an installation: `DATABASE_URL`, the embedded one that runs, or the embedded one
 * started until this is disposed. `mayCreate`: a new data folder is made.
 */
export async function openDatabase(
  { databaseUrl, dataDir, portBase }: Care,
  { mayCreate }: { readonly mayCreate: boolean },
): Promise<OpenDatabase> {
  if (databaseUrl !== null) return borrowed(databaseUrl);
  const running = await findRunningEmbedded(dataDir);
  if (running !== null) return borrowed(running);
  if (!mayCreate && !existsSync(join(dataDir, 'postgres-password'))) {
    throw new Error(
      `There is no installation in ${dataDir}. Name its folder with --data DIR, or its database with DATABASE_URL.`,
    );
  }
  const server = await startEmbeddedPostgres({ dataDir, port: portBase + 4 });
  return {
    databaseUrl: server.databaseUrl,
    isOurs: true,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function borrowed(databaseUrl: string): OpenDatabase {
  return { databaseUrl, isOurs: false, [Symbol.asyncDispose]: async () => undefined };
}
