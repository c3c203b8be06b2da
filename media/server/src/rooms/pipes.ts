import type { types } from 'mediasoup';
import { limits } from '#limits.ts';
import type { OnAir } from './on-air.ts';

type Sent = Pick<OnAir, 'producer' | 'router'>;

interface Piped {
  readonly here: Promise<types.Producer>;
  users: number;
  idle: NodeJS.Timeout | null;
}

/** What is sent on other routers of the room, brought to this one while somebody here wants it. */
export class Pipes {
  readonly #to: types.Router;
  readonly #idleMs: number;
  /** By the producer's id where it is sent. */
  readonly #piped = new Map<string, Piped>();

  constructor(to: types.Router, idleMs: number = limits.rooms.pipeIdleMs) {
    this.#to = to;
    this.#idleMs = idleMs;
  }

  /** Producers brought here now. */
  get count(): number {
    return this.#piped.size;
  }

  /** The id by which it can be consumed here, until as many let it go. Throws where it, or a worker, ended. */
  async take({ producer, router }: Sent): Promise<string> {
    if (router === this.#to) return producer.id;
    const piped = this.#piped.get(producer.id) ?? this.#open({ producer, router });
    piped.users += 1;
    if (piped.idle !== null) clearTimeout(piped.idle);
    piped.idle = null;
    return (await piped.here).id;
  }

  /** One who took it wants it no longer; what nobody wants is brought here a little longer. */
  letGo({ producer }: Sent): void {
    const piped = this.#piped.get(producer.id);
    if (piped === undefined) return;
    piped.users -= 1;
    if (piped.users > 0) return;
    const close = () => {
      this.#forget(producer.id, piped);
      // The pipe's other end closes with it; one that never came about needs no closing.
      piped.here.then(
        (here) => here.close(),
        () => undefined,
      );
    };
    piped.idle = setTimeout(close, this.#idleMs).unref();
  }

  #open({ producer, router }: Sent): Piped {
    const here = openPipe({ producer, router }, this.#to);
    const piped: Piped = { here, users: 0, idle: null };
    this.#piped.set(producer.id, piped);
    const gone = () => this.#forget(producer.id, piped);
    here.then((one) => {
      if (one.closed) gone();
      else one.observer.once('close', gone);
    }, gone);
    return piped;
  }

  #forget(producerId: string, piped: Piped): void {
    if (piped.idle !== null) clearTimeout(piped.idle);
    if (this.#piped.get(producerId) === piped) this.#piped.delete(producerId);
  }
}

async function openPipe({ producer, router }: Sent, to: types.Router): Promise<types.Producer> {
  const { pipeProducer } = await router.pipeToRouter({
    producerId: producer.id,
    router: to,
    // A worker knows no two producers of one id, and two routers of a room may be on one worker.
    keepId: false,
    enableSctp: false,
  });
  if (pipeProducer === undefined) throw new Error(`Producer ${producer.id} was not piped.`);
  return pipeProducer;
}
