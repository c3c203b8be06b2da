import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isRefusal } from '@sightline/contracts';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { verifyAudit } from '#access/audit.ts';
import { columnTypes } from '#engine/column-types.ts';
import { migrate } from '#engine/migrate.ts';
import { openStore } from '#engine/store.ts';
import { verifyCustody } from '#log/verify-custody.ts';
import { refreshShiftCounts } from '#shift-count/refresh-shift-counts.ts';
import { describeDatabase } from './describe-database.ts';
import { secretPrefix, tablePrefix, type Manifest } from './manifest.ts';
import { readEntries, verifyBackup, type BackupEntry } from './read-backup.ts';

export interface RestoreOptions {
  readonly databaseUrl: string;
  readonly file: string;
  /** Where the keys of the backup go; null = nowhere, they are left in the file. */
  readonly secretsDir: string | null;
  readonly onTable?: (table: { readonly name: string; readonly rows: number }) => void;
}

export interface RestoreSummary {
  readonly manifest: Manifest;
  readonly secrets: number;
}

/** What a fresh start writes by itself: it may stand there, and goes. */
const seeded: readonly string[] = ['division', 'broker_state', 'projection_cursor'];

/**
 * 恢复. Writes a backup into an empty database, in one transaction that is kept only when everything is
 * there and every chain holds. Throws a sentence, and leaves the database as it was, when the file is
 * damaged, was made by a newer program, or the database is not empty.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreSummary> {
  const { databaseUrl, file } = options;
  const manifest = await verifyBackup(file);
  await using store = await openStore({ databaseUrl, applicationName: 'sightline-restore' });
  await assertEmpty(store.pool);
  const until = manifest.migrations.at(-1)?.name;
  await migrateOrThrow(store, until === undefined ? {} : { until });
  await assertSameSchema(store.pool, manifest);
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'sightline-restore',
    connectionTimeoutMillis: 10_000,
    options: '-c timezone=UTC',
    types: columnTypes,
  });
  await client.connect();
  let secrets: readonly BackupEntry[];
  try {
    await client.query('begin');
    await client.query(`truncate ${seeded.join(', ')} cascade`);
    secrets = await writeTables(client, { manifest, options });
    await assertWhole(client, manifest);
    await client.query('commit');
  } catch (fault) {
    await client.query('rollback').catch(() => undefined);
    throw fault;
  } finally {
    await client.end();
  }
  await migrateOrThrow(store, {});
  await refreshShiftCounts(store);
  await writeSecrets(options.secretsDir, secrets);
  return { manifest, secrets: secrets.length };
}

type Db = Parameters<typeof verifyAudit>[0];

async function assertEmpty(db: Db): Promise<void> {
  const { rows: tables } = await db.query<{ name: string }>(
    `select c.relname::text as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition and c.relname <> all ($1) order by c.relname`,
    [[...seeded, 'migration']],
  );
  for (const { name } of tables) {
    const { rowCount } = await db.query(`select from "${name}" limit 1`);
    if (rowCount === 0) continue;
    throw new Error(
      `The database is not empty: ${name} has rows. Restore into a new one (another --data folder, or another DATABASE_URL).`,
    );
  }
}

async function migrateOrThrow(
  store: Parameters<typeof migrate>[0],
  options: { readonly until?: string },
): Promise<void> {
  const refusal = await migrate(store, options);
  if (isRefusal(refusal)) throw new Error(refusal.detail);
}

async function assertSameSchema(db: Db, manifest: Manifest): Promise<void> {
  const { rows } = await db.query<{ name: string; checksum: string }>(
    'select name, checksum from migration order by name',
  );
  for (const [index, wanted] of manifest.migrations.entries()) {
    const here = rows[index];
    if (here?.name === wanted.name && here.checksum === wanted.checksum) continue;
    throw new Error(
      `The backup was made by a Sightline with the migration ${wanted.name}, which this one does not have: restore it with that program, or a newer one.`,
    );
  }
}

async function writeTables(
  client: pg.Client,
  { manifest, options }: { readonly manifest: Manifest; readonly options: RestoreOptions },
): Promise<BackupEntry[]> {
  const secrets: BackupEntry[] = [];
  const entries = readEntries(options.file);
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
    options.onTable?.(table);
  }
  for (; next.done !== true; next = await entries.next()) {
    if (next.value.name.startsWith(secretPrefix)) secrets.push(next.value);
  }
  for (const { name, value } of manifest.sequences) {
    if (value > 0)
      await client.query('select setval($1::text::regclass, $2)', [`public.${name}`, value]);
  }
  return secrets;
}

/** Row counts, the order of the log, the audit and their ends are what the backup says. */
async function assertWhole(client: pg.Client, manifest: Manifest): Promise<void> {
  const found = await describeDatabase(client, manifest);
  const counts = new Map(found.tables.map(({ name, rows }) => [name, rows]));
  for (const { name, rows } of manifest.tables) {
    if (counts.get(name) !== rows) {
      throw new Error(
        `${name} has ${String(counts.get(name))} rows where the backup says ${rows}.`,
      );
    }
  }
  const broken = await verifyCustody(client);
  if (broken !== null) {
    throw new Error(`The log is broken at ${broken.first}–${broken.last}: ${broken.problem}`);
  }
  const audit = await verifyAudit(client);
  if (audit.brokenAt !== null) throw new Error(`The audit is broken at ${audit.brokenAt}.`);
  if (found.custodyRoot !== manifest.custodyRoot || found.audit.hash !== manifest.audit.hash) {
    throw new Error('The end of the log or of the audit is not the one the backup says.');
  }
}

async function writeSecrets(folder: string | null, secrets: readonly BackupEntry[]): Promise<void> {
  if (folder === null || secrets.length === 0) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { name, bytes } of secrets) {
    const file = join(folder, name.slice(secretPrefix.length).replaceAll('/', ''));
    await writeFile(file, bytes, { mode: 0o600 });
  }
}
