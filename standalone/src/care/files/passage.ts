import { open } from 'node:fs/promises';
import { isSealedCopy, openedCopyBytes, sealedCopyBytes, type CopySeal } from '@sightline/store';

type Bytes = AsyncIterable<Uint8Array>;

/** How files go from one folder into the other: sealed, opened, or as they are. */
export interface Passage {
  /** What arrives of the file at `path`, of so many bytes. */
  arrivingBytes(path: string, bytes: number): Promise<number>;
  /** The plain bytes of the file. Throws a sentence where it does not open. */
  plain(source: Bytes, file: PassingFile): Bytes;
  /** The plain bytes as the target keeps them. */
  kept(plain: Bytes, file: PassingFile): Bytes;
  /** Whether a file of the target is not as it is to be kept. */
  isOpen(path: string): Promise<boolean>;
}

export interface PassingFile {
  readonly path: string;
  /** Its place in the copy, which a sealed file is bound to. */
  readonly name: string;
}

/** Into a copy; null = a copy that is not sealed. */
export function intoCopy(seal: CopySeal | null): Passage {
  return {
    arrivingBytes: async (_path, bytes) => (seal === null ? bytes : sealedCopyBytes(bytes)),
    plain: (source) => source,
    kept: (plain, { name }) => (seal === null ? plain : seal.seal(plain, name)),
    isOpen: async (path) => seal !== null && !(await isSealedFile(path)),
  };
}

/** Out of a copy. `mayBePlain`: of one that was never wholly sealed; elsewhere a plain file is not ours. */
export function outOfCopy(
  seal: CopySeal | null,
  { mayBePlain }: { readonly mayBePlain: boolean },
): Passage {
  return {
    arrivingBytes: async (path, bytes) =>
      (await isSealedFile(path)) ? openedCopyBytes(bytes) : bytes,
    plain: (source, file) => openedBytes(source, { file, seal, mayBePlain }),
    kept: (plain) => plain,
    isOpen: async () => false,
  };
}

async function* openedBytes(
  source: Bytes,
  {
    file: { path, name },
    seal,
    mayBePlain,
  }: { readonly file: PassingFile; readonly seal: CopySeal | null; readonly mayBePlain: boolean },
): AsyncGenerator<Uint8Array> {
  const isSealed = await isSealedFile(path);
  if (!isSealed && mayBePlain) return yield* source;
  try {
    if (!isSealed) throw new Error('It lies open in a sealed copy: somebody else put it there.');
    if (seal === null) throw new Error('It is sealed, and no passphrase was named.');
    yield* seal.open(source, name);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} is damaged: ${why}`, { cause });
  }
}

async function isSealedFile(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { buffer } = await handle.read({ buffer: Buffer.alloc(16), position: 0 });
    return isSealedCopy(buffer);
  } finally {
    await handle.close();
  }
}
