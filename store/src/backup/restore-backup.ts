import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isRefusal } from '@sightline/contracts';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { columnTypes } from '#engine/column-types.ts';
import { migrate } from '#engine/migrate.ts';
import { openStore } from '#engine/store.ts';
import { refreshShiftCounts } from '#shift-count/refresh-shift-counts.ts';
import { assertEmpty, assertKnownSchema, seeded } from './assert-restorable.ts';
import { assertWhole } from './assert-whole.ts';
import { backupLimits } from './limits.ts';
import { tablePrefix, type Manifest } from './manifest.ts';
import { readEntries, verifyBackup, type BackupEntry, type BackupFile } from './read-backup.ts';
import { assertNoOtherSecrets, writeSecrets } from './secret-files.ts';

export interface RestoreOptions {
  readonly databaseUrl: string;
  readonly file: string;
  /** Of an encrypted file. */
  readonly passphrase?: string | null;
  /** Where the keys of the backup go; null = nowhere, they are left in the file. */
  readonly secretsDir: string | null;
  readonly onTable?: (table: { readonly name: string; readonly rows: number }) => void;
}

export interface RestoreSummary {
  readonly manifest: Manifest;
  readonly secrets: number;
}

/**
 * 恢复. Writes a backup into an empty database, in one transaction that is kept only when everything is
 * there and every chain holds. Throws a sentence, and leaves the database as it was, when the file is
 * damaged, was made by a newer program, another key stands where one of its keys goes, or the database
 * is not empty.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreSummary> {
  const { databaseUrl, file, passphrase = null, secretsDir } = options;
  const backup: BackupFile = { file, passphrase };
  const { manifest, secrets } = await verifyBackup(backup);
  await assertKnownSchema(manifest);
  if (secretsDir !== null) await assertNoOtherSecrets(secretsDir, secrets);
  await using store = await openStore({ databaseUrl, applicationName: 'sightline-restore' });
  await assertEmpty(store.pool, manifest);
  const until = manifest.migrations.at(-1)?.name;
  await migrateOrThrow(store, until === undefined ? {} : { until });
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'sightline-restore',
    connectionTimeoutMillis: backupLimits.connectMs,
    options: '-c timezone=UTC',
    types: columnTypes,
  });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`truncate ${seeded.join(', ')} cascade`);
    await writeTables(client, { manifest, backup, onTable: options.onTable });
    await assertWhole(client, manifest);
    // Before the commit: rows whose key could not be written would be there and unreadable.
    if (secretsDir !== null) await writeSecrets(secretsDir, secrets);
    await client.query('commit');
  } catch (fault) {
    await client.query('rollback').catch(() => undefined);
    throw fault;
  } finally {
    await client.end();
  }
  await migrateOrThrow(store, {});
  await refreshShiftCounts(store);
  return { manifest, secrets: secrets.length };
}

async function migrateOrThrow(
  store: Parameters<typeof migrate>[0],
  options: { readonly until?: string },
): Promise<void> {
  const refusal = await migrate(store, options);
  if (isRefusal(refusal)) throw new Error(refusal.detail);
}

interface Writing {
  readonly manifest: Manifest;
  readonly backup: BackupFile;
  readonly onTable: RestoreOptions['onTable'];
}

/**
 * The rows come back with the schema's own triggers and foreign keys on: what the database would refuse
 * is not restored, what it counts is counted, and no superuser is needed.
 */
async function writeTables(
  client: pg.Client,
  { manifest, backup, onTable }: Writing,
): Promise<void> {
  const entries = readEntries(backup);
  try {
    await entries.next(); // The manifest, which has been read.
    let next = await entries.next();
    for (const table of manifest.tables) {
      const isOurs = ({ name }: BackupEntry) => name.startsWith(`${tablePrefix}${table.name}/`);
      async function* rows(): AsyncGenerator<Buffer> {
        while (next.done !== true && isOurs(next.value)) {
          yield next.value.bytes;
          next = await entries.next();
        }
      }
      if (next.done !== true && isOurs(next.value)) {
        const list = table.columns.map((column) => `"${column}"`).join(', ');
        const into = client.query(copyFrom(`copy "${table.name}" (${list}) from stdin`));
        await pipeline(Readable.from(rows()), into);
      }
      onTable?.(table);
    }
  } finally {
    await entries.return(undefined); // Closes the file where a table was refused.
  }
  for (const { name, value } of manifest.sequences) {
    if (value > 0)
      await client.query('select setval($1::text::regclass, $2)', [`public.${name}`, value]);
  }
}
