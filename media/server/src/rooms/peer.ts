import type { types } from 'mediasoup';
import {
  refuse,
  type ChannelLanguage,
  type EnterReply,
  type Refusal,
  type SeatId,
  type SignalRequest,
  type SignalWords,
} from '@sightline/contracts';
import type { Logger } from 'pino';
import { PeerTiers } from '#tiers/peer-tiers.ts';
import { Receiving } from './receiving.ts';
import type { RoomRouter } from './room-router.ts';
import { mediaRefused, Sending } from './sending.ts';

/** The way to a seat's page; null words are lost while its link is broken. */
export type Tell = <E extends keyof SignalWords>(
  event: E,
  ...words: Parameters<SignalWords[E]>
) => void;

export interface PeerParts {
  /** Where it has its place. */
  readonly home: RoomRouter;
  readonly log: Logger;
  /** Of a monotonic clock. */
  readonly nowMs: number;
  /** Since 1970. */
  readonly now: number;
  /** The how-manieth that asked to come into the room. */
  readonly turn: number;
  /** Something it sends came, went, stopped or began. */
  readonly onChanged: () => void;
}

export interface PeerWish {
  readonly seatId: SeatId;
  readonly enter: SignalRequest<'enter'>;
  readonly tell: Tell;
}

interface Transports {
  readonly send: types.WebRtcTransport | types.PlainTransport;
  readonly receive: types.WebRtcTransport | types.PlainTransport;
}

/** A seat that is in the room: what it sends, what it receives, how its links stand. */
export class Peer {
  readonly seatId: SeatId;
  readonly visitId: string;
  /** When it came in, milliseconds since 1970. */
  readonly sinceMs: number;
  readonly turn: number;
  /** When something of its page was heard last, by the monotonic clock. */
  heardMs: number;
  readonly tiers: PeerTiers;
  readonly sending: Sending;
  readonly receiving: Receiving;
  channel: ChannelLanguage | 'floor';
  /** Pictures its page shows, largest first. */
  watch: readonly SeatId[] = [];
  readonly #transports: Transports;
  readonly #home: RoomRouter;
  #tell: Tell | null;
  #isClosed = false;

  private constructor(wish: PeerWish, transports: Transports, parts: PeerParts) {
    const { seatId, enter } = wish;
    this.seatId = seatId;
    this.visitId = enter.visitId;
    this.channel = enter.channel;
    this.sinceMs = parts.now;
    this.turn = parts.turn;
    this.heardMs = parts.nowMs;
    this.tiers = new PeerTiers(parts.nowMs);
    this.#tell = wish.tell;
    this.#transports = transports;
    this.#home = parts.home;
    this.sending = new Sending(
      { seatId, transport: transports.send, router: parts.home.router },
      {
        onStopped: (source, why) => this.tell('stopped', { source, why }),
        onChanged: parts.onChanged,
      },
    );
    this.receiving = new Receiving(
      {
        home: parts.home,
        transport: transports.receive,
        capabilities: capabilitiesOf(enter, parts.home),
        log: parts.log,
      },
      {
        onConsumer: (consumer) => this.tell('consumer', consumer),
        onConsumerClosed: (consumerId) => this.tell('consumer-closed', { consumerId }),
      },
    );
  }

  /** Makes its transports. Throws where the worker dies meanwhile. */
  static async open(wish: PeerWish, parts: PeerParts): Promise<Peer> {
    if (wish.enter.rtpCapabilities === null) {
      const plain = await parts.home.openPlain();
      return new Peer(wish, { send: plain, receive: plain }, parts);
    }
    const [send, receive] = await Promise.all([parts.home.openWebRtc(), parts.home.openWebRtc()]);
    return new Peer(wish, { send, receive }, parts);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Both are of one connection. */
  isOfPage(other: Peer): boolean {
    return this.#tell !== null && this.#tell === other.#tell;
  }

  /** A page, not a venue by plain RTP. */
  get isWebRtc(): boolean {
    return isWebRtc(this.#transports.send);
  }

  /** Its worker died: it must enter anew. */
  get isLost(): boolean {
    return this.#transports.send.closed;
  }

  /** Its way to receive is open: packets come back from the page. */
  get isConnected(): boolean {
    const { receive } = this.#transports;
    return !isWebRtc(receive) || receive.dtlsState === 'connected';
  }

  get transports(): Transports {
    return this.#transports;
  }

  get isAway(): boolean {
    return this.#tell === null;
  }

  /** What its page needs to begin. */
  offer(): Pick<EnterReply, 'routerRtpCapabilities' | 'send' | 'receive' | 'plain'> {
    const { send, receive } = this.#transports;
    const routerRtpCapabilities = this.#home.router.rtpCapabilities;
    if (!isWebRtc(send) || !isWebRtc(receive)) {
      const plain = isWebRtc(send) ? null : this.#home.offerPlain(send);
      return { routerRtpCapabilities, send: null, receive: null, plain };
    }
    return {
      routerRtpCapabilities,
      send: this.#home.offer(send),
      receive: this.#home.offer(receive),
      plain: null,
    };
  }

  readonly tell: Tell = (event, ...words) => this.#tell?.(event, ...words);

  /** The link to its page broke. */
  away(): void {
    this.#tell = null;
  }

  async connect(wish: SignalRequest<'connect-transport'>): Promise<Refusal | object> {
    const transport = this.#own(wish.transportId);
    if (transport === null) return refuse('not-found', 'That is no transport of this seat.');
    // Bounded by the message's size; mediasoup checks every field and throws.
    const dtlsParameters = wish.dtlsParameters as unknown as types.DtlsParameters;
    try {
      await transport.connect({ dtlsParameters });
      return {};
    } catch (error) {
      return mediaRefused(error);
    }
  }

  async restartIce(transportId: string): Promise<Refusal | { readonly iceParameters: unknown }> {
    const transport = this.#own(transportId);
    if (transport === null) return refuse('not-found', 'That is no transport of this seat.');
    return { iceParameters: await transport.restartIce() };
  }

  close(): void {
    if (!this.#isClosed) this.#home.seats -= 1;
    this.#isClosed = true;
    this.#tell = null;
    this.#transports.send.close();
    this.#transports.receive.close();
  }

  #own(transportId: string): types.WebRtcTransport | null {
    const own = Object.values(this.#transports).find(({ id }) => id === transportId);
    return own !== undefined && isWebRtc(own) ? own : null;
  }
}

function isWebRtc(
  transport: types.WebRtcTransport | types.PlainTransport,
): transport is types.WebRtcTransport {
  return transport.type === 'webrtc';
}

function capabilitiesOf(enter: SignalRequest<'enter'>, home: RoomRouter): types.RtpCapabilities {
  // Bounded by the message's size; the room judged them by mediasoup's own check before.
  const own = enter.rtpCapabilities as unknown as types.RtpCapabilities | null;
  return own ?? home.router.rtpCapabilities;
}
