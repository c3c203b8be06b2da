import type {
  ChannelLanguage,
  MediaSource,
  Refusal,
  RoomLine,
  RoomWords,
  SeatId,
  SeatLink,
  Tier,
  TierReason,
} from '@sightline/contracts';

/** What a page hears: the floor, or the interpreter of a language. */
export type Channel = ChannelLanguage | 'floor';

export interface MeetingOptions {
  /** Root of the signalling, `http(s)://host:port`. */
  readonly mediaUrl: string;
  readonly seatToken: string;
  readonly channel: Channel;
  /** Asked when the token is refused as bad or stale. May reject: the old one is tried again later. */
  readonly renewToken?: () => Promise<string>;
}

/** One page in one meeting. Nothing of it throws or rejects into the page; `close` may be called again. */
export interface MeetingClient extends AsyncDisposable {
  readonly subscribe: (listener: () => void) => () => void;
  /** The same object until something changes. */
  readonly snapshot: () => MeetingSnapshot;
  /**
   * What is sent from now on, also after the room was entered anew; the track stays the page's own. One that begins
   * paused sends nothing before it is started.
   */
  send(
    source: MediaSource,
    track: MediaStreamTrack | null,
    begins?: 'on' | 'paused',
  ): Promise<Refusal | null>;
  /** Stops at once; starting again is refused where the room's rules say so. */
  setPaused(source: MediaSource, isPaused: boolean): Promise<Refusal | null>;
  /** Which pictures are shown now, largest first. */
  watch(seats: readonly SeatId[]): void;
  listen(channel: Channel): void;
  raiseHand(isUp: boolean): Promise<Refusal | null>;
  say(text: string): Promise<Refusal | null>;
  /** The best this venue wants to send and receive. */
  chooseBest(best: { readonly up: Tier; readonly down: Tier }): void;
}

export type SendState = 'off' | 'on' | 'paused' | 'stopped';

export interface MeetingPicture {
  readonly seatId: SeatId;
  readonly source: 'camera' | 'screen';
  /** null = there is only a still. */
  readonly track: MediaStreamTrack | null;
  /** The newest still while no moving picture comes; `at` in milliseconds since 1970. */
  readonly still: MeetingStill | null;
  /** It does not come now for its sender's part: what the track shows is past. Null = nothing is said against it. */
  readonly held: PictureHeld | null;
}

/** Why a picture does not come, and since when. */
export interface PictureHeld {
  readonly reason: TierReason;
  /** Stills of it go on. */
  readonly hasStills: boolean;
  /** When the last of it came, milliseconds since 1970; null = not known. */
  readonly sinceMs: number | null;
}

export interface MeetingStill {
  readonly at: number;
  /** blob: */
  readonly url: string;
}

export interface MeetingVoice {
  readonly seatId: SeatId;
  readonly source: MediaSource;
  readonly track: MediaStreamTrack;
}

export interface MeetingSnapshot {
  /** `away`: it was in, and is coming back by itself. */
  readonly phase: 'connecting' | 'in' | 'away' | 'over';
  readonly over: { readonly why: 'ended' | 'removed' | 'elsewhere' } | null;
  /** Why it is not in yet, or something that failed since; null = nothing. */
  readonly problem: { readonly code: string; readonly detail: string } | null;
  /** Milliseconds since 1970; null = it is in, or was never. */
  readonly awaySinceMs: number | null;
  /** The room is there, but pictures and voices find no way; milliseconds since 1970, null = they do, or none is looked for. */
  readonly wayLostSinceMs: number | null;
  readonly seatId: SeatId | null;
  readonly room: RoomWords | null;
  readonly lines: readonly RoomLine[];
  readonly pictures: readonly MeetingPicture[];
  readonly voices: readonly MeetingVoice[];
  readonly own: SeatLink | null;
  /** The chair's page alone is told of others. */
  readonly links: ReadonlyMap<SeatId, SeatLink>;
  /** What the page wants to send and the room lets it; the tier may hold it back all the same. */
  readonly sending: Readonly<Record<MediaSource, SendState>>;
}
