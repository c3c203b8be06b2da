import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { backupLimits as limits } from './limits.ts';
import {
  checksumsEntry,
  manifestEntry,
  parseManifest,
  secretPrefix,
  type Manifest,
} from './manifest.ts';
import { isSealed, openBytes } from './sealed-file.ts';

const decompress = promisify(gunzip);

export interface BackupFile {
  readonly file: string;
  /** Of an encrypted file; null = none was given. */
  readonly passphrase: string | null;
}

/** One entry of a backup, decompressed. */
export interface BackupEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface VerifiedBackup {
  readonly manifest: Manifest;
  /** The keys beside the database, by their path in the folder of secrets. */
  readonly secrets: readonly BackupEntry[];
}

/**
 * Reads a whole backup and compares every entry with its checksum. Throws a sentence naming the first
 * entry that is damaged, missing or too much, and for a file that was cut off.
 */
export async function verifyBackup(backup: BackupFile): Promise<VerifiedBackup> {
  const { file } = backup;
  if ((await beginsSealed(file)) && backup.passphrase === null) {
    throw new Error(`${file} is encrypted: name the file of its passphrase (--passphrase-file F).`);
  }
  const found: Found = { sums: new Map(), secrets: [], manifest: null, told: null };
  let last = 'its beginning';
  try {
    for await (const entry of storedEntries(backup)) {
      await take(entry, found);
      last = entry.name;
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} is damaged after ${last}: ${why}`, { cause });
  }
  const { manifest, secrets } = found;
  if (manifest === null) throw new Error(`${file} is no backup of Sightline.`);
  assertSums(found, { file, last });
  return { manifest, secrets };
}

/** The entries of a verified backup, in their order. */
export async function* readEntries(backup: BackupFile): AsyncGenerator<BackupEntry> {
  for await (const { name, stored } of storedEntries(backup)) {
    if (name !== checksumsEntry) yield { name, bytes: await plain(name, stored) };
  }
}

async function beginsSealed(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The backup cannot be read: ${why}.`, { cause });
  });
  try {
    const { buffer } = await handle.read({ buffer: Buffer.alloc(16), position: 0 });
    return isSealed(buffer);
  } finally {
    await handle.close();
  }
}

interface Found {
  readonly sums: Map<string, string>;
  readonly secrets: BackupEntry[];
  manifest: Manifest | null;
  told: unknown;
}

async function take({ name, stored }: StoredEntry, found: Found): Promise<void> {
  if (name === checksumsEntry) {
    found.told = JSON.parse((await plain(name, stored)).toString());
    return;
  }
  if (found.sums.has(name)) throw new Error(`${name} stands there twice.`);
  found.sums.set(name, createHash('sha256').update(stored).digest('hex'));
  if (name === manifestEntry)
    found.manifest = parseManifest((await plain(name, stored)).toString());
  if (name.startsWith(secretPrefix) && found.secrets.length < limits.secrets) {
    found.secrets.push({
      name: name.slice(secretPrefix.length),
      bytes: await plain(name, stored),
    });
  }
}

function assertSums(
  { sums, told }: Found,
  { file, last }: { readonly file: string; readonly last: string },
): void {
  if (typeof told !== 'object' || told === null) {
    throw new Error(`${file} was cut off: its checksums are missing after ${last}.`);
  }
  const expected = new Map<string, unknown>(Object.entries(told));
  for (const [name, sum] of sums) {
    if (expected.get(name) !== sum) throw new Error(`${file} is damaged in ${name}.`);
    expected.delete(name);
  }
  const [missing] = expected.keys();
  if (missing !== undefined) throw new Error(`${file} lacks ${missing}.`);
}

async function plain(name: string, stored: Buffer): Promise<Buffer> {
  try {
    return await decompress(stored, { maxOutputLength: limits.plainEntryBytes });
  } catch (cause) {
    throw new Error(`${name} cannot be decompressed.`, { cause });
  }
}

interface StoredEntry {
  readonly name: string;
  readonly stored: Buffer;
}

async function* storedEntries({ file, passphrase }: BackupFile): AsyncGenerator<StoredEntry> {
  // A plain file is read with a passphrase too: it needs none.
  const isEncrypted = passphrase !== null && (await beginsSealed(file));
  const tar = extract();
  const bytes = createReadStream(file);
  const source = isEncrypted ? Readable.from(openBytes(bytes, passphrase)) : bytes;
  source.on('error', (error) => tar.destroy(error));
  source.pipe(tar);
  try {
    for await (const entry of tar) {
      const { name, size } = entry.header;
      if ((size ?? 0) > limits.storedEntryBytes) {
        throw new Error(`${name} is too large for an entry.`);
      }
      const parts: Buffer[] = [];
      for await (const part of entry) parts.push(Buffer.from(part as Uint8Array)); // Of a file: bytes.
      const stored = Buffer.concat(parts);
      if (stored.length !== size) throw new Error(`${name} is cut off.`);
      yield { name, stored };
    }
  } finally {
    source.destroy();
    bytes.destroy();
  }
}
