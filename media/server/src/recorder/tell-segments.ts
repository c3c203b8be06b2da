import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RecordedSegment, SeatId } from '@sightline/contracts';
import { readSegmentList, segmentFile, type ClosedSegment } from './ffmpeg-plan.ts';
import { listFileOf, type SetNote } from './recorded-set.ts';
import type { SegmentIndex } from './segment-index.ts';

export interface SeatFolder {
  readonly meetingId: string;
  readonly recordingId: string;
  readonly seatId: SeatId;
  readonly dir: string;
}

/** Closed segments of a set that the index does not have: hashed, noted, returned. */
export async function gatherClosed(
  folder: SeatFolder,
  note: SetNote,
  index: SegmentIndex,
): Promise<readonly RecordedSegment[]> {
  const text = await readFile(listFileOf(folder.dir, note.firstNo), 'utf8').catch(() => '');
  return noteAll(folder, { note, closed: readSegmentList(text) }, index);
}

/** After its ffmpeg was killed: also the open segment, which can be read up to its last half second. */
export async function gatherFallen(
  folder: SeatFolder,
  note: SetNote,
  index: SegmentIndex,
): Promise<readonly RecordedSegment[]> {
  const told = await gatherClosed(folder, note, index);
  const text = await readFile(listFileOf(folder.dir, note.firstNo), 'utf8').catch(() => '');
  const last = readSegmentList(text).at(-1);
  const no = last === undefined ? note.firstNo : last.no + 1;
  const open = await stat(segmentFile(folder.dir, no)).catch(() => null);
  if (open === null || open.size < leastBytes) return told;
  const startMs = last?.endMs ?? 0;
  const endMs = Math.max(startMs, Math.round(open.mtimeMs - note.startedMs));
  const partial = await noteAll(folder, { note, closed: [{ no, startMs, endMs }] }, index);
  return [...told, ...partial];
}

/** A header without a packet is no segment. */
const leastBytes = 600;

async function noteAll(
  { dir, ...of }: SeatFolder,
  { note, closed }: { readonly note: SetNote; readonly closed: readonly ClosedSegment[] },
  index: SegmentIndex,
): Promise<readonly RecordedSegment[]> {
  const fresh: RecordedSegment[] = [];
  for (const { no, startMs, endMs } of closed) {
    if (index.get(of.seatId, no) !== null) continue;
    const file = segmentFile(dir, no);
    const { size } = await stat(file);
    const segment = {
      ...of,
      no,
      from: new Date(note.startedMs + startMs).toISOString(),
      durationMs: Math.max(0, endMs - startMs),
      bytes: size,
      sha256: await hashOf(file),
      hasVideo: note.hasVideo,
    };
    index.add(segment);
    fresh.push(segment);
  }
  return fresh;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Sets that stand in a seat's folder, oldest first. */
export async function readNotes(dir: string): Promise<readonly SetNote[]> {
  const names = (await readdir(dir)).filter((name) => /^set-\d+\.json$/.test(name));
  const notes = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(dir, name), 'utf8');
      return parseNote(text);
    }),
  );
  return notes.filter((note) => note !== null).toSorted((a, b) => a.firstNo - b.firstNo);
}

function parseNote(text: string): SetNote | null {
  try {
    return JSON.parse(text) as SetNote; // Written by `RecordedSet` alone.
  } catch {
    // Half written when the process was killed: packets had not begun to flow.
    return null;
  }
}

/** One more than the highest number in a seat's folder, so that nothing is written over. */
export async function nextNo(dir: string): Promise<number> {
  const numbers = (await readdir(dir))
    .map((name) => /^(\d{6})\.webm$/.exec(name)?.[1])
    .filter((no) => no !== undefined)
    .map(Number);
  return Math.max(-1, ...numbers) + 1;
}
