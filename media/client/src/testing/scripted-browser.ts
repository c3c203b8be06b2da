import { Device } from 'mediasoup-client';
import {
  generateLocalDtlsParameters,
  generateNativeRtpCapabilities,
} from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import type { BrowserParts } from '#browser-parts.ts';

/** A browser without WebRTC: mediasoup-client's own fake handler, and stills that are counted. */
export function scriptedBrowser(): BrowserParts & { readonly stillsShown: string[] } {
  const stillsShown: string[] = [];
  const handlerFactory = FakeHandler.createFactory({
    generateNativeRtpCapabilities,
    generateLocalDtlsParameters,
  });
  return {
    stillsShown,
    makeDevice: () => Device.factory({ handlerFactory }),
    takeStill: async () => new ArrayBuffer(64),
    showStill(jpeg) {
      const url = `blob:${jpeg.byteLength}-${stillsShown.length}`;
      stillsShown.push(url);
      return url;
    },
    dropStill(url) {
      stillsShown.splice(stillsShown.indexOf(url), 1);
    },
    newId: () => crypto.randomUUID(),
    random: () => 0,
    now: Date.now,
  };
}

/** A camera or a microphone without a device behind it. */
export function scriptedTrack(kind: 'audio' | 'video', widthPx = 1280): MediaStreamTrack {
  const track = Object.assign(new EventTarget(), {
    kind,
    id: crypto.randomUUID(),
    enabled: true,
    readyState: 'live',
    getSettings: () => ({ width: widthPx }),
    stop: () => undefined,
  });
  // What the client and the fake handler read of a track; the rest is the browser's.
  return track as unknown as MediaStreamTrack;
}
