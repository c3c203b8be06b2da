import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { seatIdPattern, uuidPattern } from '@sightline/contracts';
import { limits } from '#limits.ts';
import type { Rooms } from '#rooms/rooms.ts';
import { PortPairs } from './port-pairs.ts';
import { RoomRecorder, tellSegment, type RecorderDeps } from './room-recorder.ts';
import { SegmentIndex } from './segment-index.ts';
import { gatherFallen, readNotes } from './tell-segments.ts';

export interface RecorderParts extends Pick<RecorderDeps, 'dir' | 'put' | 'log' | 'now'> {
  readonly rooms: Rooms;
  /** Why nothing is recorded, as a sentence; null = all is well. */
  readonly onProblem: (sentence: string | null) => void;
}

const uuid = new RegExp(uuidPattern);
const seat = new RegExp(seatIdPattern);

/** 录像 of all rooms, on this machine's disk. */
export class Recorder implements AsyncDisposable {
  readonly #parts: RecorderParts;
  readonly #rooms = new Map<string, RoomRecorder>();
  readonly #ports = new PortPairs();
  readonly #clock: NodeJS.Timeout;
  #full: string | null = null;
  #fault: string | null = null;

  private constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#clock = setInterval(() => void this.#measureDisk(), limits.recorder.diskMs);
  }

  /** Tells first what an earlier process closed and did not tell. */
  static async open(parts: RecorderParts): Promise<Recorder> {
    const recorder = new Recorder(parts);
    await recorder.#measureDisk();
    await recover(parts);
    parts.rooms.events.on('opened', (room) => recorder.#follow(room));
    parts.rooms.events.on('closed', (meetingId) => recorder.#leave(meetingId));
    return recorder;
  }

  /** Something of this meeting is recorded, or its last segment is not closed yet. */
  isBusy(meetingId: string): boolean {
    return this.#rooms.has(meetingId);
  }

  /** Rooms that were closed before are told of last; waits for every ffmpeg. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#clock);
    const open = [...this.#rooms.values()];
    this.#rooms.clear();
    await Promise.all(open.map((room) => room[Symbol.asyncDispose]()));
  }

  #follow(room: ConstructorParameters<typeof RoomRecorder>[0]): void {
    const { dir, put, log, now } = this.#parts;
    const recorder = new RoomRecorder(room, {
      dir,
      put,
      log,
      now,
      ports: this.#ports,
      obstacle: () => this.#full,
      onFault: (sentence) => {
        this.#fault = sentence;
        this.#say();
      },
    });
    this.#rooms.set(room.meetingId, recorder);
  }

  #leave(meetingId: string): void {
    const room = this.#rooms.get(meetingId);
    if (room === undefined) return;
    // It stays in the table until its last segment is closed: a stop of the server waits for it.
    void room[Symbol.asyncDispose]().then(() => {
      if (this.#rooms.get(meetingId) === room) this.#rooms.delete(meetingId);
    });
  }

  async #measureDisk(): Promise<void> {
    // A folder that is not there yet lies on the disk of the one above it.
    const disk = await statfs(this.#parts.dir).catch(() => null);
    if (disk === null) return;
    const freeBytes = disk.bavail * disk.bsize;
    const isFull = freeBytes < limits.recorder.freeBytes;
    const gib = (limits.recorder.freeBytes / 1024 ** 3).toFixed(0);
    this.#full = isFull
      ? `Nothing is recorded: less than ${gib} GiB are free at ${this.#parts.dir}. Move old recordings away.`
      : null;
    this.#say();
  }

  #say(): void {
    this.#parts.onProblem(this.#full ?? this.#fault);
  }
}

/** After a crash: what was closed, and what was open when it came, is told of. */
async function recover({
  dir,
  put,
  log,
}: Pick<RecorderParts, 'dir' | 'put' | 'log'>): Promise<void> {
  for (const meetingId of await folders(dir, uuid)) {
    for (const recordingId of await folders(join(dir, meetingId), uuid)) {
      const recordingDir = join(dir, meetingId, recordingId);
      try {
        await recoverOne({ meetingId, recordingId, dir: recordingDir }, put);
      } catch (error) {
        // One spoilt folder does not keep the others, or the meetings, from going on.
        log.error({ err: error, recordingDir }, 'A recording was not looked through.');
      }
    }
  }
}

async function recoverOne(
  of: { readonly meetingId: string; readonly recordingId: string; readonly dir: string },
  put: RecorderParts['put'],
): Promise<void> {
  const { mtimeMs } = await stat(of.dir);
  if (Date.now() - mtimeMs > limits.recorder.recoverMs) return;
  const index = SegmentIndex.open(of.dir);
  for (const seatId of await folders(of.dir, seat)) {
    const folder = { ...of, seatId, dir: join(of.dir, seatId) };
    for (const note of await readNotes(folder.dir)) await gatherFallen(folder, note, index);
  }
  for (const segment of index.untold()) tellSegment(segment, index, put);
}

async function folders(dir: string, form: RegExp): Promise<readonly string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries.filter((one) => one.isDirectory() && form.test(one.name)).map(({ name }) => name);
}
