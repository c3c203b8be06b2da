import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { pack } from 'tar-stream';
import { columnTypes } from '#engine/column-types.ts';
import { detectEngine } from '#engine/detect-engine.ts';
import { countRecordings } from '#retention/known-files.ts';
import { describeDatabase } from './describe-database.ts';
import { entryWriter, type PutEntry } from './entry-writer.ts';
import { backupLimits as limits } from './limits.ts';
import {
  checksumsEntry,
  manifestEntry,
  secretPrefix,
  tablePrefix,
  type Manifest,
} from './manifest.ts';
import { sealBytes } from './sealed-file.ts';
import { readSecrets } from './secret-files.ts';

export interface BackupContent {
  readonly file: string;
  /** Encrypts the file; null or not given = it is plain. */
  readonly passphrase?: string | null;
  /** The folder of keys that stand outside the database; null where there is none. */
  readonly secretsDir: string | null;
  readonly now: Temporal.Instant;
  /** Replace a file that is there. */
  readonly force?: boolean;
  /** `bytes`: of the table's text so far. Told after each entry, and when the table is done. */
  readonly onTable?: (table: {
    readonly name: string;
    readonly rows: number;
    readonly bytes: number;
    readonly isDone: boolean;
  }) => void;
}

export interface BackupOptions extends BackupContent {
  readonly databaseUrl: string;
}

export interface BackupSummary {
  readonly manifest: Manifest;
  readonly bytes: number;
  readonly secrets: number;
}

/**
 * 备份. Everything the installation keeps, into one file, from one snapshot while everybody goes on
 * working. The file appears under its name when it is whole and on the disk. Throws a sentence when
 * there is a file already or the database cannot be read.
 */
export async function writeBackup(options: BackupOptions): Promise<BackupSummary> {
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'sightline-backup',
    connectionTimeoutMillis: limits.connectMs,
    options: '-c timezone=UTC',
    types: columnTypes,
  });
  await assertMayWrite(options);
  await client.connect();
  try {
    return await backUpFrom(client, options);
  } finally {
    await client.end();
  }
}

/** The same over a connection of the caller's, which has no transaction open and no statement timeout. */
export async function backUpFrom(
  client: pg.ClientBase,
  options: BackupContent,
): Promise<BackupSummary> {
  const { file } = options;
  await assertMayWrite(options);
  const partial = `${file}.partial`;
  const engine = await detectEngine(client);
  await client.query('begin transaction isolation level repeatable read, read only');
  try {
    const apart = await countRecordings(client);
    const described = await describeDatabase(client, {
      takenAt: options.now.toString(),
      engine: engine.timescale === null ? 'postgresql' : `timescaledb ${engine.timescale}`,
    });
    const manifest = apart === null ? described : { ...described, apart };
    const secrets = await fill(partial, { client, manifest, options });
    await client.query('commit');
    await flush(partial);
    await rename(partial, file);
    await flush(dirname(file));
    return { manifest, secrets, bytes: (await stat(file)).size };
  } finally {
    await rm(partial, { force: true });
  }
}

async function assertMayWrite({ file, force }: BackupContent): Promise<void> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere || force === true) return;
  throw new Error(`${file} is there already. Choose another name, or say --force to replace it.`);
}

interface Filling {
  readonly client: pg.ClientBase;
  readonly manifest: Manifest;
  readonly options: BackupContent;
}

async function fill(partial: string, { client, manifest, options }: Filling): Promise<number> {
  const { passphrase = null } = options;
  const tar = pack();
  const target = createWriteStream(partial, { mode: 0o600 });
  const piped =
    passphrase === null
      ? pipeline(tar, target)
      : pipeline(tar, (source: AsyncIterable<Buffer>) => sealBytes(source, passphrase), target);
  const written = piped.catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${partial} could not be written: ${why}.`, { cause });
  });
  const filled = async (): Promise<number> => {
    const put = entryWriter(tar);
    await put(manifestEntry, Buffer.from(JSON.stringify(manifest)));
    for (const table of manifest.tables) await putTable(client, table, { put, options });
    const secrets = await readSecrets(options.secretsDir);
    for (const { name, bytes } of secrets) await put(`${secretPrefix}${name}`, bytes);
    await put(checksumsEntry, Buffer.from(JSON.stringify(put.sums)));
    tar.finalize();
    return secrets.length;
  };
  try {
    const [secrets] = await Promise.all([filled(), written]);
    return secrets;
  } catch (fault) {
    tar.destroy();
    target.destroy();
    throw fault;
  }
}

async function putTable(
  client: pg.ClientBase,
  { name, columns, rows: rowsInAll }: Manifest['tables'][number],
  { put, options }: { readonly put: PutEntry; readonly options: BackupContent },
): Promise<void> {
  const list = columns.map((column) => `"${column}"`).join(', ');
  const rows = client.query(copyTo(`copy (select ${list} from "${name}") to stdout`));
  let nth = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let bytes = 0;
  const putHeld = async (): Promise<void> => {
    nth += 1;
    bytes += heldBytes;
    await put(`${tablePrefix}${name}/${String(nth).padStart(6, '0')}`, Buffer.concat(held));
    held = [];
    heldBytes = 0;
    options.onTable?.({ name, rows: rowsInAll, bytes, isDone: false });
  };
  for await (const chunk of rows) {
    const part = Buffer.from(chunk as Uint8Array); // COPY gives bytes.
    held.push(part);
    heldBytes += part.length;
    if (heldBytes >= limits.entryBytes) await putHeld();
  }
  if (heldBytes > 0) await putHeld();
  options.onTable?.({ name, rows: rowsInAll, bytes, isDone: true });
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
