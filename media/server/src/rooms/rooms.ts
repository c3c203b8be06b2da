import { EventEmitter } from 'node:events';
import type { RoomOrder } from '@sightline/contracts';
import { limits } from '#limits.ts';
import type { RoomDeps } from './room-deps.ts';
import { Room } from './room.ts';

export interface RoomsEvents {
  readonly opened: [Room];
  readonly closed: [string];
}

/** The meetings that are open, as the centre told them. */
export class Rooms implements Disposable {
  readonly events = new EventEmitter<RoomsEvents>();
  readonly #deps: RoomDeps;
  readonly #rooms = new Map<string, Room>();
  readonly #told = Promise.withResolvers<void>();
  readonly #clock: NodeJS.Timeout;
  readonly #forgetWorkers: () => void;
  #isRestored = false;

  constructor(deps: RoomDeps) {
    this.#deps = deps;
    this.#clock = setInterval(() => this.#tick(), limits.rooms.reopenMs);
    this.#forgetWorkers = deps.workers.onReady(() => this.#tick());
  }

  /** Resolves when the centre has told the rooms once. */
  get told(): Promise<void> {
    return this.#told.promise;
  }

  /** As they were before a restart: they stand until the centre tells them anew. */
  restore(orders: readonly RoomOrder[]): void {
    for (const order of orders) this.apply(order);
    this.#isRestored = orders.length > 0;
  }

  /** Rooms stand that an earlier process was told. */
  get isRestored(): boolean {
    return this.#isRestored;
  }

  /** All as they were told last. */
  orders(): readonly RoomOrder[] {
    return this.all().map(({ rules: { control, seats } }) => ({
      control,
      seats: [...seats.values()],
    }));
  }

  get(meetingId: string): Room | null {
    return this.#rooms.get(meetingId) ?? null;
  }

  all(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  /** All that are open: others close. */
  applyAll(orders: readonly RoomOrder[]): void {
    const open = new Set(orders.map(({ control }) => control.meetingId));
    for (const { meetingId } of this.all()) if (!open.has(meetingId)) this.close(meetingId);
    for (const order of orders) this.apply(order);
    this.#told.resolve();
  }

  apply(order: RoomOrder): void {
    const { meetingId, isOpen } = order.control;
    if (!isOpen) return this.close(meetingId);
    const known = this.#rooms.get(meetingId);
    if (known !== undefined) return known.apply(order);
    if (this.#rooms.size >= limits.rooms.open) {
      this.#deps.log.error({ meetingId }, `More than ${limits.rooms.open} rooms are not opened.`);
      return;
    }
    const room = new Room(order, this.#deps);
    this.#rooms.set(meetingId, room);
    this.events.emit('opened', room);
    void room.open();
  }

  close(meetingId: string, why: 'ended' | 'stopping' = 'ended'): void {
    const room = this.#rooms.get(meetingId);
    if (room === undefined) return;
    this.#rooms.delete(meetingId);
    room.close(why);
    this.events.emit('closed', meetingId);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#clock);
    this.#forgetWorkers();
    for (const { meetingId } of this.all()) this.close(meetingId, 'stopping');
  }

  #tick(): void {
    for (const room of this.#rooms.values()) room.tick();
  }
}
