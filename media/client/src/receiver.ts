import {
  backoffMs,
  isRefusal,
  meetingLimits,
  isPictureSource,
  pictureSources,
  type PictureSource,
  type SeatId,
  type SignalWords,
} from '@sightline/contracts';
import type { Consumer, RtpParameters, Transport } from 'mediasoup-client/types';
import type { BrowserParts } from '#browser-parts.ts';
import { clientLimits } from '#limits.ts';
import type { MeetingPicture, MeetingStill, MeetingVoice, PictureHeld } from '#meeting-client.ts';
import type { Ask } from '#signal-link.ts';
import { StillPieces } from '#still-pieces.ts';

type Offered = Parameters<SignalWords['consumer']>[0];
type HeldWord = Parameters<SignalWords['held']>[0];
type StillWord = Parameters<SignalWords['still']>[0];
type PictureKey = `${SeatId}/${PictureSource}`;

interface KeptStill extends MeetingStill {
  readonly seatId: SeatId;
  readonly source: PictureSource;
}

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
  readonly #stills = new Map<PictureKey, KeptStill>();
  readonly #pieces = new StillPieces();
  #held: ReadonlyMap<PictureKey, PictureHeld> = new Map();
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

  /** A piece of a still of a seat's picture: with its last one it is shown; the oldest goes where there are too many. */
  takeStill(piece: StillWord, had?: () => void): void {
    had?.(); // It came: the next one may leave.
    const { seatId, source } = piece;
    if (!pictureSources.includes(source)) return;
    const jpeg = this.#pieces.take(piece);
    if (jpeg === null) return;
    const key = keyOf(seatId, source);
    this.#dropStill(key);
    const [oldest] = this.#stills.keys();
    // One more than are on the air: a shared screen.
    if (this.#stills.size > meetingLimits.onAir && oldest !== undefined) this.#dropStill(oldest);
    const url = this.#parts.showStill(jpeg);
    this.#stills.set(key, { seatId, source, at: this.#parts.now(), url });
    this.#tell();
  }

  /** Which pictures do not come now for their senders' part; a still of one that comes again has had its time. */
  hold(held: HeldWord): void {
    const before = this.#held;
    const nowMs = this.#parts.now();
    this.#held = new Map(
      held.map(({ seatId, source, hasStills, reason, forMs }) => {
        const key = keyOf(seatId, source);
        // What was said first is nearer to what was.
        const sinceMs = before.get(key)?.sinceMs ?? Math.round(nowMs - forMs);
        return [key, { hasStills, reason, sinceMs }];
      }),
    );
    this.#dropMoving((key) => before.has(key));
    this.#tell();
  }

  /** Pictures move again: stills that nobody renews go where the picture itself is there. */
  sweepStills({ isAll }: { readonly isAll: boolean }): void {
    const nowMs = this.#parts.now();
    const isOld = ({ source, at }: KeptStill): boolean =>
      isAll || nowMs - at >= clientLimits.stillFreshMs[source];
    if (this.#dropMoving((_, still) => isOld(still))) this.#tell();
  }

  /** The entry is over. Stills of cameras stay: they say what was seen last, and when. */
  end(): void {
    for (const { consumer } of this.#received.values()) consumer.close();
    for (const [key, { source }] of this.#stills) if (source === 'screen') this.#dropStill(key);
    this.#received.clear();
    this.#held = new Map();
    this.#closedEarly.clear();
    this.#tell();
  }

  close(): void {
    for (const key of this.#stills.keys()) this.#dropStill(key);
    this.end();
  }

  /** False = there is none. */
  #letGo(consumerId: string): boolean {
    const found = this.#received.get(consumerId);
    if (found === undefined) return false;
    const { seatId, source } = found.offered;
    found.consumer.close();
    this.#received.delete(consumerId);
    // A camera's last still says what was seen last; a screen that is shared no longer is gone.
    if (source === 'screen') this.#dropStill(keyOf(seatId, source));
    this.#tell();
    return true;
  }

  /** Stills whose picture is there and comes; true = some were dropped. */
  #dropMoving(isDue: (key: PictureKey, still: KeptStill) => boolean): boolean {
    const moving = new Set(this.#moving().map(({ seatId, source }) => keyOf(seatId, source)));
    const gone = [...this.#stills].filter(
      ([key, still]) => moving.has(key) && !this.#held.has(key) && isDue(key, still),
    );
    for (const [key] of gone) this.#dropStill(key);
    return gone.length > 0;
  }

  #dropStill(key: PictureKey): void {
    const still = this.#stills.get(key);
    if (still !== undefined) this.#parts.dropStill(still.url);
    this.#stills.delete(key);
  }

  #moving(): readonly Omit<MeetingPicture, 'still' | 'held'>[] {
    return [...this.#received.values()].flatMap(({ offered: { seatId, source }, consumer }) =>
      isPictureSource(source) ? [{ seatId, source, track: consumer.track } as const] : [],
    );
  }

  #tell(): void {
    const moving = this.#moving().map((picture) => {
      const key = keyOf(picture.seatId, picture.source);
      const still = this.#stills.get(key) ?? null;
      return { ...picture, still, held: this.#held.get(key) ?? null };
    });
    const known = new Set(moving.map(({ seatId, source }) => keyOf(seatId, source)));
    const stillOnly = [...this.#stills]
      .filter(([key]) => !known.has(key))
      .map(([key, still]) => {
        const { seatId, source } = still;
        return { seatId, source, track: null, still, held: this.#held.get(key) ?? null };
      });
    const voices = [...this.#received.values()].flatMap(
      ({ offered: { seatId, source, kind }, consumer }) =>
        kind === 'audio' ? [{ seatId, source, track: consumer.track }] : [],
    );
    this.#onChange({ pictures: [...moving, ...stillOnly], voices });
  }
}

function keyOf(seatId: SeatId, source: PictureSource): PictureKey {
  return `${seatId}/${source}`;
}
