import {
  carriesVideo,
  carriesVoice,
  isPictureSource,
  type MediaSource,
  type Tier,
} from '@sightline/contracts';

/** One layer of a simulcast picture, smallest first. */
export interface SendLayer {
  readonly scaleResolutionDownBy: number;
  readonly maxBitrate: number;
}

const smallBps = 80_000;
const middleBps = 200_000;
const largeBps = 400_000;
const screenBps = 500_000;
const screenFps = 5;

/** From 1280 three layers, from 640 two (Chromium sends no more), below one. */
export function layersOf(widthPx: number): readonly SendLayer[] {
  if (widthPx >= 1280) {
    return [
      { scaleResolutionDownBy: 4, maxBitrate: smallBps },
      { scaleResolutionDownBy: 2, maxBitrate: middleBps },
      { scaleResolutionDownBy: 1, maxBitrate: largeBps },
    ];
  }
  if (widthPx >= 640) {
    return [
      { scaleResolutionDownBy: 2, maxBitrate: smallBps },
      { scaleResolutionDownBy: 1, maxBitrate: middleBps },
    ];
  }
  return [{ scaleResolutionDownBy: 1, maxBitrate: middleBps }];
}

/** What one encoding is set to. */
export interface EncodingPlan {
  readonly active: boolean;
  readonly maxBitrate: number;
  readonly maxFramerate: number;
}

const fullFps = 25;
const weakVideo: Readonly<Partial<Record<Tier, { readonly bps: number; readonly fps: number }>>> = {
  'video-128': { bps: 90_000, fps: 15 },
  'video-64': { bps: 40_000, fps: 8 },
};

/** The encodings of a camera at a tier: all layers, or the smallest alone with what is left beside the voice. */
export function planOf(layers: readonly SendLayer[], tier: Tier): readonly EncodingPlan[] {
  const weak = weakVideo[tier];
  return layers.map(({ maxBitrate }, at) =>
    weak === undefined
      ? { active: carriesVideo(tier), maxBitrate, maxFramerate: fullFps }
      : { active: at === 0, maxBitrate: weak.bps, maxFramerate: weak.fps },
  );
}

export function planOfScreen(tier: Tier): readonly EncodingPlan[] {
  const bps = weakVideo[tier]?.bps ?? screenBps;
  return [{ active: carriesVideo(tier), maxBitrate: bps, maxFramerate: screenFps }];
}

/** Whether a tier lets this out at all. */
export function isCarried(source: MediaSource, tier: Tier): boolean {
  return isPictureSource(source) ? carriesVideo(tier) : carriesVoice(tier);
}

/** Opus for voices over weak links: 24 kbit/s with its headers, nothing in silence, repair inside the stream. */
export const voiceOptions = {
  opusStereo: false,
  opusDtx: true,
  opusFec: true,
  // Three frames a packet: at 20 ms each the headers would weigh as much as the voice.
  opusPtime: 60,
  opusMaxAverageBitrate: 16_000,
} as const;
