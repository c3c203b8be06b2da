import { randomBytes } from 'node:crypto';
import { deriveKey, openFrames, sealFrames, takeHeader } from './sealed-frames.ts';

/** Begins an encrypted backup; a plain one begins with its first entry's name. */
const magic = Buffer.from('SLBACKU1', 'latin1');
const saltBytes = 16;
const headerBytes = magic.length + saltBytes;

export function isSealed(beginning: Buffer): boolean {
  return beginning.subarray(0, magic.length).equals(magic);
}

/** Encrypts a file as it is written: scrypt over the passphrase, then frames bound to the header. */
export async function* sealBytes(
  source: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Buffer> {
  const header = Buffer.concat([magic, randomBytes(saltBytes)]);
  const key = await deriveKey(passphrase, header.subarray(magic.length));
  yield header;
  yield* sealFrames(source, { key, bound: header });
}

/** The bytes that were sealed. Throws a sentence at the first frame that does not open. */
export async function* openBytes(
  source: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Buffer> {
  const { header, rest } = await takeHeader(source, headerBytes);
  const key = await deriveKey(passphrase, header.subarray(magic.length));
  yield* openFrames(rest, { key, bound: header });
}
