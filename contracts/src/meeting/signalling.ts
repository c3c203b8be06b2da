import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { ChannelLanguageName, SeatKey } from './meeting-control.ts';
import {
  mediaSources,
  meetingLimits,
  pictureSources,
  type MediaSource,
  type PictureSource,
  type SeatId,
} from './meeting.ts';
import type { RoomLine } from './media-link.ts';
import type { RoomChange, RoomWords } from './room-words.ts';
import { tiers, type Tier, type TierReason } from './tier.ts';

/*
 * Signalling between a page (or a simulated venue) and the media server: Socket.IO, path `/signal`,
 * `auth: {token}`. Every request is answered `{ok: true, …}` or `{ok: false, code, detail}`; what does not
 * fit its schema is refused and changes nothing. mediasoup's own parameters are bounded here and judged
 * by mediasoup.
 */

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 64 });
/** An object of mediasoup's, as the libraries of both sides make it. */
const Opaque = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 64 });
const Source = Type.Enum(mediaSources);
const Picture = Type.Enum(pictureSources);

export const signalRequests = {
  /** Before `enter`, which says what the page can receive: that depends on what the router can. */
  capabilities: Type.Object({}, closed),
  /** Comes in: after it the room's words arrive. Asked again after `moved`. */
  enter: Type.Object(
    {
      /** null = sends and receives by plain RTP (a venue without a browser), where the server allows it. */
      rtpCapabilities: Type.Union([Opaque, Type.Null()]),
      channel: Type.Union([Type.Literal('floor'), ChannelLanguageName]),
      /** The page was opened anew: what an older page of this seat had is closed. */
      visitId: Type.String({ pattern: uuidPattern }),
    },
    closed,
  ),
  'connect-transport': Type.Object({ transportId: Id, dtlsParameters: Opaque }, closed),
  'restart-ice': Type.Object({ transportId: Id }, closed),
  /** The keys of relays last an hour: fetched anew while the page stays, and before ICE is restarted. */
  'ice-servers': Type.Object({}, closed),
  produce: Type.Object(
    {
      source: Source,
      kind: Type.Union([Type.Literal('audio'), Type.Literal('video')]),
      rtpParameters: Opaque,
    },
    closed,
  ),
  /** Stops or starts sending; starting is refused where the rules say so. */
  pause: Type.Object({ source: Source, isPaused: Type.Boolean() }, closed),
  close: Type.Object({ source: Source }, closed),
  /** Which pictures the page shows now, largest first; the server gives what the rules allow. */
  watch: Type.Object(
    { seats: Type.Array(SeatKey, { maxItems: meetingLimits.onAir, uniqueItems: true }) },
    closed,
  ),
  /** A consumer is set up at the page and may begin to flow. */
  'consumer-ready': Type.Object({ consumerId: Id }, closed),
  channel: Type.Object(
    { channel: Type.Union([Type.Literal('floor'), ChannelLanguageName]) },
    closed,
  ),
  hand: Type.Object({ isUp: Type.Boolean() }, closed),
  line: Type.Object(
    { text: Type.String({ minLength: 1, maxLength: meetingLimits.textChars }) },
    closed,
  ),
  /** What the page measured since the last report, of its own sending. */
  report: Type.Object(
    {
      availableKbps: Type.Union([Type.Number({ minimum: 0, maximum: 1_000_000 }), Type.Null()]),
      lossShare: Type.Number({ minimum: 0, maximum: 1 }),
      rttMs: Type.Union([Type.Number({ minimum: 0, maximum: 600_000 }), Type.Null()]),
      /** The best the venue wants to send and receive: its own choice, or no camera. */
      bestUp: Type.Enum(tiers),
      bestDown: Type.Enum(tiers),
    },
    closed,
  ),
  /** A still of this seat's camera or screen, JPEG; sent while the server asks for stills of it. */
  still: Type.Object(
    { source: Picture, at: Type.Integer({ minimum: 0 }), jpeg: Type.Unknown() },
    closed,
  ),
  leave: Type.Object({}, closed),
} as const;
export type SignalName = keyof typeof signalRequests;
export type SignalRequest<Name extends SignalName> = Static<(typeof signalRequests)[Name]>;

export interface TransportOffer {
  readonly id: string;
  readonly iceParameters: unknown;
  readonly iceCandidates: unknown;
  readonly dtlsParameters: unknown;
}

/** For a venue without a browser: where to send RTP, and where it will come from. */
export interface PlainOffer {
  readonly id: string;
  readonly ip: string;
  readonly port: number;
}

/** A relay, with a key made for this seat alone. */
export interface IceServer {
  readonly urls: readonly string[];
  /** `<epoch seconds it is good until>:<seat>` */
  readonly username: string;
  readonly credential: string;
}

export interface EnterReply {
  readonly seatId: SeatId;
  readonly routerRtpCapabilities: unknown;
  /** null for a venue by plain RTP. */
  readonly send: TransportOffer | null;
  readonly receive: TransportOffer | null;
  readonly plain: PlainOffer | null;
  readonly iceServers: readonly IceServer[];
  readonly room: RoomWords;
  readonly lines: readonly RoomLine[];
}

export interface SignalReplies {
  readonly capabilities: { readonly routerRtpCapabilities: unknown };
  readonly enter: EnterReply;
  readonly 'connect-transport': object;
  readonly 'restart-ice': { readonly iceParameters: unknown };
  readonly 'ice-servers': { readonly iceServers: readonly IceServer[] };
  readonly produce: { readonly producerId: string };
  readonly pause: object;
  readonly close: object;
  readonly watch: { readonly seats: readonly SeatId[] };
  readonly 'consumer-ready': object;
  readonly channel: object;
  readonly hand: object;
  readonly line: object;
  readonly report: object;
  readonly still: object;
  readonly leave: object;
}

export type SignalAnswer<Name extends SignalName> =
  | ({ readonly ok: true } & SignalReplies[Name])
  | { readonly ok: false; readonly code: string; readonly detail: string };

/** How one seat's links stand. */
export interface SeatLink {
  readonly seatId: SeatId;
  readonly up: Tier;
  readonly upReason: TierReason;
  readonly down: Tier;
  readonly downReason: TierReason;
}

/** A picture that is on the air and does not come now, for its sender's part: its link, or its own choice. */
export interface HeldPicture {
  readonly seatId: SeatId;
  readonly source: PictureSource;
  /** Stills of it go on in its place. */
  readonly hasStills: boolean;
  readonly reason: TierReason;
  /** How long already when this is said, for clocks differ; milliseconds. */
  readonly forMs: number;
}

/** Server → page. */
export interface SignalWords {
  /** What changed since `enter` told of the room. */
  readonly room: (change: RoomChange) => void;
  readonly consumer: (consumer: {
    readonly consumerId: string;
    readonly producerId: string;
    readonly seatId: SeatId;
    readonly source: MediaSource;
    readonly kind: 'audio' | 'video';
    readonly rtpParameters: unknown;
  }) => void;
  readonly 'consumer-closed': (of: { readonly consumerId: string }) => void;
  /** The server stopped what this seat sends: muted by the chair, or no longer allowed. */
  readonly stopped: (of: { readonly source: MediaSource; readonly why: string }) => void;
  /** This seat's own tier, and to the chair every seat's that changed. */
  readonly links: (links: readonly SeatLink[]) => void;
  /** Of the pictures this page sees or asks for, all that do not come now for their senders' part. */
  readonly held: (held: readonly HeldPicture[]) => void;
  /** Of which of this seat's pictures somebody needs stills now. */
  readonly 'stills-wanted': (wanted: { readonly sources: readonly PictureSource[] }) => void;
  /** A piece of a still; pieces come in order, one still after the other, the next once the page had this one. */
  readonly still: (
    piece: {
      readonly seatId: SeatId;
      readonly source: PictureSource;
      readonly at: number;
      /** Where the piece begins, and how long all of the JPEG is; bytes. */
      readonly from: number;
      readonly of: number;
      readonly jpeg: ArrayBuffer;
    },
    had?: () => void,
  ) => void;
  readonly line: (line: RoomLine) => void;
  /** The room was made anew elsewhere (a worker died): enter again at once. */
  readonly moved: () => void;
  readonly over: (over: { readonly why: 'ended' | 'removed' | 'elsewhere' }) => void;
}

/** Codes a connection is refused with, before anything of a room is said. */
export const signalRefusals = [
  'bad-token',
  'stale-token',
  'no-room',
  'full',
  'no-worker',
  /** The media server was not told the rooms yet: come again soon. */
  'not-ready',
  /** Too much came from this seat: come again in a while. */
  'too-fast',
] as const;

/** Codes a request is refused with. */
export const signalRequestRefusals = [
  'malformed',
  'too-fast',
  'too-many',
  /** Before `enter`, or after the room moved: enter first. */
  'not-in-room',
  'no-room',
  'no-worker',
  /** The rules of the meeting do not let this seat send that now. */
  'not-allowed',
  'plain-closed',
  'not-found',
  /** mediasoup does not take these parameters. */
  'media-refused',
  'too-large',
  'failed',
] as const;
export type SignalRequestRefusal = (typeof signalRequestRefusals)[number];
