import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { pack, type Pack } from 'tar-stream';
import { columnTypes } from '#engine/column-types.ts';
import { detectEngine } from '#engine/detect-engine.ts';
import { describeDatabase } from './describe-database.ts';
import {
  checksumsEntry,
  manifestEntry,
  secretPrefix,
  tablePrefix,
  type Manifest,
} from './manifest.ts';

export interface BackupOptions {
  readonly databaseUrl: string;
  readonly file: string;
  /** The folder of keys that stand outside the database; null where there is none. */
  readonly secretsDir: string | null;
  readonly now: Temporal.Instant;
  /** Replace a file that is there. */
  readonly force?: boolean;
  readonly onTable?: (table: { readonly name: string; readonly rows: number }) => void;
}

export interface BackupSummary {
  readonly manifest: Manifest;
  readonly bytes: number;
  readonly secrets: number;
}

/** Bytes of a table in one entry: what is held in memory, and what one damaged place can cost to find. */
const entryBytes = 4 * 1024 ** 2;
const secretBytesAtMost = 64 * 1024;
const compress = promisify(gzip);

/**
 * 备份. Everything the installation keeps, into one file, from one snapshot while everybody goes on
 * working. The file appears under its name when it is whole and on the disk. Throws a sentence when
 * there is a file already or the database cannot be read.
 */
export async function writeBackup(options: BackupOptions): Promise<BackupSummary> {
  const { file } = options;
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (isThere && options.force !== true) {
    throw new Error(`${file} is there already. Choose another name, or say --force to replace it.`);
  }
  const partial = `${file}.partial`;
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'sightline-backup',
    connectionTimeoutMillis: 10_000,
    options: '-c timezone=UTC',
    types: columnTypes,
  });
  await client.connect();
  try {
    const engine = await detectEngine(client);
    await client.query('begin transaction isolation level repeatable read, read only');
    const manifest = await describeDatabase(client, {
      takenAt: options.now.toString(),
      engine: engine.timescale === null ? 'postgresql' : `timescaledb ${engine.timescale}`,
    });
    const secrets = await fill(partial, { client, manifest, options });
    await flush(partial);
    await rename(partial, file);
    await flush(dirname(file));
    return { manifest, secrets, bytes: (await stat(file)).size };
  } finally {
    await rm(partial, { force: true });
    await client.end();
  }
}

interface Filling {
  readonly client: pg.Client;
  readonly manifest: Manifest;
  readonly options: BackupOptions;
}

async function fill(partial: string, { client, manifest, options }: Filling): Promise<number> {
  const tar = pack();
  const written = pipeline(tar, createWriteStream(partial, { mode: 0o600 }));
  const put = entryWriter(tar);
  const filled = async (): Promise<number> => {
    await put(manifestEntry, Buffer.from(JSON.stringify(manifest)));
    for (const table of manifest.tables) {
      await putTable(client, table, put);
      options.onTable?.(table);
    }
    const secrets = await putSecrets(options.secretsDir, put);
    await put(checksumsEntry, Buffer.from(JSON.stringify(put.sums)));
    tar.finalize();
    return secrets;
  };
  try {
    const [secrets] = await Promise.all([filled(), written]);
    return secrets;
  } catch (fault) {
    tar.destroy();
    throw fault;
  }
}

interface PutEntry {
  (name: string, bytes: Buffer): Promise<void>;
  /** Entry → SHA-256 of its stored bytes, hex. */
  readonly sums: Record<string, string>;
}

function entryWriter(tar: Pack): PutEntry {
  const sums: Record<string, string> = {};
  const put = async (name: string, bytes: Buffer): Promise<void> => {
    const stored = await compress(bytes, { level: 3 });
    sums[name] = createHash('sha256').update(stored).digest('hex');
    await new Promise<void>((resolve, reject) => {
      tar.entry({ name, size: stored.length, mode: 0o600 }, stored, (error) =>
        error === null || error === undefined ? resolve() : reject(error),
      );
    });
  };
  return Object.assign(put, { sums });
}

async function putTable(
  client: pg.Client,
  { name, columns }: Manifest['tables'][number],
  put: PutEntry,
): Promise<void> {
  const list = columns.map((column) => `"${column}"`).join(', ');
  const rows = client.query(copyTo(`copy (select ${list} from "${name}") to stdout`));
  let nth = 0;
  let held: Buffer[] = [];
  let bytes = 0;
  const flushHeld = async (): Promise<void> => {
    nth += 1;
    await put(`${tablePrefix}${name}/${String(nth).padStart(6, '0')}`, Buffer.concat(held));
    held = [];
    bytes = 0;
  };
  for await (const chunk of rows) {
    const part = Buffer.from(chunk as Uint8Array); // COPY gives bytes.
    held.push(part);
    bytes += part.length;
    if (bytes >= entryBytes) await flushHeld();
  }
  if (bytes > 0) await flushHeld();
}

async function putSecrets(folder: string | null, put: PutEntry): Promise<number> {
  if (folder === null) return 0;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    if (bytes.length > secretBytesAtMost) {
      throw new Error(`${join(folder, name)} is no key: ${bytes.length} bytes.`);
    }
    await put(`${secretPrefix}${name}`, bytes);
  }
  return names.length;
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
