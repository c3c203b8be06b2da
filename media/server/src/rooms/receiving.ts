import type { types } from 'mediasoup';
import {
  backoffMs,
  refuse,
  type BackoffPace,
  type Refusal,
  type SignalWords,
} from '@sightline/contracts';
import type { Logger } from 'pino';
import { limits } from '#limits.ts';
import type { Pipes } from './pipes.ts';
import type { Want } from './wants.ts';

interface Got {
  /** Where it is sent. */
  readonly producer: types.Producer;
  readonly consumer: types.Consumer;
  isReady: boolean;
  layer: number | null;
  priority: number;
}

export interface ReceivingParts {
  readonly home: {
    readonly router: types.Router;
    readonly pipes: Pick<Pipes, 'take' | 'letGo'>;
  };
  readonly transport: types.Transport;
  readonly capabilities: types.RtpCapabilities;
  readonly log: Logger;
}

/** How often what failed is tried again, and when. */
export interface RetryPace extends BackoffPace {
  readonly most: number;
}

export interface ReceivingEvents {
  readonly onConsumer: (consumer: Parameters<SignalWords['consumer']>[0]) => void;
  readonly onConsumerClosed: (consumerId: string) => void;
}

/** What one seat receives: made to agree with what it should, one change at a time. Closes with its transport. */
export class Receiving {
  readonly #parts: ReceivingParts;
  readonly #events: ReceivingEvents;
  readonly #again: RetryPace;
  /** By the producer's id where it is sent. */
  readonly #got = new Map<string, Got>();
  #wanted: readonly Want[] = [];
  #isRunning = false;
  #isStale = false;
  /** Looks in a row after which something was missing that is wanted. */
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    parts: ReceivingParts,
    events: ReceivingEvents,
    again: RetryPace = limits.rooms.receiveAgain,
  ) {
    this.#parts = parts;
    this.#events = events;
    this.#again = again;
  }

  get consumers(): readonly types.Consumer[] {
    return [...this.#got.values()].map(({ consumer }) => consumer);
  }

  /** What should be from now on; brought about as fast as the worker answers. */
  want(wanted: readonly Want[]): void {
    this.#wanted = wanted.slice(0, limits.rooms.consumers);
    this.#failures = 0;
    this.#look();
  }

  /** The page has it and lets it flow. */
  async ready(consumerId: string): Promise<Refusal | object> {
    const found = [...this.#got].find(([, { consumer }]) => consumer.id === consumerId);
    if (found === undefined) return refuse('not-found', 'There is no such consumer any more.');
    const [producerId, got] = found;
    got.isReady = true;
    const want = this.#wanted.find(({ onAir }) => onAir.producer.id === producerId);
    if (want !== undefined && !want.isPaused) await got.consumer.resume();
    return {};
  }

  #look(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#isStale = true;
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    let isWhole = true;
    try {
      while (this.#isStale && !this.#parts.transport.closed) {
        this.#isStale = false;
        isWhole = await this.#agree(this.#wanted);
      }
    } finally {
      this.#isRunning = false;
    }
    if (!isWhole) this.#lookAgain();
  }

  /** What failed though it is still sent and wanted is tried again, ever later, so many times. */
  #lookAgain(): void {
    if (this.#parts.transport.closed) return;
    this.#failures += 1;
    if (this.#failures > this.#again.most) {
      this.#parts.log.warn('Something a seat should receive could not be brought to it.');
      return;
    }
    const waitMs = backoffMs(this.#failures - 1, Math.random(), this.#again);
    this.#timer = setTimeout(() => this.#look(), waitMs).unref();
  }

  /** False = something that is sent could not be brought about. */
  async #agree(wanted: readonly Want[]): Promise<boolean> {
    const wantedIds = new Set(wanted.map(({ onAir }) => onAir.producer.id));
    for (const [producerId, got] of this.#got) {
      if (wantedIds.has(producerId)) continue;
      // Of a producer that ended the worker closes the consumers by itself.
      if (!got.producer.closed) got.consumer.close();
      this.#gone(producerId, got.consumer);
    }
    let isWhole = true;
    for (const want of wanted) {
      if (this.#isStale || this.#parts.transport.closed) return true;
      await this.#agreeOne(want).catch((error: unknown) => {
        this.#parts.log.debug({ err: error }, 'A consumer was not brought about.');
        // One that ended meanwhile is gone at the next word of the room.
        if (!want.onAir.producer.closed) isWhole = false;
      });
    }
    return isWhole;
  }

  async #agreeOne(want: Want): Promise<void> {
    const got = this.#got.get(want.onAir.producer.id) ?? (await this.#consume(want));
    if (got === null) return;
    const { consumer } = got;
    if (want.layer !== null && got.layer !== want.layer && consumer.type !== 'simple') {
      await consumer.setPreferredLayers({ spatialLayer: want.layer, temporalLayer: 2 });
      got.layer = want.layer;
    }
    if (got.priority !== want.priority) {
      await consumer.setPriority(want.priority);
      got.priority = want.priority;
    }
    const isPaused = want.isPaused || !got.isReady;
    if (consumer.paused !== isPaused) await (isPaused ? consumer.pause() : consumer.resume());
  }

  async #consume(want: Want): Promise<Got | null> {
    const { pipes } = this.#parts.home;
    const { producer, seatId, source } = want.onAir;
    if (producer.closed) return null;
    const producerId = await pipes.take(want.onAir);
    const consumer = await this.#open(producerId, want.layer).catch((error: unknown) => {
      pipes.letGo(want.onAir);
      throw error;
    });
    if (consumer === null) {
      pipes.letGo(want.onAir);
      return null;
    }
    consumer.observer.once('close', () => pipes.letGo(want.onAir));
    const got: Got = { producer, consumer, isReady: false, layer: want.layer, priority: 1 };
    this.#got.set(producer.id, got);
    consumer.once('producerclose', () => this.#gone(producer.id, consumer));
    this.#events.onConsumer({
      consumerId: consumer.id,
      producerId: producer.id,
      seatId,
      source,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters,
    });
    return got;
  }

  async #open(producerId: string, layer: Want['layer']): Promise<types.Consumer | null> {
    const { home, transport, capabilities: rtpCapabilities } = this.#parts;
    if (!home.router.canConsume({ producerId, rtpCapabilities })) return null;
    return transport.consume({
      producerId,
      rtpCapabilities,
      paused: true,
      ...(layer === null ? {} : { preferredLayers: { spatialLayer: layer, temporalLayer: 2 } }),
    });
  }

  #gone(producerId: string, consumer: types.Consumer): void {
    if (this.#got.get(producerId)?.consumer !== consumer) return;
    this.#got.delete(producerId);
    this.#events.onConsumerClosed(consumer.id);
  }
}
