import { meetingLimits } from '@sightline/contracts';
import { Device } from 'mediasoup-client';
import { clientLimits } from '#limits.ts';

/** What a meeting needs of the browser. */
export interface BrowserParts {
  /** @throws Error where this browser, or this address, has no WebRTC. */
  readonly makeDevice: () => Promise<Device>;
  /** One JPEG of at most `stillBytes`; null where no picture comes. */
  readonly takeStill: (track: MediaStreamTrack) => Promise<ArrayBuffer | null>;
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

async function takeStill(track: MediaStreamTrack): Promise<ArrayBuffer | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  try {
    await video.play();
    const { videoWidth, videoHeight } = video;
    if (videoWidth === 0) return null;
    const width = Math.min(clientLimits.stillWidthPx, videoWidth);
    const canvas = new OffscreenCanvas(width, Math.round((width * videoHeight) / videoWidth));
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    for (const quality of clientLimits.stillQualities) {
      const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (jpeg.size <= meetingLimits.stillBytes) return await jpeg.arrayBuffer();
    }
    return null;
  } catch {
    return null; // The track ended, or the page is leaving: the next still tells.
  } finally {
    video.srcObject = null;
  }
}
