import {
  deadMs,
  isRefusal,
  meetingLimits,
  refuse,
  type MediaSource,
  type PictureSource,
  type Refusal,
  type SeatId,
  type SignalWords,
  type Tier,
  withRoomChange,
  worse,
} from '@sightline/contracts';
import { browserParts, type BrowserParts } from '#browser-parts.ts';
import { ComeBack } from '#come-back.ts';
import { enterRoom, type Entry } from '#entry.ts';
import { foldLinks } from '#fold-links.ts';
import { mergeLines } from '#merge-lines.ts';
import type { Channel, MeetingClient, MeetingOptions, MeetingSnapshot } from '#meeting-client.ts';
import { Receiver } from '#receiver.ts';
import { reasonOf, renewToken } from '#renew-token.ts';
import { Sender } from '#sender.ts';
import { openSignalLink, type SignalLink } from '#signal-link.ts';
import { openSnapshotStore } from '#snapshot-store.ts';
import { reportOn } from '#report-on.ts';
import { renewRelays, sendStills, type Stay } from '#stay-chores.ts';
import { waitFor } from '#wait-for.ts';

/** Goes into the meeting and stays there by itself until it is over or closed. */
export function openMeeting(
  options: MeetingOptions,
  parts: BrowserParts = browserParts,
): MeetingClient {
  const meeting = new Meeting(options, parts);
  const living = meeting.live();
  return {
    subscribe: (listener) => meeting.store.subscribe(listener),
    snapshot: () => meeting.store.now(),
    send: (source, track, begins) => meeting.sender.send(source, track, begins),
    setPaused: (source, isPaused) => meeting.sender.setPaused(source, isPaused),
    watch: (seats) => meeting.watch(seats),
    listen: (channel) => meeting.listen(channel),
    raiseHand: (isUp) => meeting.raiseHand(isUp),
    say: (text) => meeting.say(text),
    chooseBest: (best) => meeting.chooseBest(best),
    async [Symbol.asyncDispose]() {
      meeting.close();
      await living;
    },
  };
}

/** The life of one page in one meeting: connect, enter, stay, and again after every loss. */
class Meeting {
  readonly store = openSnapshotStore();
  readonly sender: Sender;
  readonly #options: MeetingOptions;
  readonly #parts: BrowserParts;
  readonly #receiver: Receiver;
  readonly #closing = new AbortController();
  readonly #visitId: string;
  /** What the link is known to carry. */
  readonly #pace = (): Tier => worse(this.sender.up, this.store.now().own?.down ?? 'video-300');
  #token: string;
  #channel: Channel;
  #watched: readonly SeatId[] = [];
  #best: { readonly up: Tier; readonly down: Tier } = { up: 'video-300', down: 'video-300' };
  #link: SignalLink | null = null;
  #entry: Entry | null = null;
  /** Told anew for each entry: words that came before it was set up wait for it. */
  #entered = Promise.withResolvers<Entry | null>();
  #moved = Promise.withResolvers<void>();
  #wantedStills: readonly PictureSource[] = [];

  constructor(options: MeetingOptions, parts: BrowserParts) {
    this.#options = options;
    this.#parts = parts;
    this.#token = options.seatToken;
    this.#channel = options.channel;
    this.#visitId = parts.newId();
    this.sender = new Sender({
      state: (source, state) => this.#noteSending(source, state),
      problem: (problem) => this.store.change({ problem }),
      noAnswer: () => this.#moved.resolve(),
    });
    this.#receiver = new Receiver(parts, (shown) => this.store.change(shown));
  }

  async live(): Promise<void> {
    const comeBack = new ComeBack(this.#parts.random);
    while (!this.#isOver()) {
      let inMs: number | null = null;
      const refusal = await this.#visit(() => {
        inMs ??= this.#parts.now();
      });
      const stayedMs = this.#parts.now() - (inMs ?? this.#parts.now());
      if (this.#isOver()) break;
      if (refusal !== null) this.store.change({ problem: refusal });
      await this.#renewToken(refusal);
      await waitFor(comeBack.waitMs(stayedMs), this.#closing.signal);
    }
    this.#receiver.close();
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    void this.#link?.ask('leave', {});
    this.#closing.abort();
    this.#leaveEntry();
    this.#link?.close();
  }

  watch(seats: readonly SeatId[]): void {
    const wanted = [...new Set(seats)].slice(0, meetingLimits.onAir);
    if (wanted.join() === this.#watched.join()) return;
    this.#watched = wanted;
    if (this.#entry !== null) void this.#link?.ask('watch', { seats: wanted });
  }

  listen(channel: Channel): void {
    this.#channel = channel;
    if (this.#entry !== null) void this.#link?.ask('channel', { channel });
  }

  chooseBest(best: { readonly up: Tier; readonly down: Tier }): void {
    this.#best = best;
  }

  raiseHand(isUp: boolean): Promise<Refusal | null> {
    return this.#askInside((ask) => ask('hand', { isUp }));
  }

  say(text: string): Promise<Refusal | null> {
    return this.#askInside((ask) => ask('line', { text }));
  }

  async #askInside(act: (ask: SignalLink['ask']) => Promise<unknown>): Promise<Refusal | null> {
    if (this.#link === null || this.#entry === null) {
      return refuse('away', 'The connection to the meeting is lost. It is being made again.');
    }
    const answer = await act(this.#link.ask);
    return isRefusal(answer) ? answer : null;
  }

  #isOver(): boolean {
    return this.#closing.signal.aborted || this.store.now().phase === 'over';
  }

  /** One connection, with as many entries as the room asks for. Null = it had been in. */
  async #visit(onIn: () => void): Promise<Refusal | null> {
    const link = await openSignalLink({
      mediaUrl: this.#options.mediaUrl,
      token: this.#token,
      words: this.#words(),
      patienceMs: () => deadMs[this.#pace()],
      signal: this.#closing.signal,
    });
    if (isRefusal(link)) return link;
    this.#link = link;
    let refusal: Refusal | null = null;
    const lost = link.ended.then(() => 'lost' as const);
    for (let why = 'moved'; why === 'moved' && !this.#isOver();) {
      refusal = await this.#enter(link);
      if (refusal !== null) break;
      onIn();
      const failed = this.#entry?.failed.then(() => 'failed' as const) ?? lost;
      why = await Promise.race([lost, failed, this.#moved.promise.then(() => 'moved' as const)]);
      this.#leaveEntry();
      this.#away();
    }
    this.#link = null;
    link.close();
    return refusal;
  }

  async #enter(link: SignalLink): Promise<Refusal | null> {
    this.#moved = Promise.withResolvers();
    this.#entered = Promise.withResolvers();
    const entry = await enterRoom({
      ask: link.ask,
      makeDevice: this.#parts.makeDevice,
      visitId: this.#visitId,
      channel: this.#channel,
      pace: this.#pace,
      onWay: (isLost) => this.store.noteWay(isLost, this.#parts.now()),
    });
    if (isRefusal(entry) || this.#isOver()) {
      this.#entered.resolve(null);
      if (isRefusal(entry)) return entry;
      entry.close();
      return null;
    }
    this.#entry = entry;
    this.#wantedStills = [];
    const { seatId, room } = entry.reply;
    const lines = mergeLines(this.store.now().lines, entry.reply.lines);
    this.store.change({ phase: 'in', problem: null, awaySinceMs: null, seatId, room, lines });
    this.#entered.resolve(entry);
    void this.sender.begin({ transport: entry.send, ask: link.ask });
    if (this.#watched.length > 0) void link.ask('watch', { seats: [...this.#watched] });
    const stay: Stay = { entry, ask: link.ask, lasts: (ms) => this.#lasts(entry, ms) };
    void reportOn(stay, {
      up: () => this.store.now().own?.up ?? 'video-300',
      best: () => this.#best,
      quietMs: link.quietMs,
      onTick: () => this.#receiver.sweepStills({ isAll: false }),
      onLate: () => this.sender.yield(),
      onInTime: () => this.sender.trust(),
      onDead: () => link.close(),
    });
    void renewRelays(stay);
    void sendStills(stay, {
      ...this.#parts,
      track: (source) =>
        this.#wantedStills.includes(source) ? this.sender.pictureTrack(source) : null,
      up: () => this.sender.up,
    });
    return null;
  }

  async #lasts(entry: Entry, ms: number): Promise<boolean> {
    await waitFor(ms, this.#closing.signal);
    return this.#entry === entry && !this.#isOver();
  }

  #leaveEntry(): void {
    this.#entered.resolve(null);
    this.sender.end();
    this.#receiver.end();
    this.#entry?.close();
    this.#entry = null;
  }

  #away(): void {
    if (this.#isOver()) return;
    this.store.change({
      phase: 'away',
      awaySinceMs: this.#parts.now(),
      own: null,
      links: new Map(),
    });
  }

  async #renewToken(refusal: Refusal | null): Promise<void> {
    const renewed = await renewToken(refusal, this.#options.renewToken);
    if (isRefusal(renewed)) this.store.change({ problem: renewed });
    else if (renewed !== null) this.#token = renewed;
  }

  #noteSending(source: MediaSource, state: MeetingSnapshot['sending'][MediaSource]): void {
    const { sending } = this.store.now();
    if (sending[source] !== state) this.store.change({ sending: { ...sending, [source]: state } });
  }

  #words(): SignalWords {
    const { store } = this;
    return {
      room: (change) => {
        const { room } = store.now();
        // Before it is entered anew, what comes is of the stay before.
        if (this.#entry === null || room === null) return;
        store.change({ room: withRoomChange(room, change) });
      },
      consumer: (offered) => void this.#take(offered),
      'consumer-closed': ({ consumerId }) => this.#receiver.drop(consumerId),
      stopped: ({ source }) => this.sender.stopped(source),
      links: (links) => this.#noteLinks(links),
      held: (held) => this.#receiver.hold(held),
      'stills-wanted': ({ sources }) => void (this.#wantedStills = sources),
      still: (piece, had) => this.#receiver.takeStill(piece, had),
      line: (line) => store.change({ lines: mergeLines(store.now().lines, [line]) }),
      moved: () => this.#moved.resolve(),
      over: (over) => {
        store.change({ phase: 'over', over, awaySinceMs: null });
        this.close();
      },
    };
  }

  async #take(offered: Parameters<SignalWords['consumer']>[0]): Promise<void> {
    const entry = await this.#entered.promise;
    const link = this.#link;
    if (entry === null || link === null) return;
    const lasts = (ms: number) => this.#lasts(entry, ms);
    try {
      await this.#receiver.take({ transport: entry.receive, ask: link.ask, lasts }, offered);
    } catch (fault) {
      this.store.change({ problem: refuse('receive-failed', reasonOf(fault)) });
    }
  }

  #noteLinks(changed: Parameters<SignalWords['links']>[0]): void {
    const { links, own, isBack } = foldLinks(this.store.now(), changed);
    this.store.change({ links, own });
    if (own === null) return;
    this.sender.obey(own);
    if (isBack) this.#receiver.sweepStills({ isAll: true });
  }
}
