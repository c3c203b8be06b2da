import {
  backoffMs,
  isRefusal,
  meetingLimits,
  type SeatId,
  type SignalWords,
} from '@sightline/contracts';
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

/** Where things are received now: one entry into the room. */
export interface ReceivePath {
  readonly transport: Transport;
  readonly ask: Ask;
  /** Waits; false = the entry is over. */
  readonly lasts: (ms: number) => Promise<boolean>;
}

type Parts = Pick<BrowserParts, 'showStill' | 'dropStill' | 'now' | 'random'>;

export interface Shown {
  readonly pictures: readonly MeetingPicture[];
  readonly voices: readonly MeetingVoice[];
}

/** What this page receives: consumers of the present entry, and the newest still of each seat. */
export class Receiver {
  readonly #parts: Parts;
  readonly #onChange: (shown: Shown) => void;
  readonly #received = new Map<string, Received>();
  readonly #stills = new Map<SeatId, MeetingStill>();
  /** Closed by the server before they were set up here. */
  readonly #closedEarly = new Set<string>();

  constructor(parts: Parts, onChange: (shown: Shown) => void) {
    this.#parts = parts;
    this.#onChange = onChange;
  }

  /**
   * Sets up what the server offers, and lets it flow. What failed is tried again, ever later, while it is offered.
   * @throws what failed at last, where so many tries did not help.
   */
  async take(path: ReceivePath, offered: Offered): Promise<void> {
    const again = clientLimits.receiveAgain;
    for (let failures = 0; ; failures += 1) {
      try {
        if (await this.#tryTake(path, offered)) return;
      } catch (fault) {
        if (failures === again.most) throw fault;
      }
      if (failures === again.most) return;
      if (!(await path.lasts(backoffMs(failures, this.#parts.random(), again)))) return;
    }
  }

  /** False = it does not flow yet. */
  async #tryTake({ transport, ask }: ReceivePath, offered: Offered): Promise<boolean> {
    const { consumerId } = offered;
    if (this.#closedEarly.delete(consumerId) || transport.closed) return true;
    if (!this.#received.has(consumerId) && !(await this.#setUp(transport, offered))) return true;
    const answer = await ask('consumer-ready', { consumerId });
    if (!isRefusal(answer)) {
      this.#tell();
      return true;
    }
    const isGone = answer.code === 'not-found' || answer.code === 'not-in-room';
    if (isGone) this.#letGo(consumerId);
    return isGone || !this.#received.has(consumerId);
  }

  /** False = it is not wanted any more. */
  async #setUp(transport: Transport, offered: Offered): Promise<boolean> {
    const { consumerId, producerId, seatId, source, kind } = offered;
    if (this.#received.size >= clientLimits.consumers) return false;
    const consumer = await transport.consume({
      id: consumerId,
      producerId,
      kind,
      // mediasoup's own parameters, from its server to its client.
      rtpParameters: offered.rtpParameters as RtpParameters,
      streamId: `${seatId}-${source}`,
    });
    if (this.#closedEarly.delete(consumerId) || transport.closed) {
      consumer.close();
      return false;
    }
    this.#received.set(consumerId, { offered, consumer });
    return true;
  }

  drop(consumerId: string): void {
    if (this.#letGo(consumerId)) return;
    if (this.#closedEarly.size >= clientLimits.consumers) this.#closedEarly.clear();
    this.#closedEarly.add(consumerId);
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

  /** False = there is none. */
  #letGo(consumerId: string): boolean {
    const found = this.#received.get(consumerId);
    found?.consumer.close();
    this.#received.delete(consumerId);
    if (found !== undefined) this.#tell();
    return found !== undefined;
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
