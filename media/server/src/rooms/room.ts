import { EventEmitter, once } from 'node:events';
import type { types } from 'mediasoup';
import {
  isRefusal,
  maySpeak,
  meetingLimits,
  refuse,
  type EnterReply,
  type Refusal,
  type RoomLine,
  type RoomOrder,
  type RoomRules,
  type SeatId,
  type SignalWords,
} from '@sightline/contracts';
import { rtpCapabilitiesFault } from './check-capabilities.ts';
import { Later } from './later.ts';
import type { OnAir } from './on-air.ts';
import { Peer, type PeerWish } from './peer.ts';
import type { RoomDeps } from './room-deps.ts';
import { RoomMedia } from './room-media.ts';
import { roomWordsFor } from './room-words.ts';
import { rulesOf, turned } from './rules-of.ts';
import { RoomTeller } from './tell-room.ts';
import { CarouselClock } from './carousel.ts';
import { gatherAir, wantsOf, type Air } from './wants.ts';
import { limits } from '#limits.ts';

/** What a room says to those who record it or count in it; no objects of rooms travel. */
export interface RoomEvents {
  /** Something is sent, or no longer, or a control changed. */
  readonly changed: [];
  readonly entered: [SeatId];
  /** It has a worker. */
  readonly opened: [];
}

/** An open meeting on a worker: whoever is in it is made to agree with its control. */
export class Room {
  readonly meetingId: string;
  readonly events = new EventEmitter<RoomEvents>();
  readonly peers = new Map<SeatId, Peer>();
  readonly lines: RoomLine[] = [];
  /** How the links of seats stood that left: a weak link that comes back is still weak. */
  readonly #left = new Map<SeatId, Peer['tiers']>();
  readonly #deps: RoomDeps;
  readonly #tellSoon: Later;
  readonly #countSoon: Later;
  readonly #airSoon: Later;
  #rules: RoomRules;
  #silencedAt: number;
  readonly #media: RoomMedia;
  /** Lost their router, and were told so. */
  readonly #moved = new WeakSet<Peer>();
  #air: Air | null = null;
  #isClosed = false;
  /** Seats that asked to come in, counted. */
  #turns = 0;
  readonly #carousel: CarouselClock;
  readonly #teller = new RoomTeller();

  constructor(order: RoomOrder, deps: RoomDeps) {
    this.meetingId = order.control.meetingId;
    this.#deps = deps;
    this.#carousel = new CarouselClock(deps.nowMs);
    this.#rules = rulesOf(order, this.#carousel.turn(order.control.carousel));
    // Whoever comes into a room made anew begins by the rules: the old word is not said again.
    this.#silencedAt = order.control.silencedAt;
    this.events.setMaxListeners(limits.rooms.waiting);
    this.#tellSoon = new Later(() => this.#tellAll(), limits.rooms.tellMs);
    this.#countSoon = new Later(() => this.#tellSoon.soon(), limits.rooms.tellPresenceMs);
    this.#airSoon = new Later(() => this.#agree(), limits.rooms.agreeMs);
    this.#media = new RoomMedia(deps, {
      onOpened: () => this.events.emit('opened'),
      onLost: () => this.#lost(),
    });
  }

  get rules(): RoomRules {
    return this.#rules;
  }

  onAir(): OnAir[] {
    return [...this.peers.values()].flatMap((peer) => [...peer.sending.onAir()]);
  }

  /** How the room should be from now on. An older word than the last is passed over. */
  apply(order: RoomOrder): void {
    if (this.#isClosed || order.control.version < this.#rules.control.version) return;
    this.#rules = rulesOf(order, this.#carousel.turn(order.control.carousel));
    for (const peer of this.peers.values()) {
      if (!this.#rules.seats.has(peer.seatId)) this.dismiss(peer, 'removed');
    }
    this.#enforce();
    this.#tellSoon.soon();
    this.#airSoon.soon();
  }

  /** A seat comes in, and what an older page of it had is closed; of two at once the later one stands. */
  async enter(wish: PeerWish): Promise<Peer | Refusal> {
    if ((await this.ready()) === null) return beingMade();
    const fault = rtpCapabilitiesFault(wish.enter.rtpCapabilities);
    if (fault !== null) return fault;
    const peer = await this.#open(wish).catch((error: unknown) => {
      this.#deps.log.warn({ err: error, meetingId: this.meetingId }, 'A seat was not let in.');
      return beingMade();
    });
    if (isRefusal(peer)) return peer;
    if (peer.isLost && !this.#isClosed) {
      peer.close();
      return beingMade();
    }
    if (this.#isClosed || !this.#rules.seats.has(wish.seatId)) {
      peer.close();
      return refuse('no-room', 'There is no such room.');
    }
    const former = this.peers.get(wish.seatId);
    if (former !== undefined && former.turn > peer.turn) {
      this.#replace(peer, former);
      return refuse('not-in-room', 'The seat was entered anew meanwhile.');
    }
    const known = former?.tiers ?? this.#left.get(wish.seatId);
    if (known !== undefined) peer.tiers.inherit(known);
    if (former !== undefined) this.#replace(former, peer);
    this.peers.set(wish.seatId, peer);
    this.#air = null;
    this.events.emit('entered', wish.seatId);
    this.#countSoon.soon();
    return peer;
  }

  /** What a page that came in is answered; from then on it is told what changes. */
  reply(peer: Peer): Omit<EnterReply, 'iceServers'> {
    const { seatId } = peer;
    const room = this.#words()(seatId);
    this.#teller.knows(peer, room);
    return { seatId, ...peer.offer(), room, lines: this.lines };
  }

  /** What one seat should receive changed: its wishes, its tier. */
  refresh(peer: Peer): void {
    if (peer.isClosed || peer.isLost) return;
    const viewer = {
      seatId: peer.seatId,
      channel: peer.channel,
      watch: peer.watch,
      tier: peer.tiers.down.tier,
    };
    peer.receiving.want(wantsOf(this.#rules, viewer, this.#gatherAir()));
  }

  say(line: RoomLine): void {
    this.lines.push(line);
    if (this.lines.length > meetingLimits.lines) this.lines.shift();
    this.tellEach('line', line);
    // Whoever wrote is known by name from now on.
    this.#tellSoon.soon();
  }

  tellEach<E extends keyof SignalWords>(event: E, ...words: Parameters<SignalWords[E]>): void {
    for (const peer of this.peers.values()) peer.tell(event, ...words);
  }

  /** Sends a seat away with a word. */
  dismiss(peer: Peer, why: 'ended' | 'removed' | 'elsewhere'): void {
    peer.tell('over', { why });
    this.leave(peer);
  }

  leave(peer: Peer): void {
    peer.close();
    if (this.peers.get(peer.seatId) !== peer) return;
    this.peers.delete(peer.seatId);
    this.#left.set(peer.seatId, peer.tiers);
    this.#countSoon.soon();
    this.#airChanged();
  }

  /** Looks for a worker where it has none: at the start, after a death. Pages that lost theirs are told to enter again. */
  async open(): Promise<void> {
    if (this.#isClosed) return;
    const isOpen = await this.#media.open().catch((error: unknown) => {
      this.#deps.log.warn({ err: error, meetingId: this.meetingId }, 'A room was not made.');
      return false;
    });
    if (!isOpen) return;
    for (const peer of this.peers.values()) {
      if (!peer.isLost || this.#moved.has(peer)) continue;
      this.#moved.add(peer);
      peer.tell('moved');
    }
  }

  /** What can be sent and received in it, as soon as it has a worker; null when that takes too long. */
  async ready(): Promise<types.RtpCapabilities | null> {
    if (this.#media.capabilities === null) {
      const signal = AbortSignal.timeout(limits.rooms.openMs);
      await once(this.events, 'opened', { signal }).catch(() => undefined);
    }
    return this.#media.capabilities;
  }

  /** Once a second: a carousel turns, a room without a worker looks for one. */
  tick(): void {
    void this.open();
    const turn = this.#carousel.turn(this.#rules.control.carousel);
    if (turn === this.#rules.turn) return;
    this.#rules = turned(this.#rules, turn);
    this.#tellSoon.soon();
    this.#airSoon.soon();
  }

  /** The meeting is over, or the server stops: then nothing is said, for pages come again. */
  close(why: 'ended' | 'stopping'): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const peer of this.peers.values()) {
      if (why === 'ended') this.dismiss(peer, why);
      else this.leave(peer);
    }
    for (const later of [this.#tellSoon, this.#countSoon, this.#airSoon]) later.cancel();
    this.#media.close();
  }

  #replace(former: Peer, next: Peer): void {
    if (former.visitId === next.visitId || former.isOfPage(next)) former.close();
    else this.dismiss(former, 'elsewhere');
  }

  async #open(wish: PeerWish): Promise<Peer | Refusal> {
    const turn = (this.#turns += 1);
    const home = await this.#media.place();
    if (isRefusal(home)) return home;
    const { log, nowMs, now } = this.#deps;
    const onChanged = () => this.#airChanged();
    const parts = { home, log, nowMs: nowMs(), now: now(), turn, onChanged };
    return Peer.open(wish, parts).catch((error: unknown) => {
      home.seats -= 1;
      throw error;
    });
  }

  #lost(): void {
    this.#deps.log.warn({ meetingId: this.meetingId }, 'A room lost a worker; it is made anew.');
    this.events.emit('changed');
    void this.open();
  }

  #enforce(): void {
    const { control } = this.#rules;
    const isSilenced = control.silencedAt > this.#silencedAt;
    this.#silencedAt = Math.max(this.#silencedAt, control.silencedAt);
    for (const peer of this.peers.values()) {
      void this.#enforceOne(peer, isSilenced && peer.seatId !== control.chair).catch(
        (error: unknown) => this.#deps.log.debug({ err: error }, 'A seat went while it was muted.'),
      );
    }
  }

  async #enforceOne(peer: Peer, isSilenced: boolean): Promise<void> {
    if (isSilenced) await peer.sending.stop('microphone', 'muted');
    await peer.sending.enforce(this.#rules);
  }

  #airChanged(): void {
    this.#air = null;
    this.#airSoon.soon();
  }

  /** Asked for every seat: gathered once until something of it changes. */
  #gatherAir(): Air {
    this.#air ??= gatherAir(this.onAir());
    return this.#air;
  }

  /** Every seat is given what it should have now. */
  #agree(): void {
    for (const peer of this.peers.values()) this.refresh(peer);
    this.events.emit('changed');
  }

  #words(): ReturnType<typeof roomWordsFor> {
    const heard = this.#gatherAir()
      .microphones.filter((seatId) => maySpeak(this.#rules, seatId))
      .slice(0, meetingLimits.voices);
    const wrote = this.lines.map(({ seatId }) => seatId);
    return roomWordsFor({ rules: this.#rules, present: [...this.peers.keys()], heard, wrote });
  }

  #tellAll(): void {
    const words = this.#words();
    for (const peer of this.peers.values()) this.#teller.tell(peer, words(peer.seatId));
  }
}

function beingMade(): Refusal {
  return refuse('no-worker', 'The room is being made anew; enter again.');
}
