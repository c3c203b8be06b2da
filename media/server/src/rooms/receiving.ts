import type { types } from 'mediasoup';
import { refuse, type Refusal, type SignalWords } from '@sightline/contracts';
import type { Logger } from 'pino';
import { limits } from '#limits.ts';
import type { Want } from './wants.ts';

interface Got {
  readonly consumer: types.Consumer;
  isReady: boolean;
  layer: number | null;
  priority: number;
}

export interface ReceivingParts {
  readonly router: types.Router;
  readonly transport: types.Transport;
  readonly capabilities: types.RtpCapabilities;
  readonly log: Logger;
}

export interface ReceivingEvents {
  readonly onConsumer: (consumer: Parameters<SignalWords['consumer']>[0]) => void;
  readonly onConsumerClosed: (consumerId: string) => void;
}

/** What one seat receives: made to agree with what it should, one change at a time. Closes with its transport. */
export class Receiving {
  readonly #parts: ReceivingParts;
  readonly #events: ReceivingEvents;
  /** By the producer's id. */
  readonly #got = new Map<string, Got>();
  #wanted: readonly Want[] = [];
  #isRunning = false;
  #isStale = false;

  constructor(parts: ReceivingParts, events: ReceivingEvents) {
    this.#parts = parts;
    this.#events = events;
  }

  get consumers(): readonly types.Consumer[] {
    return [...this.#got.values()].map(({ consumer }) => consumer);
  }

  /** What should be from now on; brought about as fast as the worker answers. */
  want(wanted: readonly Want[]): void {
    this.#wanted = wanted.slice(0, limits.rooms.consumers);
    this.#isStale = true;
    if (!this.#isRunning) void this.#run();
  }

  /** The page has it and lets it flow. */
  async ready(consumerId: string): Promise<Refusal | object> {
    const got = [...this.#got.values()].find(({ consumer }) => consumer.id === consumerId);
    if (got === undefined) return refuse('not-found', 'There is no such consumer any more.');
    got.isReady = true;
    const want = this.#wanted.find(({ onAir }) => onAir.producer.id === got.consumer.producerId);
    if (want !== undefined && !want.isPaused) await got.consumer.resume();
    return {};
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#isStale && !this.#parts.transport.closed) {
        this.#isStale = false;
        await this.#agree(this.#wanted);
      }
    } finally {
      this.#isRunning = false;
    }
  }

  async #agree(wanted: readonly Want[]): Promise<void> {
    const wantedIds = new Set(wanted.map(({ onAir }) => onAir.producer.id));
    for (const [producerId, got] of this.#got) {
      if (!wantedIds.has(producerId)) got.consumer.close();
      if (!wantedIds.has(producerId)) this.#gone(producerId, got.consumer);
    }
    for (const want of wanted) {
      if (this.#isStale || this.#parts.transport.closed) return;
      await this.#agreeOne(want).catch((error: unknown) => {
        // A producer that ended or a worker that died meanwhile: the next look sees it gone.
        this.#parts.log.debug({ err: error }, 'A consumer was not brought about.');
      });
    }
  }

  async #agreeOne(want: Want): Promise<void> {
    const got = this.#got.get(want.onAir.producer.id) ?? (await this.#consume(want));
    if (got === null) return;
    const { consumer } = got;
    if (want.layer !== null && got.layer !== want.layer && consumer.type !== 'simple') {
      got.layer = want.layer;
      await consumer.setPreferredLayers({ spatialLayer: want.layer, temporalLayer: 2 });
    }
    if (got.priority !== want.priority) {
      got.priority = want.priority;
      await consumer.setPriority(want.priority);
    }
    const isPaused = want.isPaused || !got.isReady;
    if (consumer.paused !== isPaused) await (isPaused ? consumer.pause() : consumer.resume());
  }

  async #consume(want: Want): Promise<Got | null> {
    const { router, transport, capabilities } = this.#parts;
    const { producer, seatId, source } = want.onAir;
    if (producer.closed) return null;
    if (!router.canConsume({ producerId: producer.id, rtpCapabilities: capabilities })) return null;
    const layer = want.layer ?? 0;
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: capabilities,
      paused: true,
      ...(want.layer === null
        ? {}
        : { preferredLayers: { spatialLayer: layer, temporalLayer: 2 } }),
    });
    const got: Got = { consumer, isReady: false, layer: want.layer, priority: 1 };
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

  #gone(producerId: string, consumer: types.Consumer): void {
    if (this.#got.get(producerId)?.consumer !== consumer) return;
    this.#got.delete(producerId);
    this.#events.onConsumerClosed(consumer.id);
  }
}
