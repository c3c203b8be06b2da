import { refuse, type Refusal } from '@sightline/contracts';
import type { types } from 'mediasoup';
import { placeSeat } from './place-seat.ts';
import type { RoomDeps } from './room-deps.ts';
import { RoomRouter } from './room-router.ts';

type MediaParts = Pick<RoomDeps, 'workers' | 'rtc' | 'plainPorts' | 'placement'>;

export interface RoomMediaEvents {
  /** It has its first router, again after all were lost. */
  readonly onOpened: () => void;
  /** A worker died, and with it a router; the others go on. */
  readonly onLost: () => void;
}

/**
 * The routers of a room: one is enough for most, a meeting of a prefecture has several, spread over the
 * workers. Each seat has its place on one; what is sent on one is brought to the others by its pipes.
 */
export class RoomMedia {
  readonly #deps: MediaParts;
  readonly #events: RoomMediaEvents;
  readonly #routers: RoomRouter[] = [];
  #making: Promise<boolean> | null = null;
  #isClosed = false;

  constructor(deps: MediaParts, events: RoomMediaEvents) {
    this.#deps = deps;
    this.#events = events;
  }

  /** The same of all its routers; null = it has none. */
  get capabilities(): types.RtpCapabilities | null {
    return this.#routers[0]?.router.rtpCapabilities ?? null;
  }

  /** Makes its first router where it has none and a worker lives; false = it still has none. Throws where the worker dies meanwhile. */
  async open(): Promise<boolean> {
    return this.#routers.length > 0 || this.#more();
  }

  /** A place for one seat more: `seats` counts it already. Throws where a worker dies meanwhile. */
  async place(): Promise<RoomRouter | Refusal> {
    for (;;) {
      const at = placeSeat(this.#routers, this.#deps.placement);
      if (at === null) return refuse('too-many', 'No more seats are taken in this room.');
      const router = at === 'new' ? undefined : this.#routers[at];
      if (router !== undefined) {
        router.seats += 1;
        return router;
      }
      if (!(await this.#more())) {
        return refuse('no-worker', 'The room is being made anew; enter again.');
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const { router } of this.#routers) router.close();
    this.#routers.length = 0;
  }

  /** One router more; whoever asks meanwhile waits for the same. */
  #more(): Promise<boolean> {
    this.#making ??= this.#make().finally(() => (this.#making = null));
    return this.#making;
  }

  async #make(): Promise<boolean> {
    const worker = this.#isClosed ? null : this.#deps.workers.pick();
    if (worker === null) return false;
    const made = await RoomRouter.open(worker, this.#deps);
    if (this.#isClosed || made.router.closed) {
      made.router.close();
      return false;
    }
    made.router.once('workerclose', () => this.#lost(made));
    this.#routers.push(made);
    if (this.#routers.length === 1) this.#events.onOpened();
    return true;
  }

  #lost(router: RoomRouter): void {
    const at = this.#routers.indexOf(router);
    if (at >= 0) this.#routers.splice(at, 1);
    if (!this.#isClosed) this.#events.onLost();
  }
}
