import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { checksumsEntry, manifestEntry, parseManifest, type Manifest } from './manifest.ts';

const decompress = promisify(gunzip);
const storedBytesAtMost = 64 * 1024 ** 2;
const plainBytesAtMost = 256 * 1024 ** 2;

/** One entry of a backup, decompressed. */
export interface BackupEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Reads a whole backup and compares every entry with its checksum. Throws a sentence naming the first
 * entry that is damaged, missing or too much, and for a file that was cut off.
 */
export async function verifyBackup(file: string): Promise<Manifest> {
  const sums: Record<string, string> = {};
  let manifest: Manifest | null = null;
  let told: unknown = null;
  let last = 'its beginning';
  try {
    for await (const { name, stored } of storedEntries(file)) {
      if (name === checksumsEntry) told = JSON.parse((await decompress(stored)).toString());
      else sums[name] = createHash('sha256').update(stored).digest('hex');
      if (name === manifestEntry) manifest = parseManifest((await plain(name, stored)).toString());
      last = name;
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} is damaged after ${last}: ${why}`, { cause });
  }
  if (manifest === null) throw new Error(`${file} is no backup of Sightline.`);
  if (typeof told !== 'object' || told === null) {
    throw new Error(`${file} was cut off: its checksums are missing after ${last}.`);
  }
  const expected = new Map(Object.entries(told));
  for (const [name, sum] of Object.entries(sums)) {
    if (expected.get(name) !== sum) throw new Error(`${file} is damaged in ${name}.`);
    expected.delete(name);
  }
  const [missing] = expected.keys();
  if (missing !== undefined) throw new Error(`${file} lacks ${missing}.`);
  return manifest;
}

/** The entries of a verified backup, in their order. */
export async function* readEntries(file: string): AsyncGenerator<BackupEntry> {
  for await (const { name, stored } of storedEntries(file)) {
    if (name !== checksumsEntry) yield { name, bytes: await plain(name, stored) };
  }
}

async function plain(name: string, stored: Buffer): Promise<Buffer> {
  try {
    return await decompress(stored, { maxOutputLength: plainBytesAtMost });
  } catch (cause) {
    throw new Error(`${name} cannot be decompressed.`, { cause });
  }
}

async function* storedEntries(
  file: string,
): AsyncGenerator<{ readonly name: string; readonly stored: Buffer }> {
  const tar = extract();
  const source = createReadStream(file);
  source.on('error', (error) => tar.destroy(error));
  source.pipe(tar);
  for await (const entry of tar) {
    const { name, size } = entry.header;
    if ((size ?? 0) > storedBytesAtMost) throw new Error(`${name} is too large for an entry.`);
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(Buffer.from(part as Uint8Array)); // Of a file: bytes.
    const stored = Buffer.concat(parts);
    if (stored.length !== size) throw new Error(`${name} is cut off.`);
    yield { name, stored };
  }
}
