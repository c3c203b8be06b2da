import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The hash of a file's bytes, read once in pieces. */
export async function hashFile(
  file: string,
  how: { algorithm: 'sha256' | 'sha512'; encoding: 'hex' | 'base64'; signal?: AbortSignal },
): Promise<string> {
  const hash = createHash(how.algorithm);
  await pipeline(createReadStream(file, { signal: how.signal }), hash, { signal: how.signal });
  return hash.digest(how.encoding);
}
