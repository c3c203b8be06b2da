/*
 * What pages need of meetings: no schemas here, so that a page does not carry the schema language.
 */

/** 连线 (one village, any day), 会议, 培训, 调度 (an incident). */
export const meetingKinds = ['call', 'meeting', 'training', 'incident'] as const;
export type MeetingKind = (typeof meetingKinds)[number];

/** What a seat may send. `interpreter` is a microphone of its own: the second channel of a language. */
export const mediaSources = ['microphone', 'camera', 'screen', 'interpreter'] as const;
export type MediaSource = (typeof mediaSources)[number];

export const pictureSources = ['camera', 'screen'] as const satisfies readonly MediaSource[];
export type PictureSource = (typeof pictureSources)[number];

export function isPictureSource(source: MediaSource): source is PictureSource {
  return pictureSources.some((one) => one === source);
}

/** Each page of a deck is kept twice: for good links, and small for weak ones. */
export const slideSizes = ['large', 'small'] as const;
export type SlideSize = (typeof slideSizes)[number];

/** Languages an interpreter may speak; each venue hears the floor, or one of these. */
export const channelLanguages = ['zh', 'bo'] as const;
export type ChannelLanguage = (typeof channelLanguages)[number];

/** How a venue says it is there. */
export const rollCallMethods = ['face', 'pin', 'pin-witness', 'button'] as const;
export type RollCallMethod = (typeof rollCallMethods)[number];

export const meetingLimits = {
  titleChars: 60,
  /** The prefecture's villages, townships and counties, and some more. */
  seats: 2_000,
  /** Pictures that everybody sees at once. */
  onAir: 9,
  /** Venues beside the chair that may speak while the room is locked. */
  floor: 4,
  /** Voices one seat hears at once. */
  voices: 8,
  mains: 9,
  interpreters: 4,
  carouselSeats: 60,
  carouselSecondsMin: 5,
  carouselSecondsMax: 300,
  ringSecondsMin: 20,
  ringSecondsMax: 600,
  rollCallSecondsMin: 20,
  rollCallSecondsMax: 900,
  /** Meetings a terminal is told of: those that are open or planned. */
  perTerminal: 4,
  textChars: 300,
  /** Lines of text a late joiner is given. */
  lines: 50,
  /** What `stillBytesPerSecond` brings in three seconds; of a screen ten, for text must be read. */
  stillBytes: { camera: 9_000, screen: 30_000 },
  slidePages: 60,
  /** Of one page: what a link of 300 kbit/s brings in some ten seconds, and one of 64 kbit/s in six. */
  slideBytes: { large: 400_000, small: 48_000 },
  /** A meeting nobody ends is over after so long; a token is good no longer. */
  hours: 12,
  /** A chair of whom nothing came for so long is gone: an officer of its region, or above, may end the meeting. */
  chairGoneSeconds: 120,
  /** Chairs the media server tells of at once. */
  seatedChairs: 64,
  /** Above so many seats a room opens locked: nobody speaks before the floor is given. */
  openRoomSeats: 12,
} as const;

/** 席位. A venue is its region; a desk is an account at the console. */
export type SeatId = string;
export const seatIdPattern =
  '^(venue-(\\d{4}|\\d{6}|\\d{9}|\\d{12})|desk-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$';

export function venueSeat(region: string): SeatId {
  return `venue-${region}`;
}

export function deskSeat(accountId: string): SeatId {
  return `desk-${accountId}`;
}

/** The region of a venue's seat; null = a desk. */
export function regionOfSeat(seatId: SeatId): string | null {
  return seatId.startsWith('venue-') ? seatId.slice('venue-'.length) : null;
}

/** All facts of a meeting, of the centre and of its villages, share this key. */
export function meetingStream(region: string, meetingId: string): string {
  return `meeting/${region}/${meetingId}`;
}
