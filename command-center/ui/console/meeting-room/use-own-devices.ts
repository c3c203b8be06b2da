import { useEffect, useState } from 'react';
import { stop, type OwnTracks } from './use-seat.ts';

/** Camera and microphone of this desk, before anybody sees or hears them. */
export interface OwnDevices {
  readonly tracks: OwnTracks;
  readonly problem: { readonly camera: string | null; readonly microphone: string | null };
  readonly isAsking: boolean;
  /** The room has them now: they are not given back when this goes. */
  readonly handOver: () => OwnTracks;
}

const none: OwnTracks = { camera: null, microphone: null };

/** Asks the browser for each by itself: a desk without a camera still has its voice. */
export function useOwnDevices(): OwnDevices {
  const [found, setFound] = useState<{
    readonly tracks: OwnTracks;
    readonly problem: OwnDevices['problem'];
  } | null>(null);
  const [kept] = useState(() => ({ isHandedOver: false }));
  useEffect(() => {
    let isGone = false;
    let own: OwnTracks = none;
    const ask = async () => {
      const [camera, microphone] = await Promise.all([
        askFor({ video: { width: { ideal: 1_280 }, height: { ideal: 720 } } }),
        askFor({
          audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
        }),
      ]);
      own = { camera: camera.track, microphone: microphone.track };
      if (isGone) stop(own);
      else setFound({ tracks: own, problem: { camera: camera.why, microphone: microphone.why } });
    };
    void ask();
    return () => {
      isGone = true;
      if (!kept.isHandedOver) stop(own);
    };
  }, [kept]);
  return {
    tracks: found?.tracks ?? none,
    problem: found?.problem ?? { camera: null, microphone: null },
    isAsking: found === null,
    handOver: () => {
      kept.isHandedOver = true;
      return found?.tracks ?? none;
    },
  };
}

interface Asked {
  readonly track: MediaStreamTrack | null;
  /** The browser's own word for why not; null = it is there. */
  readonly why: string | null;
}

async function askFor(what: MediaStreamConstraints): Promise<Asked> {
  try {
    // A page that is not served safely has none.
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    if (devices === undefined) return { track: null, why: 'InsecureContext' };
    const stream = await devices.getUserMedia(what);
    return { track: stream.getTracks()[0] ?? null, why: null };
  } catch (error) {
    return { track: null, why: error instanceof DOMException ? error.name : String(error) };
  }
}
