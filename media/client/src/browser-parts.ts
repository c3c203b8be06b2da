import { meetingLimits, type PictureSource } from '@sightline/contracts';
import { Device } from 'mediasoup-client';
import { clientLimits } from '#limits.ts';

/** What a meeting needs of the browser. */
export interface BrowserParts {
  /** @throws Error where this browser, or this address, has no WebRTC. */
  readonly makeDevice: () => Promise<Device>;
  /** One JPEG of at most `stillBytes`; null where no picture comes. */
  readonly takeStill: (
    track: MediaStreamTrack,
    source: PictureSource,
  ) => Promise<ArrayBuffer | null>;
  readonly showStill: (jpeg: ArrayBuffer) => string;
  readonly dropStill: (url: string) => void;
  readonly newId: () => string;
  /** [0, 1) */
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const browserParts: BrowserParts = {
  makeDevice: () => Device.factory(),
  takeStill,
  showStill: (jpeg) => URL.createObjectURL(new Blob([jpeg], { type: 'image/jpeg' })),
  dropStill: (url) => URL.revokeObjectURL(url),
  newId: () => crypto.randomUUID(),
  random: Math.random,
  now: Date.now,
};

async function takeStill(
  track: MediaStreamTrack,
  source: PictureSource,
): Promise<ArrayBuffer | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  try {
    await video.play();
    if (video.videoWidth === 0) return null;
    for (const widthPx of clientLimits.stillWidthsPx[source]) {
      const canvas = drawn(video, Math.min(widthPx, video.videoWidth));
      const jpeg = await smallEnough(canvas, source);
      if (jpeg !== null) return await jpeg.arrayBuffer();
    }
    return null;
  } catch {
    return null; // The track ended, or the page is leaving: the next still tells.
  } finally {
    video.srcObject = null;
  }
}

async function smallEnough(canvas: OffscreenCanvas, source: PictureSource): Promise<Blob | null> {
  for (const quality of clientLimits.stillQualities[source]) {
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (jpeg.size <= meetingLimits.stillBytes[source]) return jpeg;
  }
  return null;
}

function drawn(video: HTMLVideoElement, widthPx: number): OffscreenCanvas {
  const { videoWidth, videoHeight } = video;
  const canvas = new OffscreenCanvas(widthPx, Math.round((widthPx * videoHeight) / videoWidth));
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}
