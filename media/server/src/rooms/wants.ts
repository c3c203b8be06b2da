import {
  carriesVideo,
  carriesVoice,
  mayWatch,
  meetingLimits,
  type PictureSource,
  rank,
  voicesFor,
  type ChannelLanguage,
  type RoomRules,
  type SeatId,
  type Tier,
} from '@sightline/contracts';
import { onAirKey, type OnAir, type OnAirKey } from './on-air.ts';

/** One seat as a receiver. */
export interface Viewer {
  readonly seatId: SeatId;
  readonly channel: ChannelLanguage | 'floor';
  /** Pictures its page shows, largest first. */
  readonly watch: readonly SeatId[];
  readonly tier: Tier;
}

/** What the room sends, looked up by every viewer. */
export interface Air {
  readonly byKey: ReadonlyMap<OnAirKey, OnAir>;
  /** Seats whose microphone is open, loudest first where that matters. */
  readonly microphones: readonly SeatId[];
  readonly interpreters: readonly SeatId[];
}

/** A consumer that should be. */
export interface Want {
  readonly onAir: OnAir;
  readonly isPaused: boolean;
  /** Of a picture: the best layer it may have, 0 the smallest; null = sound. */
  readonly layer: number | null;
  /** 1 … 255: what mediasoup serves first when a link is short. */
  readonly priority: number;
}

export function gatherAir(all: Iterable<OnAir>): Air {
  const list = [...all].filter(({ isStopped }) => !isStopped);
  // A microphone its page paused keeps its consumers, so that a first syllable is not lost; it yields to those that flow.
  const open = list.toSorted((a, b) => Number(b.isFlowing) - Number(a.isFlowing));
  const seatsOf = (source: OnAir['source']) =>
    open.filter((one) => one.source === source).map(({ seatId }) => seatId);
  return {
    byKey: new Map(list.map((one) => [onAirKey(one.seatId, one.source), one])),
    microphones: seatsOf('microphone'),
    interpreters: seatsOf('interpreter'),
  };
}

/** Which consumers a seat should have, by the rules, its page's wishes and its tier. */
export function wantsOf(rules: RoomRules, viewer: Viewer, air: Air): readonly Want[] {
  return [...voiceWants(rules, viewer, air), ...pictureWants(rules, viewer, air)];
}

/** Which pictures of those it asks for a seat may have. */
export function watchable(rules: RoomRules, viewer: Pick<Viewer, 'seatId' | 'watch'>): SeatId[] {
  return viewer.watch
    .filter((target) => mayWatch(rules, viewer.seatId, target))
    .slice(0, meetingLimits.onAir);
}

/** The pictures a seat sees, or would where they came: a shared screen, and the cameras it may have of those it asks for. */
export function picturesBefore(
  rules: RoomRules,
  viewer: Pick<Viewer, 'seatId' | 'watch'>,
): readonly (readonly [SeatId, PictureSource])[] {
  const { screen } = rules.control;
  return [
    ...(screen === null || screen === viewer.seatId ? [] : [[screen, 'screen'] as const]),
    ...watchable(rules, viewer).map((seatId) => [seatId, 'camera'] as const),
  ];
}

function voiceWants(rules: RoomRules, viewer: Viewer, air: Air): Want[] {
  const isPaused = !carriesVoice(viewer.tier);
  return voicesFor(rules, viewer, air).flatMap(({ seatId, source }) => {
    const onAir = air.byKey.get(onAirKey(seatId, source));
    return onAir === undefined ? [] : [{ onAir, isPaused, layer: null, priority: 255 }];
  });
}

function pictureWants(rules: RoomRules, viewer: Viewer, air: Air): Want[] {
  // The large picture first: a shared screen, else what the page shows largest.
  const order = picturesBefore(rules, viewer)
    .map((picture) => air.byKey.get(onAirKey(...picture)))
    .filter((onAir) => onAir !== undefined);
  return order.map((onAir, at) => ({
    onAir,
    isPaused: !carriesVideo(viewer.tier),
    layer: at === 0 ? largeLayer(viewer.tier) : smallLayer(viewer.tier, order.length),
    priority: at === 0 ? 200 : Math.max(1, 100 - at),
  }));
}

function largeLayer(tier: Tier): number {
  return Math.max(0, 2 - rank(tier));
}

/** Small pictures stay small; a few of them on a good link get the middle layer. */
function smallLayer(tier: Tier, pictures: number): number {
  return tier === 'video-300' && pictures <= 4 ? 1 : 0;
}
