import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type from 'typebox';
import { Value } from 'typebox/value';
import { hashFile } from '#fetch/hash-file.ts';
import type { PinnedFile } from '#manifest.ts';

const Stamp = Type.Record(
  Type.String(),
  Type.Object({ sha256: Type.String(), bytes: Type.Number(), changedMs: Type.Number() }),
);
type Stamp = Type.Static<typeof Stamp>;

/** The stamp saves hashing 15 MB at each start: a file of unchanged size and times was checked before. */
const STAMP_FILE = '.verified.json';

/** Which of the files stand in the folder with the pinned hash. */
export async function verifiedFiles(
  dir: string,
  files: readonly PinnedFile[],
  signal?: AbortSignal,
): Promise<Set<string>> {
  const before = await readStamp(dir);
  const after: Stamp = {};
  const verified = new Set<string>();
  for (const pinned of files) {
    const entry = await check(join(dir, pinned.file), {
      pinned,
      known: before[pinned.file],
      signal,
    });
    if (entry === null) continue;
    after[pinned.file] = entry;
    verified.add(pinned.file);
  }
  if (verified.size > 0 && !Value.Equal(before, after)) await writeStamp(dir, after);
  return verified;
}

async function check(
  file: string,
  { pinned, known, signal }: { pinned: PinnedFile; known?: Stamp[string]; signal?: AbortSignal },
): Promise<Stamp[string] | null> {
  const found = await stat(file).catch(nullIfMissing);
  if (found === null || found.size !== pinned.bytes) return null;
  // ctime as well as size: it moves with every write and cannot be set back by a copy.
  const entry = { sha256: pinned.sha256, bytes: found.size, changedMs: found.ctimeMs };
  if (known !== undefined && Value.Equal(known, entry)) return entry;
  const sha256 = await hashFile(file, { algorithm: 'sha256', encoding: 'hex', signal });
  return sha256 === pinned.sha256 ? entry : null;
}

async function readStamp(dir: string): Promise<Stamp> {
  const text = await readFile(join(dir, STAMP_FILE), 'utf8').catch(nullIfMissing);
  if (text === null) return {};
  try {
    const stamp: unknown = JSON.parse(text);
    return Value.Check(Stamp, stamp) ? stamp : {};
  } catch {
    // A broken stamp is no fault: without one, every file is hashed again.
    return {};
  }
}

async function writeStamp(dir: string, stamp: Stamp): Promise<void> {
  const half = join(dir, `${STAMP_FILE}.${process.pid}.part`);
  await writeFile(half, JSON.stringify(stamp));
  await rename(half, join(dir, STAMP_FILE));
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
