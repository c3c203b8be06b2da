import { isRefusal, meetingLimits, type SeatId, type SignalWords } from '@sightline/contracts';
import type { Consumer, RtpParameters, Transport } from 'mediasoup-client/types';
import type { BrowserParts } from '#browser-parts.ts';
import { clientLimits } from '#limits.ts';
import type { MeetingPicture, MeetingStill, MeetingVoice } from '#meeting-client.ts';
import type { Ask } from '#signal-link.ts';

type Offered = Parameters<SignalWords['consumer']>[0];

interface Received {
  readonly offered: Offered;
  readonly consumer: Consumer;
}

export interface Shown {
  readonly pictures: readonly MeetingPicture[];
  readonly voices: readonly MeetingVoice[];
}

/** What this page receives: consumers of the present entry, and the newest still of each seat. */
export class Receiver {
  readonly #parts: Pick<BrowserParts, 'showStill' | 'dropStill' | 'now'>;
  readonly #onChange: (shown: Shown) => void;
  readonly #received = new Map<string, Received>();
  readonly #stills = new Map<SeatId, MeetingStill>();
  /** Closed by the server before they were set up here. */
  readonly #closedEarly = new Set<string>();

  constructor(
    parts: Pick<BrowserParts, 'showStill' | 'dropStill' | 'now'>,
    onChange: (shown: Shown) => void,
  ) {
    this.#parts = parts;
    this.#onChange = onChange;
  }

  /** Sets up what the server offers, and lets it flow. */
  async take(
    path: { readonly transport: Transport; readonly ask: Ask },
    offered: Offered,
  ): Promise<void> {
    const { consumerId, producerId, seatId, source, kind } = offered;
    if (this.#received.size >= clientLimits.consumers) return;
    const consumer = await path.transport.consume({
      id: consumerId,
      producerId,
      kind,
      // mediasoup's own parameters, from its server to its client.
      rtpParameters: offered.rtpParameters as RtpParameters,
      streamId: `${seatId}-${source}`,
    });
    if (this.#closedEarly.delete(consumerId) || path.transport.closed) {
      consumer.close();
      return;
    }
    this.#received.set(consumerId, { offered, consumer });
    const answer = await path.ask('consumer-ready', { consumerId });
    if (isRefusal(answer)) this.drop(consumerId);
    else this.#tell();
  }

  drop(consumerId: string): void {
    const found = this.#received.get(consumerId);
    if (found === undefined) {
      if (this.#closedEarly.size >= clientLimits.consumers) this.#closedEarly.clear();
      this.#closedEarly.add(consumerId);
      return;
    }
    found.consumer.close();
    this.#received.delete(consumerId);
    this.#tell();
  }

  /** A still of a seat; the oldest goes where there are too many. */
  showStill(seatId: SeatId, still: { readonly at: number; readonly jpeg: ArrayBuffer }): void {
    if (still.jpeg.byteLength > meetingLimits.stillBytes) return;
    this.#dropStill(seatId);
    const [oldest] = this.#stills.keys();
    if (this.#stills.size >= meetingLimits.onAir && oldest !== undefined) this.#dropStill(oldest);
    this.#stills.set(seatId, { at: this.#parts.now(), url: this.#parts.showStill(still.jpeg) });
    this.#tell();
  }

  /** Pictures move again: stills that nobody renews go where the picture itself is there. */
  sweepStills({ isAll }: { readonly isAll: boolean }): void {
    const oldest = this.#parts.now() - (isAll ? 0 : clientLimits.stillFreshMs);
    const moving = new Set(
      [...this.#received.values()]
        .filter(({ offered }) => offered.source === 'camera')
        .map(({ offered }) => offered.seatId),
    );
    const gone = [...this.#stills].filter(([seatId, { at }]) => moving.has(seatId) && at <= oldest);
    for (const [seatId] of gone) this.#dropStill(seatId);
    if (gone.length > 0) this.#tell();
  }

  /** The entry is over. Stills stay: they say what was seen last, and when. */
  end(): void {
    for (const { consumer } of this.#received.values()) consumer.close();
    this.#received.clear();
    this.#closedEarly.clear();
    this.#tell();
  }

  close(): void {
    for (const seatId of this.#stills.keys()) this.#dropStill(seatId);
    this.end();
  }

  #dropStill(seatId: SeatId): void {
    const still = this.#stills.get(seatId);
    if (still !== undefined) this.#parts.dropStill(still.url);
    this.#stills.delete(seatId);
  }

  #tell(): void {
    const received = [...this.#received.values()];
    const moving = received.flatMap(({ offered: { seatId, source }, consumer }) =>
      source === 'camera' || source === 'screen'
        ? [{ seatId, source, track: consumer.track, still: null } as const]
        : [],
    );
    const withStills = moving.map((picture) =>
      picture.source === 'camera'
        ? { ...picture, still: this.#stills.get(picture.seatId) ?? null }
        : picture,
    );
    const known = new Set(moving.filter((one) => one.source === 'camera').map((one) => one.seatId));
    const stillOnly = [...this.#stills]
      .filter(([seatId]) => !known.has(seatId))
      .map(([seatId, still]) => ({ seatId, source: 'camera', track: null, still }) as const);
    const voices = received.flatMap(({ offered: { seatId, source, kind }, consumer }) =>
      kind === 'audio' ? [{ seatId, source, track: consumer.track }] : [],
    );
    this.#onChange({ pictures: [...withStills, ...stillOnly], voices });
  }
}
