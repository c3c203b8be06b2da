import type { types } from 'mediasoup';
import {
  isRefusal,
  maySend,
  refuse,
  type MediaSource,
  type Refusal,
  type RoomRules,
  type SeatId,
  type SignalRequest,
} from '@sightline/contracts';
import { limits } from '#limits.ts';
import { SendDelays } from '#sampling/send-delays.ts';
import type { OnAir } from './on-air.ts';

interface Sent {
  readonly source: MediaSource;
  readonly producer: types.Producer;
  isPaused: boolean;
  isStopped: boolean;
}

export interface SendingEvents {
  /** The server stopped it. */
  readonly onStopped: (source: MediaSource, why: string) => void;
  /** Something came, went, stopped or began again. */
  readonly onChanged: () => void;
}

/** What one seat sends: taken, stopped and let go by the rules. Closes with its transport. */
export class Sending {
  readonly #seatId: SeatId;
  readonly #transport: types.Transport;
  readonly #router: types.Router;
  readonly #events: SendingEvents;
  readonly #sent = new Map<MediaSource, Sent>();
  /** How late it comes in; of a page alone, others may not tell the time. */
  readonly delays = new SendDelays();

  constructor(
    {
      seatId,
      transport,
      router,
    }: Pick<OnAir, 'seatId' | 'router'> & { readonly transport: types.Transport },
    events: SendingEvents,
  ) {
    this.#seatId = seatId;
    this.#transport = transport;
    this.#router = router;
    this.#events = events;
  }

  *onAir(): Generator<OnAir> {
    for (const { source, producer, isPaused, isStopped } of this.#sent.values()) {
      const isFlowing = !isPaused && !isStopped;
      yield {
        seatId: this.#seatId,
        source,
        producer,
        router: this.#router,
        isStopped,
        isFlowing,
      };
    }
  }

  /** Takes what the rules let this seat send; a former one of the same source ends. `rules` is asked twice. */
  async produce(
    wish: SignalRequest<'produce'>,
    rules: () => RoomRules,
  ): Promise<Refusal | { readonly producerId: string }> {
    const { source, kind } = wish;
    if (kind !== kindOf(source)) return refuse('malformed', `${source} is not ${kind}.`);
    if (!maySend(rules(), this.#seatId, source)) return notAllowed(source);
    const producer = await this.#open(wish);
    if (isRefusal(producer)) return producer;
    this.#sent.get(source)?.producer.close();
    this.#sent.set(source, { source, producer, isPaused: false, isStopped: false });
    producer.observer.once('close', () => this.#gone(source, producer));
    // Control may have changed while the worker made it.
    await this.enforce(rules());
    this.#events.onChanged();
    return { producerId: producer.id };
  }

  async #open(wish: SignalRequest<'produce'>): Promise<types.Producer | Refusal> {
    const { kind, source } = wish;
    // Bounded by the message's size; mediasoup checks every field and throws.
    const rtpParameters = wish.rtpParameters as unknown as types.RtpParameters;
    const { encodings } = rtpParameters;
    if (Array.isArray(encodings) && encodings.length > limits.rooms.encodings) {
      return refuse('media-refused', `At most ${limits.rooms.encodings} layers are taken.`);
    }
    try {
      const producer = await this.#transport.produce({ kind, rtpParameters, appData: { source } });
      if (this.#transport.type === 'webrtc') await this.delays.follow(producer);
      return producer;
    } catch (error) {
      return mediaRefused(error);
    }
  }

  async pause(
    { source, isPaused }: SignalRequest<'pause'>,
    rules: RoomRules,
  ): Promise<Refusal | object> {
    const sent = this.#sent.get(source);
    if (sent === undefined) return refuse('not-found', `This seat sends no ${source}.`);
    if (!isPaused && !maySend(rules, this.#seatId, source)) return notAllowed(source);
    sent.isPaused = isPaused;
    if (!isPaused) sent.isStopped = false;
    await (isPaused ? sent.producer.pause() : sent.producer.resume());
    this.#events.onChanged();
    return {};
  }

  end(source: MediaSource): void {
    this.#sent.get(source)?.producer.close();
  }

  /** Stops whatever the rules do not let this seat send any more. */
  async enforce(rules: RoomRules): Promise<void> {
    for (const { source } of this.#sent.values()) {
      if (!maySend(rules, this.#seatId, source)) await this.stop(source, 'not-allowed');
    }
  }

  /** Stops one of them; its page may ask to begin again. */
  async stop(source: MediaSource, why: string): Promise<void> {
    const sent = this.#sent.get(source);
    if (sent === undefined || sent.isStopped) return;
    sent.isStopped = true;
    this.#events.onStopped(source, why);
    this.#events.onChanged();
    if (!sent.producer.closed) await sent.producer.pause();
  }

  #gone(source: MediaSource, producer: types.Producer): void {
    if (this.#sent.get(source)?.producer !== producer) return;
    this.#sent.delete(source);
    this.#events.onChanged();
  }
}

function kindOf(source: MediaSource): 'audio' | 'video' {
  return source === 'microphone' || source === 'interpreter' ? 'audio' : 'video';
}

function notAllowed(source: MediaSource): Refusal {
  return refuse('not-allowed', `The meeting does not let this seat send its ${source} now.`);
}

/** What mediasoup says of parameters it does not take; short, for a stranger wrote them. */
export function mediaRefused(error: unknown): Refusal {
  const text = error instanceof Error ? error.message : 'unknown';
  return refuse('media-refused', text.slice(0, 200));
}
