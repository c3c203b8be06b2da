import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Pack } from 'tar-stream';

const compress = promisify(gzip);
const level = 3;

export interface PutEntry {
  /** Resolves when the entry is taken. Rejects where the archive was destroyed meanwhile. */
  (name: string, bytes: Buffer): Promise<void>;
  /** Entry → SHA-256 of its stored bytes, hex. */
  readonly sums: Record<string, string>;
}

/** Writes compressed entries into an archive and notes the checksum of each. */
export function entryWriter(tar: Pack): PutEntry {
  const sums: Record<string, string> = {};
  const destroyed = Promise.withResolvers<never>();
  destroyed.promise.catch(() => undefined); // Told to whoever waits for an entry then.
  tar.once('close', () => destroyed.reject(new Error('The file cannot be written any more.')));
  const put = async (name: string, bytes: Buffer): Promise<void> => {
    const stored = await compress(bytes, { level });
    sums[name] = createHash('sha256').update(stored).digest('hex');
    const taken = Promise.withResolvers<void>();
    tar.entry({ name, size: stored.length, mode: 0o600 }, stored, (error) =>
      error === null || error === undefined ? taken.resolve() : taken.reject(error),
    );
    await Promise.race([taken.promise, destroyed.promise]);
  };
  return Object.assign(put, { sums });
}
