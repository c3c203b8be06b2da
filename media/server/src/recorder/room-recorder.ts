import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedSegment, SeatId } from '@sightline/contracts';
import type { Logger } from 'pino';
import type { Up } from '#centre-link/outgoing.ts';
import { limits } from '#limits.ts';
import { Later } from '#rooms/later.ts';
import type { Room } from '#rooms/room.ts';
import { chooseRecorded, recordedKey, type Recorded } from './choose-recorded.ts';
import type { PortPairs } from './port-pairs.ts';
import { RecordedSet } from './recorded-set.ts';
import { SegmentIndex } from './segment-index.ts';
import { gatherClosed, gatherFallen, nextNo, type SeatFolder } from './tell-segments.ts';

export interface RecorderDeps {
  /** Recordings of all meetings. */
  readonly dir: string;
  readonly ports: PortPairs;
  readonly put: (up: Up) => void;
  readonly log: Logger;
  readonly now: () => number;
  /** Why nothing can be recorded now; null = it can. */
  readonly obstacle: () => string | null;
  /** A recorder did not start. */
  readonly onFault: (sentence: string) => void;
}

interface Recording {
  readonly recordingId: string;
  readonly dir: string;
  readonly index: SegmentIndex;
}

interface Running {
  readonly set: RecordedSet;
  readonly folder: SeatFolder;
}

/** 录像 of one room: a recorder for each seat that is seen or heard, as long as the meeting is recorded. */
export class RoomRecorder implements AsyncDisposable {
  readonly #room: Room;
  readonly #deps: RecorderDeps;
  readonly #running = new Map<SeatId, Running>();
  readonly #notBefore = new Map<SeatId, number>();
  readonly #soon: Later;
  readonly #clock: NodeJS.Timeout;
  #recording: Recording | null = null;
  #turn: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(room: Room, deps: RecorderDeps) {
    this.#room = room;
    this.#deps = deps;
    this.#soon = new Later(() => this.#inTurn(() => this.#agree()), limits.recorder.settleMs);
    this.#clock = setInterval(() => this.#inTurn(() => this.#scan()), limits.recorder.scanMs);
    room.events.on('changed', () => this.#soon.soon());
    this.#soon.soon();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return this.#turn;
    this.#isClosed = true;
    this.#soon.cancel();
    clearInterval(this.#clock);
    this.#inTurn(() => this.#stopOthers([]));
    await this.#turn;
  }

  /** One thing after the other; a fault of one is logged and stops none after it. */
  #inTurn(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      this.#deps.log.error({ err: error, meetingId: this.#room.meetingId }, 'Recording failed.');
    });
  }

  async #agree(): Promise<void> {
    const { rules } = this.#room;
    const isOn = rules.control.isRecorded && this.#deps.obstacle() === null && !this.#isClosed;
    const most = limits.recorder.processes;
    const wanted = isOn ? chooseRecorded(rules, this.#room.onAir(), most) : [];
    await this.#stopOthers(wanted);
    if (isOn) this.#recording ??= await this.#openRecording();
    for (const recorded of wanted) {
      if (this.#running.has(recorded.seatId) || this.#isClosed) continue;
      await this.#start(recorded);
    }
    if (!rules.control.isRecorded && this.#recording !== null) await this.#endRecording();
  }

  /** Once a second: what was closed is told, what fell is begun anew. */
  async #scan(): Promise<void> {
    for (const { set, folder } of this.#running.values()) {
      await this.#tell((index) => gatherClosed(folder, set.note, index));
    }
    if (this.#room.rules.control.isRecorded) await this.#agree();
  }

  async #stopOthers(wanted: readonly Recorded[]): Promise<void> {
    const keys = new Map(wanted.map((one) => [one.seatId, recordedKey(one)]));
    const others = [...this.#running].filter(([seatId, { set }]) => keys.get(seatId) !== set.key);
    await Promise.all(
      others.map(async ([seatId, { set, folder }]) => {
        this.#running.delete(seatId);
        await set.stop();
        await this.#tell((index) => gatherFallen(folder, set.note, index));
      }),
    );
  }

  async #start(recorded: Recorded): Promise<void> {
    const recording = this.#recording;
    const { seatId } = recorded;
    const nowMs = performance.now();
    if (recording === null) return;
    if (nowMs < (this.#notBefore.get(seatId) ?? 0)) return;
    const dir = join(recording.dir, seatId);
    await mkdir(dir, { recursive: true });
    const { ports, log, now, onFault } = this.#deps;
    try {
      const firstNo = await nextNo(dir);
      const set = await RecordedSet.start(recorded, { ports, dir, firstNo, log, now });
      const { meetingId } = this.#room;
      const folder = { meetingId, recordingId: recording.recordingId, seatId, dir };
      this.#running.set(seatId, { set, folder });
      void set.ended.then(() => this.#inTurn(() => this.#fell(seatId, set)));
    } catch (error) {
      this.#notBefore.set(seatId, nowMs + limits.recorder.restartMs);
      log.warn({ err: error, seatId }, 'A recorder did not start.');
      // One whose worker died is begun anew when its seat comes back.
      if (!isLost(recorded)) onFault(error instanceof Error ? error.message : String(error));
    }
  }

  /** ffmpeg ended by itself, or was killed: what it closed is told, and it begins anew soon. */
  async #fell(seatId: SeatId, set: RecordedSet): Promise<void> {
    const running = this.#running.get(seatId);
    if (running?.set !== set) return;
    this.#running.delete(seatId);
    this.#notBefore.set(seatId, performance.now() + limits.recorder.restartMs);
    await this.#tell((index) => gatherFallen(running.folder, set.note, index));
  }

  async #tell(gather: (index: SegmentIndex) => Promise<readonly RecordedSegment[]>): Promise<void> {
    const index = this.#recording?.index;
    if (index === undefined) return;
    for (const segment of await gather(index)) {
      tellSegment(segment, index, this.#deps.put);
    }
  }

  /** The recording that was begun before a restart goes on. */
  async #openRecording(): Promise<Recording> {
    const meetingDir = join(this.#deps.dir, this.#room.meetingId);
    await mkdir(meetingDir, { recursive: true });
    const openFile = join(meetingDir, openName);
    const former = (await readFile(openFile, 'utf8').catch(() => '')).trim();
    const recordingId = /^[0-9a-f-]{36}$/.test(former) ? former : randomUUID();
    await writeFile(openFile, recordingId);
    const dir = join(meetingDir, recordingId);
    return { recordingId, dir, index: SegmentIndex.open(dir) };
  }

  async #endRecording(): Promise<void> {
    this.#recording = null;
    await rm(join(this.#deps.dir, this.#room.meetingId, openName), { force: true });
  }
}

function isLost({ voice, picture }: Recorded): boolean {
  return (voice ?? picture)?.router.closed === true;
}

/** Names the recording that is going on, while it is. */
const openName = 'open';

/** Sends a segment up, and notes when the centre has it. */
export function tellSegment(
  segment: RecordedSegment,
  index: SegmentIndex,
  put: (up: Up) => void,
): void {
  const { meetingId, recordingId, seatId, no } = segment;
  put({
    event: 'segments',
    meetingId,
    key: `${recordingId} ${seatId} ${no}`,
    word: segment,
    onTold: () => index.told(segment),
  });
}
