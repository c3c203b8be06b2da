import { hkdfSync, randomBytes } from 'node:crypto';
import {
  deriveKey,
  framedBytes,
  openFrames,
  sealFrames,
  takeHeader,
  unframedBytes,
} from './sealed-frames.ts';

/** Begins each sealed file of a copy: then the salt of the passphrase, then one of the file's own. */
const magic = Buffer.from('SLFILES1', 'latin1');
const saltBytes = 16;
const headerBytes = magic.length + 2 * saltBytes;
const label = 'sightline sealed copy v1';
/** Salts of one copy: one at its making, one more for each time its note was lost. */
const saltsAtMost = 4;

/**
 * Seals the files of a copy, as `sealBytes` seals a backup: scrypt is asked once a folder rather than once a file (a meeting has
 * thousands of segments), and each file has a key of its own (HKDF, RFC 5869). Every file opens alone with the passphrase.
 */
export interface CopySeal {
  /** `name`: the file's place in the copy; a file under another's name does not open. */
  seal(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Buffer>;
  /** Throws a sentence where it does not open: another passphrase, another name, damaged, cut off. */
  open(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Buffer>;
}

export function isSealedCopy(beginning: Buffer): boolean {
  return beginning.subarray(0, magic.length).equals(magic);
}

/** How long a file of so many bytes is when it is sealed. */
export function sealedCopyBytes(plainBytes: number): number {
  return headerBytes + framedBytes(plainBytes);
}

/** How long a sealed file of so many bytes is when it is opened. */
export function openedCopyBytes(sealedBytes: number): number {
  return unframedBytes(Math.max(0, sealedBytes - headerBytes));
}

/** `like`: the beginning of a sealed file whose salt is used on; null = a new salt. */
export function openCopySeal(passphrase: string, like: Buffer | null): CopySeal {
  const keys = new Map<string, Promise<Buffer>>();
  const keyOf = (salt: Buffer): Promise<Buffer> => {
    const name = salt.toString('hex');
    const known = keys.get(name);
    if (known !== undefined) return known;
    if (keys.size >= saltsAtMost) {
      throw new Error(
        `Files here have more than ${saltsAtMost} salts: this one was made elsewhere.`,
      );
    }
    const made = deriveKey(passphrase, salt);
    keys.set(name, made);
    return made;
  };
  const ours = like === null ? randomBytes(saltBytes) : Buffer.from(saltOf(like));
  return {
    async *seal(source, name) {
      const header = Buffer.concat([magic, ours, randomBytes(saltBytes)]);
      yield header;
      yield* sealFrames(source, fileSeal(await keyOf(ours), { header, name }));
    },
    async *open(source, name) {
      const { header, rest } = await takeHeader(source, headerBytes);
      if (!isSealedCopy(header)) throw new Error('It is not sealed.');
      yield* openFrames(rest, fileSeal(await keyOf(saltOf(header)), { header, name }));
    },
  };
}

function saltOf(header: Buffer): Buffer {
  return header.subarray(magic.length, magic.length + saltBytes);
}

function fileSeal(
  key: Buffer,
  { header, name }: { readonly header: Buffer; readonly name: string },
): { readonly key: Buffer; readonly bound: Buffer } {
  const own = header.subarray(magic.length + saltBytes);
  return {
    key: Buffer.from(hkdfSync('sha256', key, own, label, 32)),
    bound: Buffer.concat([header, Buffer.from(name)]),
  };
}
