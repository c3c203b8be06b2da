import { backoffMs, type LinkAnswer, type MediaWords } from '@sightline/contracts';
import type { Logger } from 'pino';
import { limits } from '#limits.ts';

/** Words of a room that go up. */
export type Up = {
  readonly [Event in 'hand' | 'line' | 'spells' | 'segments' | 'shed']: {
    readonly event: Event;
    readonly meetingId: string;
    /** A later word of the same key takes the place of one that still waits. */
    readonly key: string;
    /** The centre acknowledged it. */
    readonly onTold?: () => void;
    readonly word: Parameters<MediaWords[Event]>[0] extends readonly (infer One)[]
      ? One
      : Parameters<MediaWords[Event]>[0];
  };
}['hand' | 'line' | 'spells' | 'segments' | 'shed'];

/** Says one word (or a batch of one kind) and waits for its acknowledgement; null = none came. */
export type Say = (event: Up['event'], payload: unknown) => Promise<LinkAnswer | null>;

/** One word at a time waits of each. */
export function idOf({ meetingId, event, key }: Pick<Up, 'meetingId' | 'event' | 'key'>): string {
  return `${meetingId} ${event} ${key}`;
}

/** Somebody was told that they stand: they are not let go of. */
const isKept = ({ event }: Pick<Up, 'event'>): boolean => event === 'hand' || event === 'line';

const batched: Readonly<Record<Up['event'], number>> = {
  hand: 1,
  line: 1,
  shed: 1,
  spells: limits.link.spells,
  segments: limits.link.segments,
};
/** Answers after which the same word may yet be taken. */
const passing: readonly string[] = ['unavailable', 'busy', 'failed'];

/**
 * What the centre has not acknowledged yet: said in the order of each room, again until it was, across every
 * loss of the link. Bounded: of what can be missed (spells; segments lie on disk) the oldest goes, and that is logged;
 * hands and lines are asked for first (`hasPlace`).
 */
export class Outgoing implements Disposable {
  readonly #say: Say;
  readonly #log: Logger;
  /** It was acknowledged, refused for good, or let go of: it is not said again. */
  readonly #onDone: (up: Up) => void;
  readonly #rooms = new Map<string, Map<string, Up>>();
  readonly #busy = new Set<string>();
  readonly #stop = new AbortController();
  #waiting = 0;
  #kept = 0;
  #isOpen = false;
  #dropped = 0;

  constructor(say: Say, log: Logger, onDone: (up: Up) => void = () => undefined) {
    this.#say = say;
    this.#log = log;
    this.#onDone = onDone;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Whether one more hand or line can wait. */
  get hasPlace(): boolean {
    return this.#kept < limits.link.waitingKept;
  }

  put(up: Up): void {
    const room = this.#rooms.get(up.meetingId) ?? new Map<string, Up>();
    this.#rooms.set(up.meetingId, room);
    const key = `${up.event} ${up.key}`;
    if (!room.has(key)) this.#count(up, 1);
    room.set(key, up);
    this.#keepBounds();
    this.#drain(up.meetingId);
  }

  /** The link stands: all that waits is said. */
  open(): void {
    this.#isOpen = true;
    for (const meetingId of this.#rooms.keys()) this.#drain(meetingId);
  }

  /** The link broke: what was said and not acknowledged is said again. */
  pause(): void {
    this.#isOpen = false;
  }

  /** Resolves when all was acknowledged, or after so long. */
  async settled(ms: number): Promise<void> {
    const until = performance.now() + ms;
    while (this.#waiting > 0 && this.#isOpen && performance.now() < until) {
      const { promise, resolve } = Promise.withResolvers<void>();
      setTimeout(resolve, 20);
      await promise;
    }
  }

  [Symbol.dispose](): void {
    this.#isOpen = false;
    this.#stop.abort();
  }

  #drain(meetingId: string): void {
    if (!this.#isOpen || this.#busy.has(meetingId)) return;
    this.#busy.add(meetingId);
    void this.#run(meetingId).finally(() => this.#busy.delete(meetingId));
  }

  async #run(meetingId: string): Promise<void> {
    let failures = 0;
    for (;;) {
      const room = this.#rooms.get(meetingId);
      const batch = room === undefined ? [] : nextBatch(room);
      const first = batch[0]?.[1];
      if (room === undefined || first === undefined) {
        this.#rooms.delete(meetingId);
        return;
      }
      if (!this.#isOpen) return;
      const words = batch.map(([, { word }]) => word);
      const said = await this.#say(first.event, batched[first.event] === 1 ? words[0] : words);
      if (said === null || (!said.ok && passing.includes(said.code))) {
        failures += 1;
        if (!this.#isOpen) return;
        await pause(failures, this.#stop.signal);
        continue;
      }
      failures = 0;
      if (!said.ok) this.#log.error({ meetingId, event: first.event, said }, 'Refused for good.');
      this.#settle(room, batch);
    }
  }

  /** What was changed meanwhile is said again, after all that waits: else what changes often would hold the rest up. */
  #settle(room: Map<string, Up>, batch: readonly (readonly [string, Up])[]): void {
    for (const [key, up] of batch) {
      const newer = room.get(key);
      if (newer === undefined) continue;
      room.delete(key);
      if (newer !== up) {
        room.set(key, newer);
        continue;
      }
      this.#count(up, -1);
      up.onTold?.();
      this.#onDone(up);
    }
  }

  #count(up: Up, by: 1 | -1): void {
    this.#waiting += by;
    if (isKept(up)) this.#kept += by;
  }

  #keepBounds(): void {
    while (this.#waiting > limits.link.waiting) {
      const rooms = [...this.#rooms.values()].toSorted((a, b) => b.size - a.size);
      const found = rooms.flatMap((room) => oldestMissable(room) ?? [])[0];
      if (found === undefined) return;
      found.room.delete(found.key);
      this.#count(found.up, -1);
      this.#onDone(found.up);
      this.#dropped += 1;
      if (Math.log2(this.#dropped) % 1 !== 0) return;
      this.#log.error({ dropped: this.#dropped }, 'The centre is away too long: words were lost.');
    }
  }
}

function oldestMissable(room: Map<string, Up>) {
  for (const [key, up] of room) if (!isKept(up)) return { room, key, up };
  return null;
}

/** The oldest word, and those of its kind that directly follow it, as many as one message takes. */
function nextBatch(room: ReadonlyMap<string, Up>): (readonly [string, Up])[] {
  const batch: (readonly [string, Up])[] = [];
  for (const entry of room) {
    const [, first = entry[1]] = batch[0] ?? [];
    if (entry[1].event !== first.event || batch.length >= batched[first.event]) break;
    batch.push(entry);
  }
  return batch;
}

function pause(failures: number, signal: AbortSignal): Promise<void> {
  const ms = backoffMs(failures - 1, Math.random(), limits.link.retry);
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    resolve();
  });
  return promise;
}
