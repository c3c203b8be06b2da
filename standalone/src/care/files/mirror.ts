import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { readErasedAmong, readSegmentDigests, type Queryable } from '@sightline/store';
import { copyFile, isCopied, partialMark, type CopiedFile } from './copy-file.ts';
import type { FileShelf } from './file-places.ts';
import type { Passage } from './passage.ts';

export interface Mirrored {
  files: number;
  copied: number;
  bytes: number;
  /** Meetings whose copies went, because they were erased. */
  erased: number;
  /** A sentence each. */
  readonly damaged: string[];
}

export interface Mirroring {
  readonly db: Queryable;
  readonly passage: Passage;
  readonly onFile: (mirrored: Mirrored) => void;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const freeBytes = 1024 ** 3;

/**
 * Brings every file of a shelf that is not there yet, or is another one, from one folder into the other. What was erased
 * is not brought, and goes from the target; anything else of the target stays, also where the source lost it, and is
 * sealed where the target is.
 */
export async function mirror(
  shelf: FileShelf,
  { from, to }: { readonly from: string; readonly to: string },
  { db, passage, onFile }: Mirroring,
): Promise<Mirrored> {
  const done: Mirrored = { files: 0, copied: 0, bytes: 0, erased: 0, damaged: [] };
  for (const top of await foldersOf(from, to)) {
    if (await wasErased(db, shelf, top)) {
      if (await goes(join(to, top))) done.erased += 1;
      continue;
    }
    await sweep(join(to, top));
    const digests = digestsOf(db, shelf);
    const bring = async (path: string, source: string): Promise<void> => {
      const name = [shelf.name, ...path.split(sep)].join('/');
      const file = { from: source, to: join(to, path), name, passage };
      await bringFile(file, { sha256: await digests(path), done });
      onFile(done);
    };
    const paths = (await filesOf(join(from, top))).map((file) => relative(from, file));
    for (const path of paths) {
      done.files += 1;
      const source = join(from, path);
      if (await isCopied({ from: source, to: join(to, path), name: path, passage })) continue;
      await assertRoom(to, (await stat(source)).size);
      await bring(path, source);
    }
    const brought = new Set(paths);
    for (const file of await filesOf(join(to, top))) {
      const path = relative(to, file);
      if (!brought.has(path) && (await passage.isOpen(file))) await bring(path, file);
    }
  }
  return done;
}

async function bringFile(
  file: CopiedFile,
  { sha256, done }: { readonly sha256: string | null; readonly done: Mirrored },
): Promise<void> {
  try {
    done.bytes += await copyFile(file, sha256);
    done.copied += 1;
  } catch (fault) {
    // One damaged file does not keep the others from being safe.
    if (!isDamage(fault)) throw fault;
    done.damaged.push(fault.message);
  }
}

function isDamage(fault: unknown): fault is Error {
  return fault instanceof Error && fault.message.includes(' is damaged: ');
}

async function foldersOf(...dirs: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(
    dirs.map((dir) => readdir(dir, { withFileTypes: true }).catch(noneThere)),
  );
  const names = all.flat().filter((one) => one.isDirectory());
  return [...new Set(names.map(({ name }) => name))].toSorted();
}

async function filesOf(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(noneThere);
  return entries
    .filter((one) => one.isFile() && !one.name.includes(partialMark))
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
}

/** What a killed copy left half. */
async function sweep(dir: string): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(noneThere);
  for (const { name, parentPath } of entries) {
    if (name.includes(partialMark)) await rm(join(parentPath, name), { force: true });
  }
}

async function wasErased(db: Queryable, { name }: FileShelf, meetingId: string): Promise<boolean> {
  if (name === 'courses' || !uuid.test(meetingId)) return false;
  return (await readErasedAmong(db, { kind: name, meetingIds: [meetingId] })).has(meetingId);
}

async function goes(dir: string): Promise<boolean> {
  const isThere = (await stat(dir).catch(() => null)) !== null;
  await rm(dir, { recursive: true, force: true });
  return isThere;
}

/** What is known of a file: of a course its name says it, of a segment the database. */
function digestsOf(db: Queryable, { name: shelf }: FileShelf) {
  let known: { readonly recordingId: string; readonly digests: ReadonlyMap<string, string> } = {
    recordingId: '',
    digests: new Map(),
  };
  return async (path: string): Promise<string | null> => {
    const parts = path.split(sep);
    const last = parts.at(-1) ?? '';
    if (shelf === 'courses') return /^[0-9a-f]{64}$/.test(last) ? last : null;
    const [, recordingId = '', seatId = ''] = parts;
    const no = /^(\d{6})\.webm$/.exec(last)?.[1];
    if (shelf === 'decks' || no === undefined || !uuid.test(recordingId)) return null;
    if (known.recordingId !== recordingId) {
      known = { recordingId, digests: await readSegmentDigests(db, recordingId) };
    }
    return known.digests.get(`${seatId}/${Number(no)}`) ?? null;
  };
}

async function assertRoom(dir: string, bytes: number): Promise<void> {
  const disk = await statfs(dir).catch(() => null);
  if (disk === null || disk.bavail * disk.bsize - bytes > freeBytes) return;
  throw new Error(
    `There is no room for the next file below ${dir}: 1 GB stays free. What was copied is whole; make room, and run it again.`,
  );
}

function noneThere(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
