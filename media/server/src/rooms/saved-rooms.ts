import { readFile } from 'node:fs/promises';
import { meetingLimits, RoomOrder } from '@sightline/contracts';
import type { Logger } from 'pino';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { writeWhole } from '#disk/write-whole.ts';
import { limits } from '#limits.ts';

const fileCheck = Compile(
  Type.Object({
    /** Milliseconds since 1970. */
    savedAt: Type.Integer({ minimum: 0 }),
    rooms: Type.Array(RoomOrder, { maxItems: limits.rooms.open }),
  }),
);

interface SavedParts {
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * What the centre told last of the open rooms, on disk: after a restart rooms stand as they stood, though the
 * centre be away. Places and logins of desks, no persons and no keys; the centre's next word replaces it.
 */
export class SavedRooms implements AsyncDisposable {
  readonly #file: string;
  readonly #parts: SavedParts;
  #next: readonly RoomOrder[] | null = null;
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;

  constructor(file: string, parts: SavedParts) {
    this.#file = file;
    this.#parts = parts;
  }

  /** What an earlier process kept; none where it is older than any meeting, or damaged (which is logged). */
  async read(): Promise<readonly RoomOrder[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => null);
    if (text === null) return [];
    const saved = parse(text);
    if (!fileCheck.Check(saved)) {
      this.#parts.log.error(
        { file: this.#file },
        'The rooms of before the restart cannot be read; they come from the centre.',
      );
      return [];
    }
    const ageMs = this.#parts.now() - saved.savedAt;
    return ageMs < meetingLimits.hours * 3_600_000 ? saved.rooms : [];
  }

  /** Keeps them at once; of several that come while one is written the last is. */
  save(rooms: readonly RoomOrder[]): void {
    this.#next = rooms;
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#writing = this.#write();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      for (let rooms = this.#take(); rooms !== null; rooms = this.#take()) {
        await writeWhole(this.#file, JSON.stringify({ savedAt: this.#parts.now(), rooms }));
      }
    } catch (error) {
      // A full disk ends no meeting; after a restart the centre is asked.
      this.#parts.log.error({ err: error, file: this.#file }, 'The open rooms were not kept.');
    } finally {
      this.#isWriting = false;
    }
  }

  #take(): readonly RoomOrder[] | null {
    const rooms = this.#next;
    this.#next = null;
    return rooms;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown; // Checked by whoever asked.
  } catch {
    return null;
  }
}
