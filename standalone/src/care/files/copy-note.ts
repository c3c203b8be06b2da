import { createReadStream, existsSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openCopySeal, type CopySeal } from '@sightline/store';
import { type Passage, intoCopy, outOfCopy } from './passage.ts';

/** A sealed copy's note of itself: whoever opens it has the passphrase of the copy. */
const sealedNote = 'files.sealed';
const plainNote = 'files.json';
const noteBytes = 64 * 1024;

interface Copy {
  readonly dir: string;
  /** Null = none was named. */
  readonly passphrase: string | null;
}

export interface OpenedCopy {
  readonly seal: CopySeal | null;
  readonly passage: Passage;
}

/**
 * A copy to bring files into. The first run decides the passphrase; one that is not sealed becomes so as soon as a
 * passphrase is named. Throws a sentence where the copy is sealed and the passphrase is missing or another one.
 */
export async function openCopyToFill({ dir, passphrase }: Copy): Promise<OpenedCopy> {
  if (existsSync(join(dir, sealedNote))) {
    const { seal } = await openNote({ dir, passphrase });
    return { seal, passage: intoCopy(seal) };
  }
  if (passphrase === null) return { seal: null, passage: intoCopy(null) };
  const seal = openCopySeal(passphrase, null);
  await writeSealed(dir, { seal, note: { format: 2, takenAt: null } });
  return { seal, passage: intoCopy(seal) };
}

/** A copy to take files out of. Throws a sentence where it is none, never finished, or sealed for another passphrase. */
export async function openCopyToRead({ dir, passphrase }: Copy): Promise<OpenedCopy> {
  const hasPlainNote = existsSync(join(dir, plainNote));
  if (existsSync(join(dir, sealedNote))) {
    const { seal, takenAt } = await openNote({ dir, passphrase });
    if (takenAt === null && !hasPlainNote) throw neverFinished(dir);
    return { seal, passage: outOfCopy(seal, { mayBePlain: takenAt === null }) };
  }
  if (!hasPlainNote) throw neverFinished(dir);
  const seal = passphrase === null ? null : openCopySeal(passphrase, null);
  return { seal, passage: outOfCopy(seal, { mayBePlain: true }) };
}

/** At the end of a whole run. */
export async function noteCopy(
  dir: string,
  { seal, note }: { readonly seal: CopySeal | null; readonly note: object },
): Promise<void> {
  if (seal === null) return writeWhole(join(dir, plainNote), async () => JSON.stringify(note));
  await writeSealed(dir, { seal, note });
  await rm(join(dir, plainNote), { force: true });
}

function neverFinished(dir: string): Error {
  return new Error(`${dir} is no copy of files, or one that was never finished.`);
}

async function openNote({ dir, passphrase }: Copy) {
  const path = join(dir, sealedNote);
  if (passphrase === null) {
    throw new Error(`${dir} is sealed: name the file of its passphrase (--passphrase-file F).`);
  }
  const seal = openCopySeal(passphrase, (await readFile(path)).subarray(0, noteBytes));
  try {
    const text = await textOf(seal.open(createReadStream(path, { end: noteBytes }), sealedNote));
    return { seal, takenAt: takenAtOf(JSON.parse(text)) };
  } catch (cause) {
    throw new Error(
      `${path} does not open: the copy was sealed with another passphrase, or this file is damaged. Name the passphrase of its first run, or another folder.`,
      { cause },
    );
  }
}

function takenAtOf(note: unknown): string | null {
  const takenAt: unknown =
    typeof note === 'object' && note !== null && 'takenAt' in note ? note.takenAt : null;
  return typeof takenAt === 'string' ? takenAt : null;
}

async function writeSealed(
  dir: string,
  { seal, note }: { readonly seal: CopySeal; readonly note: object },
): Promise<void> {
  const plain = (async function* () {
    yield Buffer.from(JSON.stringify(note));
  })();
  const sealed = async () => Buffer.concat(await Array.fromAsync(seal.seal(plain, sealedNote)));
  await writeWhole(join(dir, sealedNote), sealed);
}

async function writeWhole(path: string, content: () => Promise<Buffer | string>): Promise<void> {
  const draft = await open(`${path}.new`, 'w', 0o600);
  try {
    await draft.writeFile(await content());
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${path}.new`, path);
}

async function textOf(parts: AsyncIterable<Buffer>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(parts)).toString();
}
